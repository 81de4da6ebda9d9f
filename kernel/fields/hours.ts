import { type DecimalOptions, decimalKind } from './decimal.ts'
import { makeField } from './field.ts'

const decimals = decimalKind('hours', 15, 2)

/** What a clock writes, 7:45 for 7.75; only where that is exact. */
function readClock(text: string): string {
  const [, hours = '', minutes = ''] = /^\s*(\d{1,3}):([0-5]\d)\s*$/.exec(text) ?? []
  const hundredths = (Number(minutes) * 100) / 60
  return hours && Number.isInteger(hundredths) ? `${hours}.${String(hundredths).padStart(2, '0')}` : text
}

/** Hours worked, to the hundredth. A string on the wire. */
export const hoursKind: typeof decimals = {
  ...decimals,
  read: (text, options, hints) => {
    const clock = readClock(text)
    return clock === text ? decimals.read(text, options, hints) : decimals.parse(clock, options)
  },
}

export const hours = <const Options extends DecimalOptions>(options?: Options) =>
  makeField<string, Options>('hours', options)
