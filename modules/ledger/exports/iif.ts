import type { BookAccount, BookEntry, Books } from './books.ts'
import { ascii, oneLine } from './plain.ts'

const types = { asset: 'OCASSET', liability: 'OCLIAB', equity: 'EQUITY', income: 'INC', expense: 'EXP' } as const

/** QuickBooks Desktop reads one byte a character, and neither quotes nor tabs within a column. */
export const cell = (text: string, most: number) =>
  ascii(oneLine(text)).replaceAll(/["\t]/g, ' ').replaceAll(/ +/g, ' ').trim().slice(0, most)

export const nameOf = ({ name, quickbooks_name }: BookAccount) =>
  cell(quickbooks_name ?? name.replaceAll(':', '-'), 159)

export const row = (...cells: readonly string[]) => `${cells.join('\t')}\r\n`

export const columns = ['TRNSTYPE', 'DATE', 'ACCNT', 'NAME', 'AMOUNT', 'DOCNUM', 'MEMO'] as const

/** What a name of somebody has room for. */
export const longestName = 41

/** `2026-03-14` → `03/14/2026`. */
export const american = (day: string) => `${day.slice(5, 7)}/${day.slice(8)}/${day.slice(0, 4)}`

/**
 * The books for QuickBooks Desktop, one block an entry: general journal entries whose amounts add up to zero, with the
 * accounts in front. A colon in an account's name leads to a subaccount; in anybody else's name it is a dash.
 */
export async function* iif({ accounts, entries }: Books): AsyncGenerator<string> {
  const names = new Map([...accounts].map(([code, account]) => [code, nameOf(account)]))
  yield row('!ACCNT', 'NAME', 'ACCNTTYPE', 'DESC', 'ACCNUM')
  const told = new Set<string>()
  for (const [code, { kind, name, quickbooks_type }] of accounts) {
    const called = names.get(code) ?? code
    if (told.has(called)) continue
    told.add(called)
    yield row('ACCNT', called, quickbooks_type ?? types[kind], cell(name, 100), code)
  }
  yield row('!TRNS', 'TRNSID', ...columns) + row('!SPL', 'SPLID', ...columns) + row('!ENDTRNS')
  for await (const entry of entries) yield blockOf(entry, names)
}

function blockOf({ number, on, memo, lines }: BookEntry, names: ReadonlyMap<string, string>): string {
  const rows = lines.map((line, index) =>
    row(
      index ? 'SPL' : 'TRNS',
      index ? `${number}.${index}` : String(number),
      'GENERAL JOURNAL',
      american(on),
      names.get(line.account) ?? line.account,
      cell((line.payee ?? '').replaceAll(':', '-'), longestName),
      line.amount,
      String(number),
      cell(line.memo ?? memo, 500),
    ),
  )
  return rows.join('') + row('ENDTRNS')
}
