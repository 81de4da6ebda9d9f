import { type DecimalOptions, decimalKind } from './decimal.ts'
import { makeField } from './field.ts'

/** An exact amount in the org's currency; two decimals, or `decimals: 4` for rates. A string on the wire. */
export const moneyKind = decimalKind('money', 15, 2)

export const money = <const Options extends DecimalOptions>(options?: Options) =>
  makeField<string, Options>('money', options)
