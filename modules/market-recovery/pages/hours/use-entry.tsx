import { call, refresh, toast, toastFailure, useOrg } from '@commonhall/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { t } from '../t.ts'
import type { Cell } from './cells.ts'
import { isBlank, isOpen, isSame, noDays, rowFault, sentOf, startOf, type Typed, weekOf } from './entry.ts'
import { keptRows, type Place, type TypedRows } from './kept.ts'
import { gridKey } from './use-grid.tsx'
import type { Grid, GridRow, Outcome, RowError, SentRow } from './wire.ts'

/** One row as it stands on the screen. */
export interface EntryRow {
  readonly row: GridRow
  readonly typed: Typed
  readonly isOpen: boolean
  readonly isChanged: boolean
  readonly errors: readonly RowError[]
}

const none: readonly RowError[] = []

const without = <Value,>(all: Readonly<Record<string, Value>>, names: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !names.has(name)))

/** What is typed, over what is kept. Only rows that differ are remembered. */
function useTyped(grid: Grid, place: Place) {
  const [typed, setTyped] = useState<TypedRows>(() => {
    keptRows.clear()
    return keptRows.read(place)
  })
  const starts = useMemo(() => {
    const week = weekOf(grid)
    return new Map(grid.rows.map((row) => [row.assignment, startOf(row, week)]))
  }, [grid])
  useEffect(() => keptRows.write(place, typed))
  const change = (changes: ReadonlyMap<string, (before: Typed) => Typed>) =>
    setTyped((before) => {
      const next = { ...before }
      for (const [assignment, edit] of changes) {
        const start = starts.get(assignment)
        const row = before[assignment] ?? start
        if (!start || !row) continue
        const edited = edit(row)
        if (isSame(edited, start)) delete next[assignment]
        else next[assignment] = edited
      }
      return next
    })
  return { typed, starts, setTyped, change }
}

const put = (typed: Typed, { column, day }: Cell, text: string): Typed =>
  day && typed.days
    ? {
        ...typed,
        days: {
          ...typed.days,
          [day]: { ...(typed.days[day] ?? { regular: '', overtime: '' }), [column]: text },
        },
      }
    : { ...typed, [column]: text }

type Errors = ReadonlyMap<string, readonly RowError[]>
type SetRows = (change: (before: TypedRows) => TypedRows) => void

/** Sends rows, and puts what comes back where it belongs. */
function useSending(place: Place, setTyped: SetRows, setErrors: (errors: Errors) => void) {
  const org = useOrg()
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)

  /** Puts what came back where it belongs: rows that are kept now are not remembered any more. */
  const take = ({ rows: told }: Outcome) => {
    const kept = new Set(told.filter(({ outcome }) => outcome !== 'refused').map(({ assignment }) => assignment))
    const weeks = new Map(told.map(({ assignment, hours }) => [assignment, hours]))
    client.setQueryData<Grid>(
      gridKey(org, place.contractor, place.ending),
      (known) =>
        known && {
          ...known,
          rows: known.rows.map((row) =>
            kept.has(row.assignment) ? { ...row, hours: weeks.get(row.assignment) ?? row.hours } : row,
          ),
        },
    )
    setTyped((before) => without(before, kept))
    setErrors(
      new Map(told.filter((one) => one.errors.length).map(({ assignment, errors: found }) => [assignment, found])),
    )
  }

  const send = async (sent: readonly SentRow[], submit: boolean) => {
    setBusy(true)
    try {
      const body = { contractor: place.contractor, week_ending: place.ending, submit, rows: sent }
      const outcome = await call<Outcome>('POST', `/orgs/${org}/hours/weeks`, { body })
      take(outcome)
      const stays = outcome.rows.filter((one) => one.errors.length).length
      const { saved, submitted } = outcome
      if (submitted) toast(t('grid.submitted', { count: submitted }))
      else if (saved) toast(t('grid.saved', { count: saved }))
      if (stays) toast(t('grid.stay', { count: stays }))
      void refresh(org)
      return outcome.rows.find((one) => one.errors.length)?.assignment
    } catch (failure) {
      toastFailure(failure)
      return undefined
    } finally {
      setBusy(false)
    }
  }

  return { isBusy, send }
}

