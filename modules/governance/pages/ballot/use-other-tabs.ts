import { useEffect, useRef } from 'react'

const key = 'commonhall:booth'

/** Tells the other windows of this device that a ballot has gone on its way, or has arrived. */
export function tellOtherTabs(election: string): void {
  try {
    // What is written twice alike tells nobody; nothing stays.
    localStorage.setItem(key, election)
    localStorage.removeItem(key)
  } catch {
    // Where nothing may be kept, the other window finds out when it casts.
  }
}

/** Hears of it. */
export function useOtherTabs(election: string, onTold: () => void): void {
  const act = useRef(onTold)
  useEffect(() => {
    act.current = onTold
  })
  useEffect(() => {
    const hear = (event: StorageEvent) => {
      if (event.key === key && event.newValue === election) act.current()
    }
    addEventListener('storage', hear)
    return () => removeEventListener('storage', hear)
  }, [election])
}
