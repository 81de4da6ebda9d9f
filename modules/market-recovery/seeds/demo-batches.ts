import { sql } from 'kysely'
import { type Context, dayAfter } from '@commonhall/kernel'
import { owe, settle } from '../payments/book.ts'
import { reckonHours } from '../writings/hours.ts'
import type { DemoPeople } from './demo-weeks.ts'

type State = 'prepared' | 'released' | 'exported' | 'paid' | 'void'

/** Pay periods in days before today, the oldest first, and how far each has come. */
const periods: readonly (readonly [from: number, until: number, state: State])[] = [
  [-190, -127, 'paid'],
  [-126, -85, 'paid'],
  [-84, -64, 'exported'],
  [-63, -50, 'released'],
  [-49, -43, 'void'],
  [-49, -43, 'prepared'],
]

const steps: readonly State[] = ['released', 'exported', 'paid']

/** The house on an earlier day: what is posted then bears that date. */
const on = (ctx: Context, today: string): Context => Object.create(ctx, { today: { value: today } }) as Context

async function prepare(ctx: Context, [from, until]: (typeof periods)[number], people: DemoPeople): Promise<string> {
  const batch = {
    period_from_on: dayAfter(ctx.today, from),
    period_until_on: dayAfter(ctx.today, until),
    prepared_by: people.treasurer,
  }
  const { id } = await ctx.db
    .insertInto('market_recovery.payment_batch')
    .values(batch)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Takes a batch so far; each step by somebody else than the one before, some days later. */
async function take(ctx: Context, id: string, last: State, day: string, people: DemoPeople): Promise<void> {
  const at = `${day}T17:00:00Z`
  if (last === 'void') {
    await sql`update market_recovery.payment_batch set state = 'void', payments = 0, hours = 0, subsidy = 0,
      reason = 'Prepared before the last hours were approved.', version = version + 1 where id = ${id}::uuid`.execute(
      ctx.db,
    )
    return
  }
  for (const state of steps.slice(0, steps.indexOf(last) + 1)) {
    const paidOn = dayAfter(day, 5)
    await sql`update market_recovery.payment_batch set state = ${state}, version = version + 1,
      released_by = case ${state} when 'released' then ${people.officer}::uuid else released_by end,
      released_at = case ${state} when 'released' then ${at}::timestamptz else released_at end,
      exported_at = case ${state} when 'exported' then ${at}::timestamptz else exported_at end,
      paid_on = case ${state} when 'paid' then ${paidOn}::date else paid_on end
      where id = ${id}::uuid`.execute(ctx.db)
    if (state === 'released') await owe(on(ctx, day), { batch: id })
    if (state === 'paid') await settle(on(ctx, paidOn), { batch: id })
  }
}

/** A paid week of which two hours are taken back: it waits for approval. */
async function takeSomeBack(ctx: Context, people: DemoPeople): Promise<void> {
  const paid = await ctx.db
    .selectFrom('market_recovery.hours')
    .selectAll()
    .where('state', '=', 'paid')
    .where('days', 'is', null)
    .where('regular', '=', '40.00')
    .orderBy('week_ending', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!paid) return
  const note = 'The payroll shows 38 hours.'
  const given = { ...paid, regular: '-2.00', overtime: '0.00', adjusts: paid.id, note, state: 'draft' as const }
  const [verdict] = await reckonHours(ctx, [given])
  if (!verdict || verdict.errors) throw new Error('The demo takes back what cannot be taken back.')
  const { assignment, member, contractor, program, project, week_ending, regular, overtime, adjusts } = given
  const { subsidy = '0.00', calculation } = verdict.sets ?? {}
  await ctx.db
    .insertInto('market_recovery.hours')
    .values({
      assignment,
      member,
      contractor,
      program,
      project,
      week_ending,
      regular,
      overtime,
      adjusts,
      note,
      subsidy,
      calculation: JSON.stringify(calculation) as never,
      state: 'submitted',
      submitted_by: people.staff,
      submitted_at: `${dayAfter(ctx.today, -3)}T16:00:00Z`,
    })
    .execute()
}

/** Batches at every step, in the books on the days on which they would have been. */
export async function addBatches(ctx: Context, people: DemoPeople): Promise<void> {
  for (const period of periods) {
    const id = await prepare(ctx, period, people)
    if (period[2] !== 'prepared') await take(ctx, id, period[2], dayAfter(ctx.today, period[1] + 9), people)
  }
  await takeSomeBack(ctx, people)
}
