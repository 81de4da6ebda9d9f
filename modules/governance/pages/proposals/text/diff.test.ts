import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceOf, type Piece, sizeOf } from './diff.ts'

const sides = (pieces: readonly Piece[]) => {
  const without = (kind: Piece['kind']) =>
    pieces
      .filter((piece) => piece.kind !== kind)
      .map(({ text }) => text)
      .join('')
  return { from: without('added'), to: without('removed') }
}

/** As people mark it up: [-gone-] and {+come+}. */
const marked = (from: string, to: string) =>
  differenceOf(from, to)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('')

describe('what changed between two texts', () => {
  test.each([
    ['nothing', 'Buy a boiler.', 'Buy a boiler.', 'Buy a boiler.'],
    ['one word', 'Spend $12,000 on it.', 'Spend $20,000 on it.', 'Spend $[-12-]{+20+},000 on it.'],
    ['a word put in', 'Buy a boiler.', 'Buy a new boiler.', 'Buy a {+new +}boiler.'],
    ['a word taken out', 'Buy a new boiler.', 'Buy a boiler.', 'Buy a [-new -]boiler.'],
    ['a phrase, as one', 'Ask the board first.', 'Ask all members first.', 'Ask [-the board-]{+all members+} first.'],
    ['a paragraph at the end', 'One.\n\nTwo.', 'One.\n\nTwo.\n\nThree.', 'One.\n\nTwo.{+\n\nThree.+}'],
    ['from nothing', '', 'New.', '{+New.+}'],
    ['to nothing', 'Old.', '', '[-Old.-]'],
    ['letters of any script', 'Größe zählt', 'Größe zählt nicht', 'Größe zählt{+ nicht+}'],
  ])('is told of %s', (_name, from, to, expected) => {
    expect(marked(from, to)).toBe(expected)
  })

  test('is counted in words', () => {
    expect(sizeOf(differenceOf('Ask the board, first.', 'Ask everybody first.'))).toEqual({ added: 1, removed: 2 })
  })

  const text = fc
    .array(fc.constantFrom('the', 'board', 'a', 'roof', ',', '.', '\n', '\n\n', ' ', 'é', '20'), { maxLength: 60 })
    .map((parts) => parts.join(' '))

  test('holds both texts whole, whatever they are', () => {
    fc.assert(
      fc.property(text, text, (from, to) => {
        expect(sides(differenceOf(from, to))).toEqual({ from, to })
      }),
    )
  })

  test('of a text and itself is nothing', () => {
    fc.assert(fc.property(text, (same) => differenceOf(same, same).every(({ kind }) => kind === 'same')))
  })

  test('of two long texts that share nothing is one text for the other', () => {
    const from = Array.from({ length: 9000 }, (_, n) => `a${n}`).join(' ')
    const to = Array.from({ length: 9000 }, (_, n) => `b${n}`).join(' ')
    const pieces = differenceOf(from, to)
    expect(sides(pieces)).toEqual({ from, to })
    expect(pieces.map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })
})
