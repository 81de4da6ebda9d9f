import { type BookAccount, type BookEntry, type Books, payeeOf } from './books.ts'
import { ascii, oneLine } from './plain.ts'

const roots = {
  asset: 'Assets',
  liability: 'Liabilities',
  equity: 'Equity',
  income: 'Income',
  expense: 'Expenses',
} as const

/** A part of a name has letters, digits and dashes; the number in front keeps two that look alike apart. */
const nameOf = ({ kind, code, name }: BookAccount) =>
  `${roots[kind]}:${[code, ...(ascii(name).match(/[A-Za-z0-9]+/g) ?? [])].join('-')}`

const quoted = (text: string) => `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** The books as a file of Beancount (beancount.github.io), one piece an entry. */
export async function* beancount({ title, accounts, first, entries }: Books): AsyncGenerator<string> {
  const names = new Map([...accounts].map(([code, account]) => [code, nameOf(account)]))
  const width = Math.max(0, ...[...names.values()].map(({ length }) => length))
  yield `option "title" ${quoted(title)}\noption "operating_currency" "USD"\n\n`
  for (const name of first ? names.values() : []) yield `${first} open ${name} USD\n`
  for await (const entry of entries) {
    const lines = entry.lines.map(({ account, amount, payee, memo }) => {
      const name = (names.get(account) ?? account).padEnd(width)
      const told = [
        payee && payee !== payeeOf(entry) ? `    payee: ${quoted(payee)}\n` : '',
        memo ? `    memo: ${quoted(memo)}\n` : '',
      ]
      return `  ${name}  ${amount.padStart(16)} USD\n${told.join('')}`
    })
    yield `\n${head(entry)}${lines.join('')}`
  }
}

function head(entry: BookEntry): string {
  const payee = payeeOf(entry)
  const told = [
    `  number: ${entry.number}\n`,
    entry.source ? `  source: ${quoted(entry.source)}\n` : '',
    entry.reverses ? `  reverses: ${entry.reverses}\n` : '',
  ]
  return `${entry.on} * ${payee ? `${quoted(payee)} ` : ''}${quoted(entry.memo)}\n${told.join('')}`
}
