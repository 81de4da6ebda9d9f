import { useEffect, useRef, useState } from 'react'
import type { Row } from '../wire/records.ts'
import { freshFor } from './marks.ts'
import { isOwn } from './news.ts'

const none: ReadonlySet<string> = new Set()

const differ = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other)

/** The fields of a record that somebody else has just changed while one looked at it. */
export function useChanged(row: Row): ReadonlySet<string> {
  const before = useRef(row)
  const [changed, setChanged] = useState(none)
  useEffect(() => {
    const old = before.current
    before.current = row
    if (old.id !== row.id || old.version >= row.version || isOwn(row.id)) return
    setChanged(new Set(Object.keys(row).filter((name) => differ(old[name], row[name]))))
    const soon = setTimeout(() => setChanged(none), freshFor)
    return () => clearTimeout(soon)
  }, [row])
  return changed
}
