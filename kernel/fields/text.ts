import { type CommonOptions, fine, type Kind, makeField, type Parsed, wrong } from './field.ts'

export interface TextOptions extends CommonOptions {
  /** In characters as a person counts them (code points); 200 when left out. */
  max?: number
  min?: number
  /** A shape that the value must have, checked and named in the refusal. */
  format?: 'email' | 'phone' | 'url' | 'last-four' | 'media-type'
  default?: string
}

const formats: Record<NonNullable<TextOptions['format']>, RegExp> = {
  // Deliverability is found out by mailing; this only catches what cannot be an address.
  email: /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[^\s@<>"(),:;[\]\\.]+$/u,
  phone: /^\+?[0-9 ().\-/]{5,30}(?:\s?(?:x|ext\.?)\s?\d{1,6})?$/iu,
  url: /^https?:\/\/[^\s]+$/iu,
  'last-four': /^\d{4}$/u,
  'media-type': /^[a-z]+\/[\w.+-]+$/u,
}

/** PostgreSQL cannot store U+0000, and half a surrogate pair is no character at all. */
export function isStorable(input: string): boolean {
  return !input.includes('\u0000') && input.isWellFormed()
}

export function parseText(input: unknown, options: TextOptions, max: number): Parsed<string> {
  if (typeof input !== 'string') return wrong('not_text')
  if (!isStorable(input)) return wrong('bad_characters')
  const value = input.trim()
  const length = value.length > max ? Array.from(value).length : value.length
  if (length > max) return wrong('too_long', { max, length })
  if (options.min && length < options.min) return wrong('too_short', { min: options.min })
  if (options.format && value !== '' && !formats[options.format].test(value)) {
    return wrong(`not_${options.format.replace('-', '_')}`)
  }
  return fine(value)
}

/** One line of text; leading and trailing space is dropped. */
export const textKind: Kind<TextOptions> = {
  kind: 'text',
  operators: ['eq', 'ne', 'contains', 'empty'],
  align: 'start',
  sqlType: (options) => (options.unique ? 'citext' : 'text'),
  parse(input, options) {
    if (typeof input === 'string' && /[\r\n]/.test(input.trim())) return wrong('not_one_line')
    return parseText(input, options, options.max ?? 200)
  },
  // A cell with a line break, as old programs print addresses, becomes one line.
  read: (text, options) => textKind.parse(text.trim().replace(/\s*[\r\n]+\s*/g, ', '), options),
  schema: (options) => ({
    type: 'string',
    maxLength: options.max ?? 200,
    ...(options.min ? { minLength: options.min } : {}),
    ...(options.format === 'email' ? { format: 'email' } : {}),
  }),
}

export const text = <const Options extends TextOptions>(options?: Options) =>
  makeField<string, Options>('text', options)
