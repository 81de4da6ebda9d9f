import { addWords, type Field, hasWords, kindOf, say, sentenceCase } from '@commonhall/kernel'
import type { Printed } from './printed.ts'
import { words } from './words/en.ts'

addWords('print', words)

/** How the values of a column are written: plain data, since it travels into the sandbox as JSON. */
export interface FramedColumn {
  readonly heading: string
  readonly kind: string
  /** Numbers stand right, so that their digits align. */
  readonly right: boolean
  readonly decimals?: number
  readonly format?: string
  /** What the values of a choice are called. */
  readonly names?: Readonly<Record<string, string>>
}

/** Everything on paper but the lines, in words where it is words. */
export interface Frame {
  readonly title: string
  readonly org: string
  readonly period: string
  readonly printed: string
  readonly filters: string
  readonly filtered: readonly (readonly [label: string, said: string])[]
  /** With `{page}` and `{pages}` in the places of the two numbers. */
  readonly page: string
  readonly nothing: string
  readonly yesNo: readonly [yes: string, no: string]
  readonly columns: readonly FramedColumn[]
  readonly landscape: boolean
  readonly timeZone: string
  /** The day, as year, month and day. */
  readonly date: readonly number[]
}

type Chosen = Field & { readonly choices?: readonly string[]; readonly names?: Readonly<Record<string, string>> }

/** The modules' words stay outside the sandbox, so what choices are called goes in with their column. */
function namesOf(field: Chosen, module: string): Record<string, string> {
  const nameOf = (value: string) => {
    const key = `${module}:choice.${value}`
    return field.names?.[value] ?? (hasWords(key) ? say(key) : sentenceCase(value))
  }
  return Object.fromEntries((field.choices ?? []).map((value) => [value, nameOf(value)]))
}

function framedColumn(heading: string, field: Field, module: string): FramedColumn {
  const { decimals, format } = field as { decimals?: number; format?: string }
  return {
    heading,
    kind: field.kind,
    right: kindOf(field).align === 'end',
    ...(decimals === undefined ? {} : { decimals }),
    ...(format === undefined ? {} : { format }),
    ...(field.kind === 'choice' ? { names: namesOf(field, module) } : {}),
  }
}

const days = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })
const longDay = (day: string) => days.format(Date.parse(`${day}T00:00:00Z`))

function spokenPeriod({ period }: Printed): string {
  const [from, until] = [period?.from, period?.until].map((day) => day && longDay(day))
  if (from && until) return say('print:period.between', { from, until })
  if (from) return say('print:period.since', { from })
  return until ? say('print:period.until', { until }) : ''
}

/** What stands around the lines of a table. */
export function frameOf(printed: Printed): Frame {
  const { org, title, filters, module, columns, by, at, landscape = false } = printed
  const when = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: org.timeZone })
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: org.timeZone })
  return {
    title,
    org: org.name,
    period: spokenPeriod(printed),
    printed: say('print:printed', { at: when.format(at), by }),
    filters: say('print:filters'),
    filtered: filters,
    page: say('print:page', { page: '{page}', pages: '{pages}' }),
    nothing: say('print:nothing'),
    yesNo: [say('print:yes'), say('print:no')],
    columns: columns.map(({ heading, field }) => framedColumn(heading, field, module)),
    landscape,
    timeZone: org.timeZone,
    date: day.format(at).split('-').map(Number),
  }
}
