import { beforeAll, expect, test } from 'vitest'
import { weighApp, type Weights } from '../web/budget.ts'
import { buildIfStale } from '../web/build.ts'

let weights: Weights

beforeAll(async () => {
  await buildIfStale()
  weights = weighApp()
}, 60_000)

test('the first load is at most 200 kB of JavaScript', () => {
  expect(weights.first).toBeLessThanOrEqual(200_000)
})

test('no page adds more than 60 kB', () => {
  for (const [name, size] of Object.entries(weights.routes)) expect(size, name).toBeLessThanOrEqual(60_000)
})
