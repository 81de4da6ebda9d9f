import { type CommonOptions, type Kind, makeField } from './field.ts'
import { parseText } from './text.ts'

export interface LongTextOptions extends CommonOptions {
  /** In characters; 10,000 when left out. */
  max?: number
  min?: number
}

/** Several lines of plain text. */
export const longTextKind: Kind<LongTextOptions> = {
  kind: 'long_text',
  operators: ['contains', 'empty'],
  align: 'start',
  sqlType: () => 'text',
  parse: (input, options) => parseText(input, options, options.max ?? 10_000),
  read: (text, options) => parseText(text, options, options.max ?? 10_000),
  schema: (options) => ({
    type: 'string',
    maxLength: options.max ?? 10_000,
    ...(options.min ? { minLength: options.min } : {}),
  }),
}

export const longText = <const Options extends LongTextOptions>(options?: Options) =>
  makeField<string, Options>('long_text', options)
