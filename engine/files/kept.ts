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
