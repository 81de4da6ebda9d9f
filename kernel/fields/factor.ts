import { type DecimalOptions, decimalKind } from './decimal.ts'
import { makeField } from './field.ts'

/** A plain number that something is multiplied by, such as 1.5 for overtime. A string on the wire. */
export const factorKind = decimalKind('factor', 6, 1)

export const factor = <const Options extends DecimalOptions>(options?: Options) =>
  makeField<string, Options>('factor', options)
