import { type CommonOptions, fine, type Kind, makeField, wrong } from './field.ts'

export interface CountOptions extends CommonOptions {
  min?: number
  max?: number
  total?: boolean
  /** What is counted, where that is no plain number to people: 1400000 bytes are 1.4 MB. */
  format?: 'bytes'
  default?: number
}

const largest = 2_147_483_647

/** A whole number, zero or more unless `min` says otherwise. */
export const countKind: Kind<CountOptions> = {
  kind: 'count',
  operators: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'empty'],
  align: 'end',
  sqlType: () => 'integer',
  parse(input, { min = 0, max = largest }) {
    if (typeof input !== 'number' || !Number.isInteger(input)) return wrong('not_a_count')
    if (input < min) return wrong('too_small', { min })
    if (input > max) return wrong('too_great', { max })
    return fine(input)
  },
  read(text, options) {
    // Thousands come in threes: 1,5 is no count. A spreadsheet may print 2 as 2.0.
    const bare = text
      .trim()
      .replace(/[,\s\u00a0](?=\d{3}(?!\d))/g, '')
      .replace(/\.0+$/, '')
    return /^-?\d{1,10}$/.test(bare) ? countKind.parse(Number(bare), options) : wrong('not_a_count')
  },
  schema: ({ min = 0, max = largest }) => ({ type: 'integer', minimum: min, maximum: max }),
}

export const count = <const Options extends CountOptions>(options?: Options) =>
  makeField<number, Options>('count', options)
