import { expect, test } from 'vitest'
import { Gathering, pauseAfter, pauseAfterEnd } from './pace.ts'

test('tries come less and less often, and never from everybody at once', () => {
  expect([0, 1, 2, 3].map((failures) => pauseAfter(failures, () => 1))).toEqual([1000, 2000, 4000, 8000])
  expect(pauseAfter(0, () => 0)).toBe(500)
  expect(pauseAfter(40, () => 1)).toBe(60_000)
  const spread = new Set(Array.from({ length: 50 }, () => Math.round(pauseAfterEnd() / 100)))
  expect(spread.size).toBeGreaterThan(8)
})

test('a single change is asked for at once, and a flood in a few questions', () => {
  const gathering = new Gathering()
  const even = () => 0.5
  expect(gathering.next(0, even)).toBe(600)
  let [now, questions] = [600, 0]
  for (; now < 60_000; questions++) now += gathering.next(now, even)
  expect(questions).toBeLessThan(14)
  expect(gathering.next(now + 10_000, even)).toBe(600)
})
