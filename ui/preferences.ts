import { useSyncExternalStore } from 'react'

/** A list as somebody saved it: a name and the address's search. */
export interface SavedView {
  readonly name: string
  readonly search: Readonly<Record<string, string>>
}

/** What the browser remembers for the person; it never leaves this device. */
interface Preferences {
  density: 'roomy' | 'compact'
  singleKeys: boolean
  lastOrg: string
  accent: string
  [columns: `columns:${string}`]: readonly string[]
  [views: `views:${string}`]: readonly SavedView[]
}

const usual: Partial<Preferences> = { density: 'roomy', singleKeys: true }
const listeners = new Set<() => void>()
const read = new Map<string, unknown>()

/** Local storage as JSON under one prefix. A browser that forbids it forgets, and nothing else happens. */
export const keep = {
  read<Key extends keyof Preferences>(key: Key): Preferences[Key] | undefined {
    if (read.has(key)) return read.get(key) as Preferences[Key]
    let value: unknown
    try {
      value = JSON.parse(localStorage.getItem(`commonhall:${key}`) ?? 'null') ?? undefined
    } catch {
      value = undefined
    }
    value ??= usual[key]
    read.set(key, value)
    return value as Preferences[Key] | undefined
  },
  write<Key extends keyof Preferences>(key: Key, value: Preferences[Key] | undefined) {
    read.set(key, value ?? usual[key])
    try {
      if (value === undefined) localStorage.removeItem(`commonhall:${key}`)
      else localStorage.setItem(`commonhall:${key}`, JSON.stringify(value))
    } catch {
      // Private windows may refuse storage; the choice then lasts as long as the page.
    }
    for (const listener of listeners) listener()
  },
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A preference and the way to change it. */
export function usePreference<Key extends keyof Preferences>(key: Key) {
  const value = useSyncExternalStore(subscribe, () => keep.read(key))
  return [value, (next: Preferences[Key] | undefined) => keep.write(key, next)] as const
}

const flashKey = 'commonhall:flash'

export interface Flash {
  readonly tone: 'good' | 'warn'
  readonly text: string
}

/** One message for the next page, such as "You are signed out". */
export const flash = {
  leave(message: Flash) {
    sessionStorage.setItem(flashKey, JSON.stringify(message))
  },
  take(): Flash | undefined {
    const text = sessionStorage.getItem(flashKey)
    sessionStorage.removeItem(flashKey)
    return text ? (JSON.parse(text) as Flash) : undefined
  },
}
