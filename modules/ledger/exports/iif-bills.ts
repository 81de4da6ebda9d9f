import type { BookAccount } from './books.ts'
import { american, cell, columns, longestName, nameOf, row } from './iif.ts'

/** What is owed to somebody, for QuickBooks to pay. */
export interface Bill {
  readonly number: string
  /** `YYYY-MM-DD`. */
  readonly on: string
  readonly vendor: string
  /** What it comes to; a decimal string above zero. */
  readonly amount: string
  readonly memo: string
}

/**
 * Bills to vendors for QuickBooks Desktop, one block each, which adds up to zero: what is owed, and the expense against
 * it. The vendors and both accounts stand in front, so that nothing has to be there before.
 */
export function* iifBills(
  [expense, payable]: readonly [BookAccount, BookAccount],
  bills: readonly Bill[],
): Generator<string> {
  yield row('!ACCNT', 'NAME', 'ACCNTTYPE', 'ACCNUM')
  yield row('ACCNT', nameOf(expense), expense.quickbooks_type ?? 'EXP', expense.code)
  // QuickBooks takes a bill against an account for bills alone.
  yield row('ACCNT', nameOf(payable), 'AP', payable.code)
  yield row('!VEND', 'NAME')
  const vendors = new Set(bills.map(({ vendor }) => vendorOf(vendor)))
  for (const vendor of vendors) yield row('VEND', vendor)
  yield row('!TRNS', ...columns) + row('!SPL', ...columns) + row('!ENDTRNS')
  for (const { number, on, vendor, amount, memo } of bills) {
    const rest = [cell(number, 20), cell(memo, 500)]
    yield (
      row('TRNS', 'BILL', american(on), nameOf(payable), vendorOf(vendor), `-${amount}`, ...rest) +
        row('SPL', 'BILL', american(on), nameOf(expense), '', amount, ...rest) +
        row('ENDTRNS')
    )
  }
}

const vendorOf = (name: string) => cell(name.replaceAll(':', '-'), longestName)

/** Two whom QuickBooks would take for one: it knows fewer letters, shorter names, and no capitals. */
export function takenForOne(vendors: Iterable<string>): readonly [string, string] | undefined {
  const known = new Map<string, string>()
  for (const vendor of vendors) {
    const name = vendorOf(vendor).toLowerCase()
    const other = known.get(name) ?? vendor
    if (other !== vendor) return [other, vendor]
    known.set(name, vendor)
  }
  return undefined
}
