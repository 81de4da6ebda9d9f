import { sentenceCase, spokenBytes } from '@commonhall/kernel'
import type { Frame, FramedColumn } from '../frame.ts'

type Write = (value: unknown) => string

/** Nothing but line breaks remains of what controls a printer; the rest would be no characters in Typst's eyes. */
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]+/g

/** Text as it can be set: half characters become the sign for a lost one. */
export const settable = (text: string): string =>
  text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(controls, ' ')
    .toWellFormed()

/** How many digits stand behind the point where the field does not say. */
const usualDecimals = 2

/** Intl formats strings exactly: no float ever holds an amount. */
function decimals({ kind, decimals: digits = usualDecimals }: FramedColumn): Write {
  const format = new Intl.NumberFormat('en-US', {
    ...(kind === 'money' ? { style: 'currency', currency: 'USD' } : {}),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  const after = kind === 'percent' ? ' %' : ''
  return (value) => format.format(value as `${number}`) + after
}

function counts({ format }: FramedColumn): Write {
  const counted = new Intl.NumberFormat('en-US')
  return format === 'bytes' ? (value) => spokenBytes(Number(value)) : (value) => counted.format(BigInt(String(value)))
}

function moments(options: Intl.DateTimeFormatOptions): Write {
  const format = new Intl.DateTimeFormat('en-US', options)
  return (value) => {
    const time = Date.parse(String(value))
    return Number.isNaN(time) ? settable(String(value)) : format.format(time)
  }
}

const plain: Write = (value) => settable(typeof value === 'string' ? value : JSON.stringify(value))

/** How each kind of value stands on paper; the same as on the screen. */
function writes(column: FramedColumn, { yesNo, timeZone }: Frame): Write {
  switch (column.kind) {
    case 'money':
    case 'hours':
    case 'percent':
      return decimals(column)
    case 'count':
      return counts(column)
    case 'date':
      return moments({ dateStyle: 'medium', timeZone: 'UTC' })
    case 'instant':
      return moments({ dateStyle: 'medium', timeStyle: 'short', timeZone })
    case 'yes_no':
      return (value) => (value === true ? yesNo[0] : yesNo[1])
    case 'choice':
      return (value) => settable(column.names?.[String(value)] ?? sentenceCase(String(value)))
    case 'tags':
      return (value) => (Array.isArray(value) ? settable(value.join(', ')) : plain(value))
    default:
      return plain
  }
}

/** The values of a line as people read them; nothing where there is none. */
export function writer(frame: Frame): (values: readonly unknown[]) => string[] {
  const all = frame.columns.map((column) => writes(column, frame))
  return (values) =>
    all.map((write, at) => {
      const value = values[at]
      return value === null || value === undefined || value === '' ? '' : write(value)
    })
}
