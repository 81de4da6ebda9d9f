import { describe, expect, test } from 'vitest'
import { textOf } from '../testing/books.ts'
import { beancount } from './beancount.ts'
import type { BookAccount, BookEntry, Books } from './books.ts'
import { hledger } from './hledger.ts'
import { iif } from './iif.ts'

const accounts: readonly BookAccount[] = [
  { code: '1000', name: 'Cash', kind: 'asset', quickbooks_name: 'Checking', quickbooks_type: 'BANK' },
  { code: '2000', name: 'Subsidies payable', kind: 'liability', quickbooks_name: null, quickbooks_type: null },
  { code: '5000', name: 'Löhne; "alle": 2x', kind: 'expense', quickbooks_name: 'Jobs:Wages', quickbooks_type: null },
]

const entries: readonly BookEntry[] = [
  {
    number: 1,
    on: '2026-03-14',
    memo: 'Week; of "March" | 14\ttoo\r\nlong',
    source: 'market-recovery.payment 0198',
    reverses: null,
    lines: [
      { account: '5000', amount: '600.00', payee: 'Ironline: Électric', memo: 'a, b: c' },
      { account: '2000', amount: '-600.00', payee: 'Ironline: Électric', memo: null },
    ],
  },
  {
    number: 2,
    on: '2026-03-15',
    memo: 'Paid twice',
    source: null,
    reverses: 1,
    lines: [
      { account: '5000', amount: '-600.00', payee: 'Ironline', memo: null },
      { account: '2000', amount: '600.00', payee: null, memo: null },
    ],
  },
]

const books = (): Books => ({
  title: 'Local 100; "the" first',
  accounts: new Map(accounts.map((one) => [one.code, one])),
  first: '2026-03-14',
  count: entries.length,
  entries: (async function* () {
    yield* entries
  })(),
})

test('hledger gets accounts with their types, and entries whose text ends nothing early', async () => {
  expect(await textOf(hledger(books()))).toBe(
    `; Local 100, "the" first

commodity 1000.00 USD

account Assets:1000 Cash  ; type:C
account Liabilities:2000 Subsidies payable  ; type:L
account Expenses:5000 Löhne, "alle"- 2x  ; type:X

2026-03-14 * (1) Ironline: Électric | Week, of "March" / 14 too long  ; source:market-recovery.payment 0198
    Expenses:5000 Löhne, "alle"- 2x               600.00 USD  ; memo:a  b  c
    Liabilities:2000 Subsidies payable           -600.00 USD

2026-03-15 * (2) Paid twice  ; reverses:1
    Expenses:5000 Löhne, "alle"- 2x              -600.00 USD  ; payee:Ironline
    Liabilities:2000 Subsidies payable            600.00 USD
`,
  )
})

test('Beancount gets accounts that open on the first day, and quoted text', async () => {
  expect(await textOf(beancount(books()))).toBe(
    `option "title" "Local 100; \\"the\\" first"
option "operating_currency" "USD"

2026-03-14 open Assets:1000-Cash USD
2026-03-14 open Liabilities:2000-Subsidies-payable USD
2026-03-14 open Expenses:5000-Lohne-alle-2x USD

2026-03-14 * "Ironline: Électric" "Week; of \\"March\\" | 14 too long"
  number: 1
  source: "market-recovery.payment 0198"
  Expenses:5000-Lohne-alle-2x                   600.00 USD
    memo: "a, b: c"
  Liabilities:2000-Subsidies-payable           -600.00 USD

2026-03-15 * "Paid twice"
  number: 2
  reverses: 1
  Expenses:5000-Lohne-alle-2x                  -600.00 USD
    payee: "Ironline"
  Liabilities:2000-Subsidies-payable            600.00 USD
`,
  )
})

describe('QuickBooks', () => {
  test('gets blocks of columns between tabs, days as Americans write them, and plain letters', async () => {
    const lines = (await textOf(iif(books()))).split('\r\n').map((line) => line.split('\t'))
    expect(lines).toEqual([
      ['!ACCNT', 'NAME', 'ACCNTTYPE', 'DESC', 'ACCNUM'],
      ['ACCNT', 'Checking', 'BANK', 'Cash', '1000'],
      ['ACCNT', 'Subsidies payable', 'OCLIAB', 'Subsidies payable', '2000'],
      ['ACCNT', 'Jobs:Wages', 'EXP', 'Lohne; alle : 2x', '5000'],
      ['!TRNS', 'TRNSID', 'TRNSTYPE', 'DATE', 'ACCNT', 'NAME', 'AMOUNT', 'DOCNUM', 'MEMO'],
      ['!SPL', 'SPLID', 'TRNSTYPE', 'DATE', 'ACCNT', 'NAME', 'AMOUNT', 'DOCNUM', 'MEMO'],
      ['!ENDTRNS'],
      ['TRNS', '1', 'GENERAL JOURNAL', '03/14/2026', 'Jobs:Wages', 'Ironline- Electric', '600.00', '1', 'a, b: c'],
      [
        'SPL',
        '1.1',
        'GENERAL JOURNAL',
        '03/14/2026',
        'Subsidies payable',
        'Ironline- Electric',
        '-600.00',
        '1',
        'Week; of March | 14 too long',
      ],
      ['ENDTRNS'],
      ['TRNS', '2', 'GENERAL JOURNAL', '03/15/2026', 'Jobs:Wages', 'Ironline', '-600.00', '2', 'Paid twice'],
      ['SPL', '2.1', 'GENERAL JOURNAL', '03/15/2026', 'Subsidies payable', '', '600.00', '2', 'Paid twice'],
      ['ENDTRNS'],
      [''],
    ])
  })

  test('is told of a name once, whichever accounts have it', async () => {
    const twice = books()
    const both = new Map([...twice.accounts].map(([code, one]) => [code, { ...one, quickbooks_name: 'Checking' }]))
    const text = await textOf(iif({ ...twice, accounts: both }))
    expect(text.match(/^ACCNT\t/gm)).toHaveLength(1)
  })
})
