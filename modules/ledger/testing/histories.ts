import fc from 'fast-check'
import { decimal, sumOf, toCents } from '@commonhall/kernel'
import type { Posting } from '../posting/posting.ts'

/** Somebody posts, or takes back the entry at a place among those that there are. */
export type Step = { readonly post: Posting } | { readonly reverse: number; readonly on: string }

const codes = ['1000', '2000', '3000', '4000', '5000'] as const

const cents = fc.integer({ min: -999_999_999, max: 999_999_999 }).map((n) => toCents(decimal(`${n}e-2`)))

const day = fc.integer({ min: 0, max: 364 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))

/** What people paste into a text field, and what means something to the programs that read our files. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ';',
        '|',
        '"',
        "'",
        '\\',
        ':',
        ',',
        '(',
        ')',
        '*',
        '!',
        '=',
        '@',
        '#',
        '^',
        '  ',
        '\t',
        '\n',
        '%',
      ),
      fc.constantFrom('Ironline', 'week', 'café', '1000.00 USD', '2026-03-14', 'Łódź', '日本', '🛠', '{', '[', 'ſ'),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((words) => words.join(' '))

/** Lines that add up to zero, but for `off`. */
const lines = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(...codes), cents), { minLength: 0, maxLength: 5 }),
    fc.constantFrom(...codes),
    fc.constantFrom('0', '0', '0', '0', '0', '0.01'),
  )
  .map(([some, last, off]) => {
    const rest = sumOf(some.map(([, amount]) => decimal(amount)))
    const closing = toCents(decimal(off).minus(rest))
    return [...some, [last, closing] as const].map(([account, amount]) => ({ account, amount }))
  })

export const posting: fc.Arbitrary<Posting> = fc.record(
  { on: day, memo: text, payee: text, lines },
  { requiredKeys: ['on', 'memo', 'lines'] },
)

export const history: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ post: posting }) },
    { weight: 2, arbitrary: fc.record({ reverse: fc.nat(7), on: day }) },
  ),
  { minLength: 1, maxLength: 8 },
)
