import {
  type Fields,
  isPeriodName,
  labelOf,
  parseRecord,
  periodNames,
  periodOf,
  refuseField,
  type Report,
  say,
  todayIn,
} from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import { readTexts } from '../http/routes.ts'
import { permittedFields } from '../records/field-rules.ts'
import { accepted } from '../records/accepted.ts'
import type { Registry } from '../registry.ts'
import { type Asker, describeQuery } from './describe.ts'
import { isOrdered, type Order, type ReportPlan } from './statement.ts'

export type Asked = Readonly<Record<string, unknown>>

/** Names in the query string that are not asks of a report. */
export const machineAsks = ['format', 'period', 'sort', 'limit', 'offset'] as const

/** A report for one person: what they may ask and see of it, and in which order. */
export interface PreparedReport {
  readonly report: Report
  /** As it was taken, with what was not said filled in; without what this person may not ask. */
  readonly asked: Asked
  readonly plan: ReportPlan
}

/** @throws {Refusal} for what cannot be asked, or not by this person */
export function prepareReport(
  registry: Registry,
  { actor, org, today = todayIn(org.timeZone) }: Pick<Caller, 'actor' | 'org'> & { today?: string },
  report: Report,
  { period, sort, ...query }: Asked,
): PreparedReport {
  const asker = { actor, org, today }
  const asked = readAsks(registry, asker, report, query, period)
  const columns = permittedFields(registry, actor, report.columns)
  const shown = (name: string) => name in columns
  const { chart } = report
  const plan: ReportPlan = {
    query: describeQuery(report, asker, asked.all),
    columns,
    sort: typeof sort === 'string' && sort ? readSort(report, columns, sort) : usualSort(report, columns),
    // What is not seen must not tell by where a group ends.
    groupBy: (report.groupBy ?? []).filter(shown),
    chart: chart && [chart.x, ...chart.y].every(shown) ? chart : undefined,
  }
  return { report, asked: asked.shown, plan }
}

/** What the report is asked for. A question about what the caller may not read would be answered by the rows. */
function readAsks(registry: Registry, { actor, today }: Asker, report: Report, query: Asked, period: unknown) {
  const { asks } = report
  const open = permittedFields(registry, actor, asks)
  const closed = Object.keys(asks).find((name) => !(name in open) && query[name] !== undefined)
  if (closed) {
    refuseField(closed, 'field_not_shown', say('engine:field.not_asked', { label: labelOf(asks, closed) }), 'forbidden')
  }
  const given = { ...readTexts(asks, query), ...daysOf(report, query, period, today) }
  const asked = accepted(parseRecord(asks, given, { today }))
  checkPeriod(report, asked)
  return { all: asked, shown: Object.fromEntries(Object.entries(asked).filter(([name]) => name in open)) }
}

/** The days that a period's name means; the usual ones where nobody says. */
function daysOf({ period: declared }: Report, query: Asked, name: unknown, today: string): Asked {
  if (name !== undefined && (!declared || !isPeriodName(name))) {
    const message = declared
      ? say('reports:unknown_period', { names: periodNames.join(', ') })
      : say('reports:no_period')
    refuseField('period', 'unknown_period', message)
  }
  if (!declared) return {}
  const isGiven = [declared.from, declared.until].some((ask) => query[ask] !== undefined)
  if (name !== undefined && isGiven) refuseField('period', 'period_twice', say('reports:period_twice'))
  const meant = isPeriodName(name) ? name : isGiven ? undefined : declared.usual
  if (!meant) return {}
  const { from, until } = periodOf(meant, today)
  return { [declared.from]: from, [declared.until]: until }
}

function checkPeriod({ asks, period }: Report, asked: Asked): void {
  if (!period) return
  const [from, until] = [asked[period.from], asked[period.until]]
  if (typeof from !== 'string' || typeof until !== 'string' || from <= until) return
  const labels = { from: labelOf(asks, period.from), until: labelOf(asks, period.until) }
  refuseField(period.until, 'period_backwards', say('reports:period_backwards', labels))
}

const orderOf = (term: string): Order => ({ name: term.replace(/^-/, ''), descending: term.startsWith('-') })

/** The order of a column that is not shown would tell what is in it. */
const usualSort = (report: Report, columns: Fields) => report.sort.map(orderOf).filter(({ name }) => name in columns)

const mostSorts = 4

function readSort(report: Report, columns: Fields, text: string): Order[] {
  const order = text.split(',').filter(Boolean).map(orderOf)
  if (order.length > mostSorts) refuseField('sort', 'too_many_sorts', say('engine:list.too_many_sorts'))
  for (const { name } of order) {
    if (Object.hasOwn(report.columns, name) && !Object.hasOwn(columns, name)) {
      const label = labelOf(report.columns, name)
      refuseField('sort', 'field_not_shown', say('engine:field.not_asked', { label }), 'forbidden')
    }
    if (!Object.hasOwn(columns, name) || columns[name]?.hidden || !isOrdered(columns, name))
      refuseField('sort', 'bad_sort', say('engine:list.bad_sort', { name }))
  }
  const named = new Set(order.map(({ name }) => name))
  return [...order, ...usualSort(report, columns).filter(({ name }) => !named.has(name))]
}
