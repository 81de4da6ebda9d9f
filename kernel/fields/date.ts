import { type CommonOptions, fine, type Kind, makeField, type Parsed, type ReadingHints, wrong } from './field.ts'

export interface DateOptions extends CommonOptions {
  /** The date may not lie in the future, such as a date of birth. */
  past?: boolean
  default?: 'today'
}

const iso = /^(\d{4})-(\d{2})-(\d{2})$/
const midnight = /(?:[T ]00?:00(?::00(?:\.0+)?)?(?:Z| ?AM)?| 12:00(?::00)? ?AM)$/i
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function build(year: number, month: number, day: number, options: DateOptions): Parsed<string> {
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || month < 1 || day < 1)
    return wrong('no_such_date')
  if (year < 1800 || year > 2200) return wrong('date_out_of_range')
  const value = date.toISOString().slice(0, 10)
  // Two days of grace: nowhere on Earth is further ahead of UTC.
  if (options.past && Date.parse(value) > Date.now() + 2 * 86_400_000) return wrong('date_in_future')
  return fine(value)
}

/** Two figures for a year mean the past for a `past` date, and else the hundred years around today. */
function fullYear(year: string, options: DateOptions): number {
  if (year.length > 2) return Number(year)
  const now = new Date().getUTCFullYear()
  const guess = Math.floor(now / 100) * 100 + Number(year)
  return guess > now + (options.past ? 0 : 20) ? guess - 100 : guess
}

function readDate(text: string, options: DateOptions, hints: ReadingHints): Parsed<string> {
  // Spreadsheets and databases add a midnight that nobody wrote.
  const bare = text.trim().replace(midnight, '')
  const named = /^(?:(\d{1,2})[ -]([a-z]{3})[a-z]*\.?|([a-z]{3})[a-z]*\.? (\d{1,2})),?[ -](\d{4}|\d{2})$/i.exec(bare)
  if (named) {
    const month = months.indexOf((named[2] ?? named[3] ?? '').toLowerCase()) + 1
    return build(fullYear(named[5] ?? '', options), month, Number(named[1] ?? named[4]), options)
  }
  const parts = /^(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{1,4})$/.exec(bare) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(bare)
  if (!parts) return wrong('not_a_date')
  const [, a = '', b = '', c = ''] = parts
  if (a.length === 4) return build(Number(a), Number(b), Number(c), options)
  if (c.length !== 4 && c.length !== 2) return wrong('not_a_date')
  const [month, day] = hints.dateOrder === 'dmy' ? [b, a] : [a, b]
  return build(fullYear(c, options), Number(month), Number(day), options)
}

/** A calendar day without a time, `YYYY-MM-DD`. */
export const dateKind: Kind<DateOptions> = {
  kind: 'date',
  operators: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'empty'],
  align: 'start',
  sqlType: () => 'date',
  parse(input, options) {
    const match = typeof input === 'string' ? iso.exec(input) : null
    if (!match) return wrong('not_a_date')
    return build(Number(match[1]), Number(match[2]), Number(match[3]), options)
  },
  read: readDate,
  schema: () => ({ type: 'string', format: 'date' }),
}

export const date = <const Options extends DateOptions>(options?: Options) =>
  makeField<string, Options>('date', options)
