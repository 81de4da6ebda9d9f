import { expect, test } from 'vitest'
import { threadsOf } from './threads.ts'

const comment = (id: string, answers: string | null = null) => ({ id, answers })

const shape = (comments: readonly ReturnType<typeof comment>[]) =>
  threadsOf(comments).map(({ key, first, answers }) => [first ? key : `(${key})`, ...answers.map(({ id }) => id)])

test('comments and their answers are threads, in the order in which they were written', () => {
  expect(shape([comment('a'), comment('b'), comment('c', 'a'), comment('d', 'b'), comment('e', 'a')])).toEqual([
    ['a', 'c', 'e'],
    ['b', 'd'],
  ])
})

test('an answer to an answer stays in the thread', () => {
  expect(shape([comment('a'), comment('b', 'a'), comment('c', 'b')])).toEqual([['a', 'b', 'c']])
})

test('answers to a comment that is hidden stay together', () => {
  expect(shape([comment('b', 'a'), comment('c', 'b'), comment('d', 'a')])).toEqual([['(a)', 'b', 'c', 'd']])
})
