import { randomBytes } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { Box, Slips } from './box.ts'

afterEach(() => void vi.useRealTimers())

test('a box opens what it closed, and never closes the same text alike', () => {
  const box = new Box(randomBytes(32))
  expect(box.open(box.close('seven kettles'))).toBe('seven kettles')
  expect(box.close('seven kettles')).not.toBe(box.close('seven kettles'))
  expect(Buffer.from(box.close('seven kettles'), 'base64url').toString('latin1')).not.toContain('kettles')
})

test('it opens nothing of another key, nothing that was changed anywhere, and nothing else', () => {
  const box = new Box(randomBytes(32))
  const closed = Buffer.from(box.close('seven kettles'), 'base64url')
  expect(new Box(randomBytes(32)).open(closed.toString('base64url'))).toBeNull()
  for (let place = 0; place < closed.length; place++) {
    const changed = Buffer.from(closed)
    changed[place]! ^= 1
    expect(box.open(changed.toString('base64url'))).toBeNull()
  }
  for (const text of ['', 'x', 'a'.repeat(400), closed.subarray(0, 27).toString('base64url')])
    expect(box.open(text)).toBeNull()
})

test('a slip is good for its minutes, in its own kind alone', () => {
  vi.useFakeTimers()
  const key = randomBytes(32)
  const slips = new Slips<{ who: string }>(key, 5)
  const slip = slips.write({ who: 'officer' })
  expect(slips.read(slip)).toMatchObject({ who: 'officer', nonce: expect.stringMatching(/^[0-9a-f]{32}$/) })
  expect(new Slips(randomBytes(32), 5).read(slip)).toBeNull()
  vi.advanceTimersByTime(5 * 60_000 - 1)
  expect(slips.read(slip)).not.toBeNull()
  vi.advanceTimersByTime(1)
  expect(slips.read(slip)).toBeNull()
})
