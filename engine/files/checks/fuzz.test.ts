import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sourceOf } from './bytes.ts'
import { examine } from './examine.ts'
import { harmless } from './testing/harmless.ts'
import { hostile } from './testing/hostile.ts'
import { holdReasons } from './verdict.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'commonhall-fuzz-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Small ones, so that many are tried. */
const seeds = [...harmless, ...hostile].flatMap(({ bytes }) => (bytes.length < 20_000 ? [bytes] : []))

const change = fc.oneof(
  fc.record({ at: fc.nat(), put: fc.uint8Array({ minLength: 1, maxLength: 8 }) }),
  fc.record({ at: fc.nat(), cut: fc.nat(200) }),
  // Numbers that say how much, or where: the ones with which readers go astray.
  fc.record({ at: fc.nat(), put: fc.constantFrom('ffffffff', '00000000', '7fffffff', 'ffff', '00', 'feffffff') }),
)

type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never

function changed(bytes: Buffer, change: Change): Buffer {
  const at = bytes.length ? change.at % bytes.length : 0
  if ('cut' in change) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + change.cut)])
  const put = typeof change.put === 'string' ? Buffer.from(change.put, 'hex') : Buffer.from(change.put)
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + put.length)])
}

/** A reader that goes round for ever shows as a test that takes too long. */
async function expectVerdict(bytes: Buffer): Promise<void> {
  const began = performance.now()
  const { mediaType, reason } = await examine(sourceOf(bytes), folder)
  if (reason) expect(holdReasons).toContain(reason)
  else expect(mediaType).toMatch(/^(?:application|image|text)\//)
  expect(performance.now() - began).toBeLessThan(60_000)
}

describe('readers of what people send', () => {
  test('come to a verdict on files that were damaged anywhere, and to nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 6 }), (seed, changes) =>
        expectVerdict(changes.reduce(changed, seed)),
      ),
      { numRuns: 1500 },
    )
  })

  test('come to a verdict on any bytes behind any beginning', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.nat(64),
        fc.uint8Array({ maxLength: 2000 }),
        (seed, length, bytes) => expectVerdict(Buffer.concat([seed.subarray(0, length), bytes])),
      ),
      { numRuns: 500 },
    )
  })
})