/** Fills the rows in which nothing stands with the hours of the week before; those of split weeks are left. */
function copyInto(rows: readonly EntryRow[], type: (changes: readonly (Cell & { text: string })[]) => void) {
  const blank = rows.filter(({ row, typed, isOpen: open }) => open && row.last_week && !typed.days && isBlank(typed))
  type(
    blank.flatMap(({ row: { assignment, last_week: last } }) =>
      (['regular', 'overtime'] as const).map((column) => ({
        assignment,
        column,
        text: last ? String(Number(last[column]) || '') : '',
      })),
    ),
  )
  toast(t('grid.copied', { count: blank.length }))
}

type Send = (sent: readonly SentRow[], submit: boolean) => Promise<string | undefined>

async function saveRows(rows: readonly EntryRow[], step: string, submit: boolean, send: Send) {
  const wanted = rows.filter(({ isOpen: open, isChanged, typed }) => open && (isChanged || (submit && !isBlank(typed))))
  const faulty = wanted.filter(({ typed }) => rowFault(typed, step))
  const fine = wanted.filter((one) => !faulty.includes(one))
  if (faulty.length) toast(t('grid.unreadable', { count: faulty.length }))
  else if (!wanted.length) toast(t(submit ? 'grid.nothingToSubmit' : 'grid.nothingToSave'))
  const sent = fine.map(({ row, typed }) => sentOf(row, typed))
  const first = sent.length ? await send(sent, submit) : undefined
  return first ?? faulty[0]?.row.assignment
}

/** The grid as it is being filled in: typing, pasting, copying, saving. */
export function useEntry(grid: Grid, place: Place) {
  const { typed, starts, setTyped, change } = useTyped(grid, place)
  const [errors, setErrors] = useState<Errors>(new Map())
  const week = useMemo(() => weekOf(grid), [grid])

  const rows = grid.rows.map((row): EntryRow => {
    const start = starts.get(row.assignment) ?? startOf(row, week)
    const open = isOpen(row)
    const mine = open ? typed[row.assignment] : undefined
    return {
      row,
      typed: mine ?? start,
      isOpen: open,
      isChanged: mine !== undefined,
      errors: errors.get(row.assignment) ?? none,
    }
  })

  const forget = (assignments: readonly string[]) =>
    setErrors((before) => new Map([...before].filter(([assignment]) => !assignments.includes(assignment))))

  const type = (changes: readonly (Cell & { readonly text: string })[]) => {
    const byRow = Map.groupBy(changes, ({ assignment }) => assignment)
    change(
      new Map(
        [...byRow].map(([assignment, cells]) => [
          assignment,
          (before: Typed) => cells.reduce((row, cell) => put(row, cell, cell.text), before),
        ]),
      ),
    )
    forget([...byRow.keys()])
  }

  const edit = (assignment: string, how: (before: Typed) => Typed) => {
    change(new Map([[assignment, how]]))
    forget([assignment])
  }

  const { isBusy, send } = useSending(place, setTyped, setErrors)

  return {
    rows,
    week,
    isBusy,
    changed: rows.filter(({ isChanged }) => isChanged).length,
    type,
    confirm: (assignment: string, isRight: boolean) =>
      edit(assignment, (before) => ({ ...before, confirmed: isRight })),
    openDays: (assignment: string) => edit(assignment, (before) => ({ ...before, days: before.days ?? noDays(week) })),
    closeDays: (assignment: string) => edit(assignment, (before) => ({ ...before, days: null })),
    copyLastWeek: () => copyInto(rows, type),
    /** Saves what was typed, and submits what there is. Answers the first row that did not go through. */
    save: async (submit: boolean) => (isBusy ? undefined : await saveRows(rows, grid.hour_step, submit, send)),
  }
}

export type Entry = ReturnType<typeof useEntry>
