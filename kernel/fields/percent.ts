import { type DecimalOptions, decimalKind } from './decimal.ts'
import { makeField } from './field.ts'

/** A share in percent (12.5 means 12.5 %), to the hundredth. A string on the wire. */
export const percentKind = decimalKind('percent', 15, 2)

export const percent = <const Options extends DecimalOptions>(options?: Options) =>
  makeField<string, Options>('percent', options)
