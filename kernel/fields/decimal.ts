import { type CommonOptions, fine, type Kind, type Parsed, type ReadingHints, wrong } from './field.ts'

export interface DecimalOptions extends CommonOptions {
  /** Digits after the point, kept exactly. */
  decimals?: number
  /** Smallest and largest value allowed, as decimal strings. */
  min?: string
  max?: string
  /** Lists and reports show the column's sum. */
  total?: boolean
  default?: string
}

const plain = /^(-?)(\d*)(?:\.(\d*))?$/

/** No number that fits is written longer; what is longer need not be looked at digit by digit. */
const longest = 60

/** Compares two plain decimal strings without making floats of them. Answers a negative, zero or positive number. */
export function compareDecimals(a: string, b: string): number {
  const scale = Math.max(a.split('.')[1]?.length ?? 0, b.split('.')[1]?.length ?? 0)
  const difference = toUnits(a, scale) - toUnits(b, scale)
  return difference < 0n ? -1 : Number(difference > 0n)
}

function toUnits(decimal: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0'))
}

/** Puts an exact decimal into its stored form: `decimals` digits after the point, no exponent, no plus sign. */
export function parseDecimal(
  input: unknown,
  options: DecimalOptions,
  precision: number,
  decimals: number,
): Parsed<string> {
  // A JSON number has already been through a float: only a string can be trusted to say what was meant.
  if (typeof input !== 'string') return wrong('not_a_decimal_string')
  const match = input.length <= longest ? plain.exec(input.trim()) : null
  if (!match || !/\d/.test(input)) return wrong('not_a_number')
  const [, sign, written = '', fraction = ''] = match
  const whole = written.replace(/^0+/, '')
  if (fraction.slice(decimals).replace(/0+$/, '') !== '') return wrong('too_many_decimals', { decimals })
  if (whole.length > precision - decimals) return wrong('too_large')
  const digits = fraction.slice(0, decimals).padEnd(decimals, '0')
  const magnitude = (whole || '0') + (decimals ? `.${digits}` : '')
  const value = sign && /[1-9]/.test(magnitude) ? `-${magnitude}` : magnitude
  if (options.min !== undefined && compareDecimals(value, options.min) < 0)
    return wrong('too_small', { min: options.min })
  if (options.max !== undefined && compareDecimals(value, options.max) > 0)
    return wrong('too_great', { max: options.max })
  return fine(value)
}

/** Three digits stand between two marks of thousands, and behind the last: else the mark means something else. */
const grouped = { ',': /^-?\d{1,3}(,\d{3})+(\.\d*)?$/, '.': /^-?\d{1,3}(\.\d{3})+(,\d*)?$/ } as const

/**
 * Strips what people and spreadsheets put around a number: currency, thousands, a trailing minus or parentheses. What
 * could be meant two ways is left as it stands, and so refused: 12,50 must not become 1250.
 */
export function readDecimal(text: string, hints: ReadingHints): string {
  const negative = /^\(.*\)$/.test(text.trim()) || /-\s*$/.test(text)
  const bare = text.replace(/[()$€£\s\u00a0%]|-\s*$/g, '')
  const thousands = hints.decimalMark === ',' ? '.' : ','
  const plainly = grouped[thousands].test(bare) ? bare.replaceAll(thousands, '') : bare
  const pointed = thousands === '.' ? (plainly.includes('.') ? '' : plainly.replace(',', '.')) : plainly
  return negative && !pointed.startsWith('-') ? `-${pointed}` : pointed
}

/** The kinds that are exact decimals differ only in their name and digits. */
export function decimalKind(kind: string, precision: number, usual: number): Kind<DecimalOptions> {
  const decimalsOf = (options: DecimalOptions) => options.decimals ?? usual
  return {
    kind,
    operators: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'empty'],
    align: 'end',
    sqlType: (options) => `numeric(${precision},${decimalsOf(options)})`,
    parse: (input, options) => parseDecimal(input, options, precision, decimalsOf(options)),
    read: (text, options, hints) => parseDecimal(readDecimal(text, hints), options, precision, decimalsOf(options)),
    schema: (options) => ({
      type: 'string',
      pattern: `^-?\\d+(\\.\\d{1,${decimalsOf(options)}})?$`,
      examples: ['12.50'],
    }),
  }
}
