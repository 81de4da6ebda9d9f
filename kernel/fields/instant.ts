import { type CommonOptions, fine, type Kind, makeField, wrong } from './field.ts'

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.(\d{1,9}))?(?:Z|[+-]\d{2}:\d{2})$/

/** A moment in UTC, RFC 3339 with three to six digits of a second: as exact as the database keeps it. */
export const instantKind: Kind = {
  kind: 'instant',
  operators: ['gt', 'gte', 'lt', 'lte', 'empty'],
  align: 'start',
  sqlType: () => 'timestamp with time zone',
  parse(input) {
    const match = typeof input === 'string' ? rfc3339.exec(input) : null
    const time = match ? new Date(match[0]) : null
    if (!match || !time || Number.isNaN(time.getTime())) return wrong('not_an_instant')
    const year = time.getUTCFullYear()
    if (year < 1800 || year > 2200) return wrong('date_out_of_range')
    const micros = (match[1] ?? '').slice(3, 6).replace(/0+$/, '')
    return fine(time.toISOString().replace('Z', `${micros}Z`))
  },
  read: (text, options) => instantKind.parse(text.trim(), options),
  schema: () => ({ type: 'string', format: 'date-time' }),
}

export const instant = <const Options extends CommonOptions>(options?: Options) =>
  makeField<string, Options>('instant', options)
