import { useSyncExternalStore } from 'react'

/** Long enough to be noticed from the corner of the eye, and then it is a row like any other. */
export const freshFor = 5000

const fresh = new Map<string, number>()
const listeners = new Set<() => void>()

const tell = () => {
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Marks records that somebody else has just changed, wherever they are shown. */
export function markFresh(ids: readonly string[]): void {
  if (!ids.length) return
  const until = Date.now() + freshFor
  for (const id of ids) fresh.set(id, until)
  tell()
  setTimeout(() => {
    for (const id of ids) if (fresh.get(id) === until) fresh.delete(id)
    tell()
  }, freshFor)
}

/** Whether somebody else has just changed this record. */
export const useIsFresh = (id: string): boolean => useSyncExternalStore(subscribe, () => fresh.has(id))
