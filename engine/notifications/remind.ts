import type { Logger } from 'pino'
import { type Condition, type Context, defineJob, field, isArchivable, type Reminder } from '@commonhall/kernel'
import { type Caller, hasModule } from '../caller.ts'
import { tableOf } from '../database/draft.ts'
import type { Statement, Transaction } from '../database/pool.ts'
import { Values } from '../records/list-sql.ts'
import type { Registry } from '../registry.ts'

/**
 * At six in the morning: which records have come near their dates. The engine does the work; without a reminder it
 * queues each that the org has, so that one that fails keeps none of the others back.
 */
export const sendReminders = defineJob('foundation.reminders-are-sent', {
  schedule: '0 6 * * *',
  fields: { reminder: field.text(), today: field.date() },
  run: () => Promise.reject(new Error('The engine runs this job itself.')),
})

/** So many records are told of in one transaction; more go on in the next. */
const batch = 200

/** How long after its day the last reminder is still made up for, when it is told on the date or after it. */
const lateness = 7

interface Ground {
  readonly registry: Registry
  readonly context: Context
  readonly transaction: Transaction
  readonly caller: Caller
  readonly log: Logger
}

export async function remind(ground: Ground, payload: Record<string, unknown>): Promise<void> {
  const { registry, context, caller } = ground
  const { reminder: name = null, today = null } = payload as { reminder?: string | null; today?: string | null }
  const on = [...registry.reminders.values()].filter(({ module }) => hasModule(caller.org, module.name))
  if (name === null) {
    for (const { reminder } of on) await context.enqueue(sendReminders, { reminder: reminder.name, today })
    return
  }
  const found = on.find(({ reminder }) => reminder.name === name)
  if (!found) return
  const day = today ?? context.today
  if (await remindOf(ground, found.reminder, day)) await context.enqueue(sendReminders, { reminder: name, today: day })
}

/** A record as its table holds it, with how near its date has come. */
type Near = Record<string, unknown> & { readonly reminder_distance: number; readonly reminder_left: number }

/** Tells of one batch of records; answers whether there may be more. */
async function remindOf(ground: Ground, reminder: Reminder, today: string): Promise<boolean> {
  const { transaction } = ground
  const { text, values } = nearStatement(reminder, today)
  const { rows } = await transaction.query<Near>(text, values)
  const mine = rows.length ? await claim(transaction, reminder, rows) : new Set()
  let told = 0
  for (const row of rows) if (mine.has(String(row['id'])) && (await tellOf(ground, reminder, row))) told += 1
  return rows.length === batch && told > 0
}

/** Tells of one record. One of which nothing can be said holds up no other: it comes again the next morning. */
async function tellOf(ground: Ground, reminder: Reminder, row: Near): Promise<boolean> {
  const { context, transaction, log } = ground
  const { reminder_distance: distance, reminder_left: left, ...record } = row
  const about = { resource: reminder.resource.name, id: String(record['id']) }
  await transaction.query('savepoint record')
  try {
    const facts = await reminder.payload(record as never, left, context)
    await context.notify(reminder.notice, facts, { to: reminder.to(record as never), about })
    return true
  } catch (error) {
    await transaction.query('rollback to savepoint record')
    log.error({ reminder: reminder.name, record: about.id, err: error }, 'a reminder cannot be told')
    await transaction.query(
      'delete from foundation.reminded where reminder = $1 and record = $2 and day = $3 and distance = $4',
      [reminder.name, about.id, row[reminder.date], distance],
    )
    return false
  }
}

/** Notes what goes out now; what another run has noted before is that one's to tell. */
async function claim(
  transaction: Transaction,
  { name, date }: Reminder,
  rows: readonly Near[],
): Promise<ReadonlySet<string>> {
  const told = rows.map((row) => ({ record: row['id'], day: row[date], distance: row.reminder_distance }))
  const { rows: claimed } = await transaction.query<{ record: string }>(
    `insert into foundation.reminded (reminder, record, day, distance)
    select $1, t.record, t.day, t.distance
    from jsonb_to_recordset($2) t (record uuid, day date, distance integer)
    order by t.record on conflict do nothing returning record`,
    [name, JSON.stringify(told)],
  )
  return new Set(claimed.map(({ record }) => record))
}

/**
 * Records within reach of their date that have not been told of at the distance that they have come to. Of several
 * that were missed the nearest counts. What was to be told before the date is of no use after it.
 */
export function nearStatement({ name, resource, date, days, when = [] }: Reminder, today: string): Statement {
  const values = new Values()
  const bind = values.bind.bind(values)
  const [least, most] = [Math.min(...days), Math.max(...days)]
  const now = `${bind(today)}::date`
  const [from, until] = [least > 0 ? 0 : least - lateness, most].map((one) => `${now} + ${bind(one)}::integer`)
  const distance = `(select min(d) from unnest(${bind(days)}::integer[]) d where d >= t."${date}" - ${now})`
  const conditions = [
    `t."${date}" between ${from} and ${until}`,
    ...(isArchivable(resource) ? ['t.archived_at is null'] : []),
    ...when.map((one) => conditionSql(one, bind)),
    `not exists (select from foundation.reminded r where r.reminder = ${bind(name)} and r.record = t.id
      and r.day = t."${date}" and r.distance = ${distance})`,
  ]
  const text = `select t.*, ${distance} as reminder_distance, t."${date}" - ${now} as reminder_left
    from ${tableOf(resource)} t where ${conditions.join(' and ')}
    order by t."${date}", t.id limit ${bind(batch)}`
  return { text, values: values.list }
}

const conditionSql = (condition: Condition, bind: (value: unknown) => string): string =>
  condition.test === 'is' ? `t."${condition.field}" in (${condition.values.map(bind).join(', ')})` : 'false'
