import {
  type Field,
  type Fields,
  hasWords,
  labelOf,
  Refusal,
  say,
  sentenceCase,
  spellTitle,
  spokenDate,
  spokenInstant,
  targetOf,
} from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import type { PreparedReport } from './asked.ts'

type Named = Field & { readonly names?: Readonly<Record<string, string>> }

/** One value as people say it; null where there is none. */
export function inWords(field: Named, value: unknown, module: string, timeZone: string): string | null {
  if (value === null || value === undefined || value === '') return null
  if (field.kind === 'choice') {
    const key = `${module}:choice.${String(value)}`
    return field.names?.[String(value)] ?? (hasWords(key) ? say(key) : sentenceCase(String(value)))
  }
  if (field.kind === 'date') return spokenDate(String(value))
  if (field.kind === 'instant') return spokenInstant(String(value), timeZone)
  if (field.kind === 'yes_no') return say(value === true ? 'reports:yes' : 'reports:no')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export const moduleOf = ({ name }: { name: string }) => name.split('.')[0] ?? ''

/** What was asked for, label and answer; nothing of what was left open. The days of a period are told apart. */
export async function filtersInWords(
  engine: Engine,
  caller: Caller,
  { report, asked }: PreparedReport,
): Promise<[label: string, said: string][]> {
  const days = report.period ? [report.period.from, report.period.until] : []
  const found: [string, string][] = []
  for (const [name, value] of Object.entries(asked)) {
    const field = report.asks[name]
    if (!field || days.includes(name)) continue
    const said = targetOf(field)
      ? await titleOf(engine, caller, field, value)
      : inWords(field, value, moduleOf(report), caller.org.timeZone)
    if (said !== null) found.push([labelOf(report.asks, name), said])
  }
  return found
}

/** What a record is called, as far as whoever asks may know it. */
async function titleOf({ registry, records }: Engine, caller: Caller, field: Field, id: unknown) {
  const resource = registry.resources.get(targetOf(field) ?? '')
  if (!resource || typeof id !== 'string') return null
  try {
    const row = await records.get(caller, resource, id)
    const titles = (row as { titles?: Readonly<Record<string, string>> }).titles
    return spellTitle(resource.title, (name) => String(titles?.[name] ?? row[name] ?? ''))
  } catch (error) {
    if (error instanceof Refusal) return say('reports:some_record', { label: resource.label })
    throw error
  }
}

/** The group that a row belongs to, in words. */
export const groupInWords = (
  columns: Fields,
  groupBy: readonly string[],
  values: readonly unknown[],
  { module, timeZone }: { module: string; timeZone: string },
): string =>
  groupBy
    .map((name, at) => {
      const field = columns[name]
      const said = field ? inWords(field, values[at], module, timeZone) : null
      return said ?? say('reports:without', { label: labelOf(columns, name).toLowerCase() })
    })
    .join(', ')
