import { useEffect, useRef } from 'react'

const channel = 'commonhall:booth'

/** Tells the other windows of this device that a ballot has gone on its way, or has arrived. */
export function tellOtherTabs(election: string): void {
  if (!('BroadcastChannel' in globalThis)) return
  const others = new BroadcastChannel(channel)
  others.postMessage(election)
  others.close()
}

/** Hears of it. */
export function useOtherTabs(election: string, onTold: () => void): void {
  const act = useRef(onTold)
  useEffect(() => {
    act.current = onTold
  })
  useEffect(() => {
    if (!('BroadcastChannel' in globalThis)) return undefined
    const others = new BroadcastChannel(channel)
    others.addEventListener('message', ({ data }) => {
      if (data === election) act.current()
    })
    return () => others.close()
  }, [election])
}
