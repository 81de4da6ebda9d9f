import { useEffect, useRef } from 'react'
import type { KnownResource } from '../wire/catalog.ts'
import type { Row } from '../wire/records.ts'
import { type Draft, startOf, type Values } from './draft.ts'
import { formFieldsOf } from './form-fields.ts'

interface Wanted {
  resource: KnownResource
  /** The record as it is known now; none while the form is being saved. */
  row: Row | undefined
  /** The record that the form began with. */
  base: Row | undefined
  draft: Draft
  /** What the person has changed so far. */
  mineNow: () => Values
  onBase: (row: Row) => void
}

/** What somebody else has saved while a form was open, and how the person goes on with both. */
export function useTheirs({ resource, row, base, draft, mineNow, onBase }: Wanted) {
  const theirs = row && base && row.version > base.version ? row : undefined
  /** Over somebody else's version, with what was typed but for what the person gives up. */
  const goOn = (over: Row, kept: Values) => {
    const givenUp = Object.keys(mineNow()).filter((name) => !(name in kept))
    onBase(over)
    draft.rebase(startOf(formFieldsOf(resource, over), over), givenUp)
  }
  const latest = useRef(goOn)
  useEffect(() => {
    latest.current = goOn
  })
  // Where nothing was typed there is nothing to ask.
  const isUntouched = theirs !== undefined && !draft.isDirty
  useEffect(() => {
    if (theirs && isUntouched) latest.current(theirs, {})
  }, [theirs, isUntouched])
  return { theirs: isUntouched ? undefined : theirs, mineNow, goOn }
}
