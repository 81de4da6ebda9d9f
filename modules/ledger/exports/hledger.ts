import { type BookAccount, type BookEntry, type Books, payeeOf } from './books.ts'
import { oneLine } from './plain.ts'

const roots = {
  asset: 'Assets',
  liability: 'Liabilities',
  equity: 'Equity',
  income: 'Revenues',
  expense: 'Expenses',
} as const

const types = { asset: 'A', liability: 'L', equity: 'E', income: 'R', expense: 'X' } as const

/** As hledger reads a name: a colon parts accounts, a semicolon begins a comment. */
const nameOf = ({ kind, code, name }: BookAccount) => `${roots[kind]}:${code} ${words(name).replaceAll(':', '-')}`

/** What a description, a name or a tag can hold. */
const words = (text: string) => oneLine(text).replaceAll(';', ',').replaceAll('|', '/')

/** A tag ends at a comma, and a word before a colon is another tag. */
const tag = (name: string, value: string) => `${name}:${words(value).replaceAll(/[,:]/g, ' ')}`

/** The books as a journal of hledger (hledger.org), one piece an entry. */
export async function* hledger({ title, accounts, entries }: Books): AsyncGenerator<string> {
  const names = new Map([...accounts].map(([code, account]) => [code, nameOf(account)]))
  const width = Math.max(0, ...[...names.values()].map(({ length }) => length))
  yield `; ${words(title)}\n\ncommodity 1000.00 USD\n\n`
  for (const [code, account] of accounts) {
    const type = account.quickbooks_type === 'BANK' && account.kind === 'asset' ? 'C' : types[account.kind]
    yield `account ${names.get(code)}  ; type:${type}\n`
  }
  for await (const entry of entries) {
    const lines = entry.lines.map(({ account, amount, payee, memo }) => {
      const told = [payee && payee !== payeeOf(entry) ? tag('payee', payee) : '', memo ? tag('memo', memo) : '']
      const comment = told.filter(Boolean).join(', ')
      const name = (names.get(account) ?? account).padEnd(width)
      return `    ${name}  ${amount.padStart(16)} USD${comment ? `  ; ${comment}` : ''}\n`
    })
    yield `\n${head(entry)}\n${lines.join('')}`
  }
}

function head(entry: BookEntry): string {
  const payee = payeeOf(entry)
  const tags = [
    entry.source ? tag('source', entry.source) : '',
    entry.reverses ? tag('reverses', String(entry.reverses)) : '',
  ].filter(Boolean)
  const description = payee ? `${words(payee)} | ${words(entry.memo)}` : words(entry.memo)
  return `${entry.on} * (${entry.number}) ${description}${tags.length ? `  ; ${tags.join(', ')}` : ''}`
}
