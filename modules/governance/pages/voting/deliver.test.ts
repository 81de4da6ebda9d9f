import { expect, test } from 'vitest'
import { padded } from './deliver.ts'

test('a yes, a no and a long ranking are sent with the same length, and say what they said', () => {
  const ballots = ['yes', 'abstain', Array.from({ length: 60 }, (_, n) => `candidate ${n}`)].map((choice) =>
    JSON.stringify({ ballot: JSON.stringify({ choice }) }),
  )
  expect(new Set(ballots.map((one) => padded(one).length))).toEqual(new Set([4096]))
  for (const one of ballots) expect(JSON.parse(padded(one))).toEqual(JSON.parse(one))
})
