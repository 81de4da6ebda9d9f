import { decimal, type FieldError, refuse, say, sumOf, zero } from '@commonhall/kernel'
import type { Posting } from './posting.ts'

/** So many lines are read by nobody. */
export const mostLines = 1000

const money = /^-?\d{1,13}(\.\d{1,2})?$/

/** @throws {Refusal} where an entry could not stand in the books: what is wrong, and by how much. */
export function checkPosting({ lines }: Posting): void {
  if (lines.length < 2) refuse('invalid', say('ledger:too_few_lines'), at('lines', 'too_few_lines'))
  if (lines.length > mostLines)
    refuse('invalid', say('ledger:too_many_lines', { most: mostLines }), at('lines', 'too_many_lines'))
  const errors = lines.flatMap(({ amount }, index) => {
    const code = !money.test(amount) ? 'not_an_amount' : decimal(amount).eq(zero) ? 'no_amount' : ''
    const path = `lines.${index}.amount`
    return code ? [{ path, code, message: say(`ledger:${code}`, { line: index + 1 }) }] : []
  })
  const [first] = errors
  if (first) refuse('invalid', first.message, { errors })
  const off = sumOf(lines.map(({ amount }) => decimal(amount)))
  if (!off.eq(zero)) {
    const side = off.gt(zero) ? 'debits' : 'credits'
    refuse('invalid', say(`ledger:unbalanced.${side}`, { by: off.abs().toFixed(2) }), at('lines', 'unbalanced'))
  }
}

const at = (path: string, code: string): { errors: FieldError[] } => ({
  errors: [{ path, code, message: say(`ledger:short.${code}`) }],
})
