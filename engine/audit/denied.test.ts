import { expect, test } from 'vitest'
import { type Attempt, Denials } from './denied.ts'

const attempt = (more: Partial<Attempt> = {}): Attempt => ({
  session: 's',
  slug: 'local-100',
  at: '2026-11-21T10:00:00.000Z',
  resource: 'members.member',
  record: null,
  operation: 'GET /members',
  summary: 'List members',
  code: 'forbidden',
  reason: 'no',
  via: 'api',
  request_id: 'r',
  address: '10.0.0.1',
  ...more,
})

const counts = (told: readonly { count: number; operation: string }[]) =>
  told.map(({ operation, count }) => [operation, count])

test('the first is told at once, what follows within a minute together at its end', () => {
  const denials = new Denials()
  denials.note(attempt(), 0)
  expect(counts(denials.take(false, 1))).toEqual([['GET /members', 1]])
  for (let n = 1; n <= 5000; n++) denials.note(attempt({ request_id: `r${n}` }), n * 10)
  expect(denials.take(false, 59_000)).toEqual([])
  expect(denials.take(false, 60_000)).toMatchObject([{ count: 5000, request_id: 'r5000' }])
  expect(denials.isCounting).toBe(false)
})

test('records that were tried one after the other are named, twenty of them', () => {
  const denials = new Denials()
  for (let n = 0; n < 100; n++) denials.note(attempt({ operation: 'DELETE /members/{id}', record: `id ${n}` }), n)
  const [first, further] = denials.take(true)
  expect(first).toMatchObject({ count: 1, record: 'id 0' })
  expect(further).toMatchObject({ count: 99, record: null })
  expect(further?.records).toHaveLength(20)
})

test('somebody who tries everything fills a bounded number of lines', () => {
  const denials = new Denials()
  for (let n = 0; n < 10_000; n++) denials.note(attempt({ operation: `GET /thing-${n}` }), n)
  const told = denials.take(true)
  expect(told.length).toBeLessThan(50)
  expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(10_000)
})

test('others are counted for themselves, and what could not be written is told the next time', () => {
  const denials = new Denials()
  denials.note(attempt(), 0)
  denials.note(attempt({ session: 'another' }), 1)
  const told = denials.take(false, 2)
  expect(told).toHaveLength(2)
  denials.putBack(told)
  expect(denials.take(false, 3)).toEqual(told)
})
