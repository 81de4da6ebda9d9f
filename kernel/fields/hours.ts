import { type DecimalOptions, decimalKind } from './decimal.ts'
import { makeField } from './field.ts'

/** Hours worked, to the hundredth. A string on the wire. */
export const hoursKind = decimalKind('hours', 15, 2)

export const hours = <const Options extends DecimalOptions>(options?: Options) =>
  makeField<string, Options>('hours', options)
