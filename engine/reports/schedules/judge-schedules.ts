import {
  type Change,
  type Context,
  type FieldError,
  isUuid,
  labelOf,
  Refusal,
  say,
  type Verdict,
} from '@commonhall/kernel'
import { CompiledQuery } from 'kysely'
import { hasModule, type OpenOrg } from '../../caller.ts'
import { actorOf } from '../../notifications/reading.ts'
import { peopleSql, type Person } from '../../notifications/recipients.ts'
import type { Registry } from '../../registry.ts'
import { judge } from '../../rules.ts'
import { prepareReport } from '../asked.ts'
import { moduleOf } from '../in-words.ts'
import { nextAt } from './next-at.ts'
import type { reportSchedule } from './report-schedule.ts'

type Schedule = Omit<Change<typeof reportSchedule>['next'], 'asked'> & {
  readonly asked: Readonly<Record<string, string>>
}

const mostRecipients = 50
const fault = (path: string, code: string, params: Record<string, unknown> = {}): FieldError[] => [
  { path, code, message: say(`reports:mail.${code}`, params) },
]

/** A schedule is taken if it could go out now: the report is there, it can be asked so, and all may read it. */
export const judgeSchedules =
  (registry: Registry) =>
  async (
    ctx: Context,
    changes: readonly Change<typeof reportSchedule>[],
  ): Promise<Verdict<typeof reportSchedule>[]> => {
    const verdicts: Verdict<typeof reportSchedule>[] = []
    for (const { was, next: given } of changes) {
      const next = given as Schedule
      const errors = faultsOf(registry, ctx, next) ?? (await readersOf(registry, ctx, next))
      if (errors) verdicts.push({ errors })
      else verdicts.push({ sets: { ...(was ? {} : { made_by: ctx.actor.userId }), next_at: nextOf(ctx, next) } })
    }
    return verdicts
  }

function nextOf(ctx: Context, { state, every, day, hour }: Schedule): string | null {
  if (state !== 'active') return null
  const { timeZone } = ctx.org as OpenOrg
  return nextAt({ every, day, hour }, timeZone, Temporal.Now.instant()).toString()
}

function faultsOf(registry: Registry, ctx: Context, { report: name, asked, every, day }: Schedule) {
  const org = ctx.org as OpenOrg
  const report = registry.reports.get(name)
  const rule = report && registry.rules.get(report.rule)
  const isOpen = report && rule && hasModule(org, moduleOf(report)) && judge(rule, report.rule, ctx.actor) === true
  if (!isOpen) return fault('report', 'unknown_report')
  if (every === 'week' && day > 7) return fault('day', 'no_weekday')
  const { period } = report
  const isText = asked && typeof asked === 'object' && Object.values(asked).every((one) => typeof one === 'string')
  if (!isText) return fault('asked', 'not_texts')
  // Days that are named by their dates would be the same every week.
  const fixed = [period?.from, period?.until].find((ask) => ask !== undefined && ask in asked)
  if (fixed !== undefined) return fault('asked', 'fixed_days', { label: labelOf(report.asks, fixed) })
  try {
    prepareReport(registry, { actor: ctx.actor, org }, report, asked)
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const errors = error.errors.length ? error.errors : [{ path: '', code: error.code, message: error.message }]
    return errors.map((one) => ({ ...one, path: one.path ? `asked.${one.path}` : 'asked' }))
  }
}

/** People who are here, and may read it as of now. */
async function readersOf(registry: Registry, ctx: Context, { report: name, recipients }: Schedule) {
  const isList = Array.isArray(recipients) && recipients.length > 0 && recipients.every(isUuid)
  if (!isList || recipients.length > mostRecipients)
    return fault('recipients', 'no_recipients', { most: mostRecipients })
  const wanted = new Set(recipients.map((id) => id.toLowerCase()))
  const { rows } = await ctx.db.executeQuery<Person>(CompiledQuery.raw(peopleSql('m.user_id = any($1)'), [[...wanted]]))
  if (rows.length < wanted.size) return fault('recipients', 'unknown_recipient')
  const rule = registry.reports.get(name)?.rule ?? ''
  const closed = rows.find((person) => {
    const found = registry.rules.get(rule)
    return !found || judge(found, rule, actorOf(registry, person)) !== true
  })
  return closed ? fault('recipients', 'may_not_read', { name: closed.name }) : undefined
}
