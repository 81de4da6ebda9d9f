import { type Context, decimal, type FieldError } from '@commonhall/kernel'
import { faultSentence } from '../week/fault-sentence.ts'
import type { KeptWeek } from '../week/kept-week.ts'
import { type Place, placesOf } from '../week/terms.ts'
import { objectionTo } from '../week/week-to-submit.ts'
import { reckonHours } from '../writings/hours.ts'
import { mayWithHours } from './may-enter.ts'
import { hoursBeside, Room } from './room.ts'
import type { SentRow } from './sent-rows.ts'
import { weekRows } from './week-rows.ts'
import { type NewWeek, submitWeeks, writeWeeks } from './write-rows.ts'

export interface Grid {
  readonly contractor: string
  readonly week_ending: string
  readonly submit: boolean
}

/** What became of a row. */
export interface Outcome {
  readonly assignment: string
  readonly outcome: 'saved' | 'submitted' | 'unchanged' | 'refused'
  readonly errors: readonly FieldError[]
  readonly hours: KeptWeek | null
}

/** A row on its way: refused, as it is already, or as it is to stand. */
interface Row {
  readonly sent: SentRow
  readonly was: KeptWeek | undefined
  readonly errors: readonly FieldError[]
  readonly next?: NewWeek
}

const fault = (path: string, code: string, params = {}) => [faultSentence({ path, code, params })]

/** Writes all that is right of a grid, and says of each other row what is wrong with it. */
export async function writeGrid(ctx: Context, grid: Grid, sent: readonly SentRow[]): Promise<readonly Outcome[]> {
  const asked = sent.flatMap(({ assignment, values }) => (values ? [assignment] : []))
  const places = await placesOf(ctx, asked)
  const ours = asked.filter((id) => places.get(id)?.contractor === grid.contractor)
  const weeks = await weekRows(ctx, ours, grid.week_ending, true)
  const rows = await withRoom(ctx, grid, await judged(ctx, grid, sent, { ours, places, weeks }))
  const changed = rows.flatMap(({ next, was }) => (next && !(was && isAsItWas(next, was)) ? [next] : []))
  const written = await writeWeeks(ctx, changed)
  const found = (row: Row) => written.get(row.sent.assignment) ?? row.was?.id
  const objections = new Map(rows.map((row) => [row, grid.submit && row.next ? objectionsTo(ctx, row.next) : []]))
  const submitted = new Set(rows.filter((row) => grid.submit && row.next && found(row) && !objections.get(row)?.length))
  await submitWeeks(
    ctx,
    [...submitted].flatMap((row) => found(row) ?? []),
  )
  const stand = await weekRows(ctx, ours, grid.week_ending)
  return rows.map((row) => {
    const { assignment } = row.sent
    const hours = stand.get(assignment) ?? null
    if (row.errors.length) return { assignment, outcome: 'refused', errors: row.errors, hours }
    if (row.next && !found(row)) return { assignment, outcome: 'refused', errors: fault('assignment', 'twice'), hours }
    const outcome = submitted.has(row) ? 'submitted' : written.has(assignment) ? 'saved' : 'unchanged'
    return { assignment, outcome, errors: objections.get(row) ?? [], hours }
  })
}

interface Known {
  readonly ours: readonly string[]
  readonly places: ReadonlyMap<string, Place>
  readonly weeks: ReadonlyMap<string, KeptWeek>
}

/** Looks at each row by itself: whether it can be entered there, and what it comes to. */
async function judged(ctx: Context, grid: Grid, sent: readonly SentRow[], known: Known): Promise<Row[]> {
  const { contractor, week_ending } = grid
  const mine = new Set(known.ours)
  const judgable = sent.filter(({ assignment, values }) => values && mine.has(assignment))
  const verdicts = await reckonHours(
    ctx,
    judgable.map(
      ({ assignment, values }) =>
        ({ ...values, week_ending, adjusts: null, stands: known.weeks.has(assignment) }) as never,
    ),
  )
  return sent.map((row): Row => {
    const { assignment, values } = row
    const was = known.weeks.get(assignment)
    if (!values) return { sent: row, was: undefined, errors: row.errors }
    if (!mine.has(assignment)) return { sent: row, was, errors: fault('assignment', 'no_assignment') }
    const verdict = verdicts[judgable.indexOf(row)]
    if (was && !['draft', 'rejected'].includes(was.state))
      return { sent: row, was, errors: isSameWork(values, was) ? [] : fault('regular', 'settled') }
    if (!verdict || verdict.errors) return { sent: row, was, errors: verdict?.errors ?? [] }
    if (!mayWithHours(ctx, was ? 'update' : 'create', contractor))
      return { sent: row, was, errors: fault('assignment', 'not_yours') }
    const next = {
      ...verdict.sets,
      id: was?.id ?? null,
      assignment,
      week_ending,
      regular: values.regular,
      overtime: values.overtime,
      over_40_confirmed: values.over_40_confirmed ?? was?.over_40_confirmed ?? null,
      note: row.keepsNote ? (was?.note ?? null) : values.note,
    } as NewWeek
    return { sent: row, was, errors: [], next }
  })
}

/** Looks at the rows together: no member has more hours in a week than a week has. */
async function withRoom(ctx: Context, { week_ending }: Grid, rows: readonly Row[]): Promise<readonly Row[]> {
  const good = rows.flatMap(({ next }) => next ?? [])
  if (!good.length) return rows
  const beside = await hoursBeside(
    ctx,
    good.map(({ member }) => member),
    week_ending,
    good.flatMap(({ id }) => id ?? []),
  )
  const room = new Room(beside)
  return rows.map(({ next, ...row }) => {
    const hours = next && room.take(next.member, hoursIn(next))
    if (!hours) return next ? { ...row, next } : row
    // What is there of it stays.
    if (row.was) room.take(next.member, hoursIn(row.was))
    return { ...row, errors: fault('regular', 'over_168', { hours }) }
  })
}

const hoursIn = ({ regular, overtime }: { readonly regular: string; readonly overtime: string }) =>
  decimal(regular).plus(decimal(overtime))

/** Why a week that is right cannot be submitted yet. */
const objectionsTo = (ctx: Context, week: NewWeek): readonly FieldError[] => {
  const objection = mayWithHours(ctx, 'submit', week.contractor) ? objectionTo(week) : { path: '', code: 'not_yours' }
  return objection ? [faultSentence(objection)] : []
}

type Work = Pick<KeptWeek, 'regular' | 'overtime'>

const isSameWork = (one: Work, other: Work) =>
  decimal(one.regular).eq(decimal(other.regular)) && decimal(one.overtime).eq(decimal(other.overtime))

const isAsItWas = (next: NewWeek, was: KeptWeek) =>
  isSameWork(next, was) &&
  next.subsidy === was.subsidy &&
  next.note === was.note &&
  Boolean(next.over_40_confirmed) === was.over_40_confirmed &&
  JSON.stringify(next.days?.map(wholeDay) ?? null) === JSON.stringify(was.days?.map(wholeDay) ?? null)

/** A day in one order: the database keeps the names of JSON in another. */
const wholeDay = ({ on, regular, overtime }: { readonly on: string } & Work) => [on, regular, overtime]
