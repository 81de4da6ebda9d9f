import { useEffect, useRef, useSyncExternalStore } from 'react'
import { keep, usePreference } from './preferences.ts'

/** A key or two in a row that do something, and the words for it on the help sheet. */
export interface Shortcut {
  /** `n`, `?`, `g m` (one after the other), `mod+s` (Ctrl, or Command on a Mac). */
  readonly keys: string
  readonly label: string
  readonly group: string
  run(): void
}

let shortcuts: readonly Shortcut[] = []
const listeners = new Set<() => void>()

function change(next: readonly Shortcut[]) {
  shortcuts = next
  for (const listener of listeners) listener()
}

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform)

/** How the keys are written on a key cap. */
export const keyCaps = (keys: string): string[] =>
  keys
    .split(/[ +]/)
    .map((key) => (key === 'mod' ? (isMac() ? '⌘' : 'Ctrl') : key.length === 1 ? key.toUpperCase() : key))

/** Whether keys belong to a field just now. */
export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !['checkbox', 'radio', 'button'].includes((target as HTMLInputElement).type)

/** Whether a dialog lies over the page. */
export const isCovered = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null

let before = ''
let beforeAt = 0

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || event.altKey) return
  const withMod = isMac() ? event.metaKey : event.ctrlKey
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (!withMod && (isTyping(event.target) || isCovered() || event.metaKey || event.ctrlKey)) return
  // Someone who speaks to their computer can trigger single keys by accident, so they can be switched off.
  if (!withMod && keep.read('singleKeys') === false) return
  // When the key was hit, and not when a busy page came to it.
  const now = event.timeStamp
  const pair = now - beforeAt < 1200 ? `${before} ${key}` : ''
  const wanted = withMod ? [`mod+${key}`] : [pair, key]
  const hit = wanted.map((keys) => shortcuts.findLast((one) => one.keys === keys)).find(Boolean)
  before = key
  beforeAt = now
  if (!hit) return
  event.preventDefault()
  before = ''
  hit.run()
}

/** Listens for all shortcuts; called once by the shell. */
export function useKeyboard() {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Adds shortcuts for as long as the component is on screen; the latest one for a key wins. */
export function useShortcuts(declared: readonly Shortcut[]) {
  const latest = useRef(declared)
  useEffect(() => {
    latest.current = declared
  })
  const signature = declared.map(({ keys, label }) => `${keys}=${label}`).join('|')
  useEffect(() => {
    const mine = latest.current.map((one) => ({
      ...one,
      run: () => latest.current.find(({ keys }) => keys === one.keys)?.run(),
    }))
    change([...shortcuts, ...mine])
    return () => change(shortcuts.filter((one) => !mine.includes(one)))
  }, [signature])
}

/** All shortcuts that work right now, for the help sheet. */
export const useAllShortcuts = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shortcuts,
  )

export const useSingleKeys = () => usePreference('singleKeys')
