import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { Intake } from './intake.ts'

test('one person who sends slowly leaves places for others', async () => {
  const intake = new Intake(new Registry(), 4)
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const slow = Array.from({ length: 200 }, () => intake.turn('one', () => over))
  expect(await intake.turn('other', () => Promise.resolve('in'))).toBe('in')
  end()
  await Promise.all(slow)
})
