import { type Row, useIsPhone } from '@commonhall/ui'
import { useCallback, useEffect, useRef, useState } from 'react'

/** Where the focus goes when a week becomes the one that is looked at. */
const focusOn = (id: string) => {
  const link = document.querySelector<HTMLElement>(`[data-row-link="${id}"]`)
  link?.focus({ preventScroll: true })
  link?.closest('tr, li')?.scrollIntoView({ block: 'nearest' })
}

/**
 * Which week is looked at and which are picked. The place is kept by the week itself: whatever others do meanwhile, it
 * stays, and when it is decided the one after it takes its place.
 */
export function useQueue(rows: readonly Row[], gone: ReadonlySet<string>) {
  const isPhone = useIsPhone()
  const [chosen, setChosen] = useState<string>()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const before = useRef<readonly Row[]>(rows)
  const known = rows.find(({ id }) => id === chosen)
  // On a desktop something is always looked at; on a phone nothing is open until it is touched.
  const current = known ?? (isPhone || chosen ? undefined : rows[0])

  useEffect(() => {
    const last = before.current
    before.current = rows
    if (!chosen || rows.some(({ id }) => id === chosen)) return
    // It left the queue: the next of those that stood after it and still do.
    const at = last.findIndex(({ id }) => id === chosen)
    const next = last.slice(at + 1).find(({ id }) => rows.some((row) => row.id === id)) ?? rows.at(-1)
    setChosen(isPhone ? undefined : next?.id)
  }, [rows, chosen, isPhone])

  const choose = useCallback((id: string | undefined, withFocus = false) => {
    setChosen(id)
    // The row is drawn a moment after it is chosen.
    if (id && withFocus) requestAnimationFrame(() => focusOn(id))
  }, [])

  /** The next week that nobody has decided, or the one before. */
  const neighbor = (id: string, step: 1 | -1, without: ReadonlySet<string> = new Set()) => {
    const at = rows.findIndex((row) => row.id === id)
    const on = step > 0 ? rows.slice(at + 1) : rows.slice(0, Math.max(at, 0)).toReversed()
    return on.find((row) => !gone.has(row.id) && !without.has(row.id))?.id
  }

  return {
    rows,
    current,
    picked,
    choose,
    neighbor,
    pick: (id: string) =>
      setPicked((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set([...now, id]))),
    pickAll: (isOn: boolean) => setPicked(new Set(isOn ? rows.map(({ id }) => id) : [])),
  }
}

export type Queue = ReturnType<typeof useQueue>
