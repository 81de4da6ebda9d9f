import { type Fields, isPeriodName, periodOf, todayIn } from '@commonhall/kernel'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { check, startOf, type Values } from '../form/draft.ts'
import type { KnownReport } from '../wire/catalog.ts'

export type Asked = Readonly<Record<string, string>>

/** What the address of a report says, which is what the server is asked. */
export function useAsked() {
  const search = useSearch({ strict: false }) as Asked
  const navigate = useNavigate()
  const ask = (next: Asked) => void navigate({ to: '.', search: next, resetScroll: false })
  return { search, ask }
}

/** The name of the period that is shown; null for days of one's own. */
export function periodIn({ period }: KnownReport, search: Asked): string | null {
  if (!period) return null
  if (isPeriodName(search['period'])) return search['period']
  return search[period.from] || search[period.until] ? null : (period.usual ?? null)
}

/** The values with which the form begins: what the address says, a period as its days. */
export function valuesOf(report: KnownReport, search: Asked, timeZone: string | undefined): Values {
  const { asks, period } = report
  const name = periodIn(report, search)
  const days = period && isPeriodName(name) ? periodOf(name, todayIn(timeZone)) : undefined
  return {
    ...startOf(asks),
    ...(days && period ? { [period.from]: days.from, [period.until]: days.until } : {}),
    ...Object.fromEntries(Object.entries(search).filter(([ask]) => ask in asks)),
  }
}

/** Names in the address that stay when other filters are asked for. */
const kept = (search: Asked): Asked => (search['sort'] ? { sort: search['sort'] } : {})

/** The address for a form's values. Days that are those of the period stay a period, which moves on with the year. */
export function searchOf(report: KnownReport, values: Values, search: Asked, timeZone: string | undefined): Asked {
  const before = valuesOf(report, search, timeZone)
  const { period } = report
  const name = periodIn(report, search)
  const sameDays = !!period && !!name && [period.from, period.until].every((ask) => values[ask] === before[ask])
  const days = period ? [period.from, period.until] : []
  const said = Object.entries(check(report.asks, values).values).flatMap(([ask, value]) =>
    value === null || (sameDays && days.includes(ask)) ? [] : [[ask, String(value)] as const],
  )
  return { ...kept(search), ...(sameDays ? { period: name } : {}), ...Object.fromEntries(said) }
}

/** The address for another period by its name. */
export function withPeriod({ period }: KnownReport, search: Asked, name: string): Asked {
  const dropped = new Set([period?.from, period?.until, 'offset'])
  return { ...Object.fromEntries(Object.entries(search).filter(([ask]) => !dropped.has(ask))), period: name }
}

/** Whether anything is asked besides days and order. */
export const isFiltered = ({ asks, period }: KnownReport, search: Asked): boolean =>
  Object.keys(search).some((name) => name in asks && name !== period?.from && name !== period?.until)

/** Columns that are shown in the table: groups stand above their rows. */
export const shownColumns = (columns: Fields, groupBy: readonly string[]): string[] =>
  Object.keys(columns).filter((name) => !columns[name]?.hidden && !groupBy.includes(name))
