import type { Fields } from '@commonhall/kernel'
import type { Values } from '../form/draft.ts'

/** Adds decimal strings without ever making a float of them. */
function sum(values: readonly string[]): string {
  const scale = Math.max(0, ...values.map((value) => value.split('.')[1]?.length ?? 0))
  const units = values.reduce((total, value) => {
    const [whole = '0', fraction = ''] = value.split('.')
    return total + BigInt(whole + fraction.padEnd(scale, '0'))
  }, 0n)
  const digits = `${units < 0n ? -units : units}`.padStart(scale + 1, '0')
  const text = scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits
  return units < 0n ? `-${text}` : text
}

/** The sums of the columns that ask for one; undefined when none does. */
export function totalsOf(columns: Fields, rows: readonly Values[]): Readonly<Record<string, string>> | undefined {
  const summed = Object.keys(columns).filter((name) => (columns[name] as { total?: boolean }).total)
  if (!summed.length) return undefined
  return Object.fromEntries(
    summed.map((name) => [
      name,
      sum(rows.flatMap((row) => (row[name] === null || row[name] === undefined ? [] : [row[name] as string]))),
    ]),
  )
}
