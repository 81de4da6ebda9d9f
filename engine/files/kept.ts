import { say, spokenDate, todayIn } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'

/** A sentence where a file must still be kept, as its kind of record asks for; null where it may go. */
export function keptBecause(
  registry: Registry,
  { resource: name, uploaded_at: uploaded }: { readonly resource: string; readonly uploaded_at: string },
  timeZone: string,
  today = todayIn(timeZone),
): string | null {
  const resource = registry.resources.get(name)
  const years = resource?.files?.keepYears ?? 0
  if (!resource || !years) return null
  const until = yearsAfter(dayOf(uploaded, timeZone), years)
  if (today >= until) return null
  return say('files:kept_until', { plural: resource.plural.toLowerCase(), years, date: spokenDate(until) })
}

/** The same in SQL over files `f`, of those that must not be erased yet, however they were put away. */
export const keptSql = (registry: Registry, now: string): string =>
  [...registry.resources.values()]
    .filter(({ files }) => files?.keepYears)
    .map(
      ({ name, files }) => `(f.resource = '${name}' and f.field is null
        and f.uploaded_at > ${now}::timestamptz - interval '${Number(files?.keepYears)} years')`,
    )
    .join(' or ') || 'false'

const dayOf = (instant: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(
    new Date(instant),
  )

/** February 29 becomes March 1. */
function yearsAfter(day: string, years: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date.toISOString().slice(0, 10)
}
