import { type CommonOptions, fine, type Kind, makeField, wrong } from './field.ts'

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/

/** A moment, RFC 3339 in UTC with milliseconds. */
export const instantKind: Kind = {
  kind: 'instant',
  operators: ['gt', 'gte', 'lt', 'lte', 'empty'],
  align: 'start',
  sqlType: () => 'timestamp with time zone',
  parse(input) {
    if (typeof input !== 'string' || !rfc3339.test(input)) return wrong('not_an_instant')
    const time = Date.parse(input)
    return Number.isNaN(time) ? wrong('not_an_instant') : fine(new Date(time).toISOString())
  },
  read: (text, options) => instantKind.parse(text.trim(), options),
  schema: () => ({ type: 'string', format: 'date-time' }),
}

export const instant = <const Options extends CommonOptions>(options?: Options) =>
  makeField<string, Options>('instant', options)
