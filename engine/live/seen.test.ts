import { describe, expect, test } from 'vitest'
import { Cursors } from '../records/cursor.ts'
import { openPosition, sealPosition } from './position.ts'
import { firstIdAt, looksFrom, seenAt } from './seen.ts'

const hour = 3_600_000

describe('what has been seen', () => {
  test('knows of each running transaction the moment before which it has written nothing', () => {
    const first = seenAt('100:105:101', 1000 * hour)
    expect([...first.running]).toEqual([['101', 999 * hour]])
    const second = seenAt('101:120:101,103,110', 1000 * hour + 5, first)
    // 103 had committed by the first look, as far as that could tell, so nothing is known of it.
    expect([...second.running]).toEqual([
      ['101', 999 * hour],
      ['103', 999 * hour + 5],
      ['110', 1000 * hour],
    ])
    expect([...seenAt('110:130:110', 1000 * hour + 9, second).running]).toEqual([['110', 1000 * hour]])
  })

  test('is looked past from the moment of the look, and further back only for what was running', () => {
    const seen = seenAt('100:105:', 0x1_0000_0000_00)
    expect(looksFrom(seen)).toMatchObject({ from: firstIdAt(seen.at), back: firstIdAt(seen.at), running: [] })
    const busy = seenAt('104:110:104', seen.at + 10, seen)
    expect(looksFrom(busy)).toMatchObject({ from: firstIdAt(seen.at + 10), running: ['104'] })
    expect(looksFrom(busy).back < looksFrom(busy).from).toBe(true)
  })

  test('begins a second before the clock, since clocks are set back', () => {
    expect(firstIdAt(0x123456789abc + 1000)).toBe('12345678-9abc-0000-0000-000000000000')
    expect(firstIdAt(0)).toBe('00000000-0000-0000-0000-000000000000')
  })
})

describe('a position', () => {
  const cursors = new Cursors(Buffer.from('a key that only tests use'))
  const now = Date.now()

  test('comes back as it was given out', () => {
    const seen = seenAt('100:105:101', now, seenAt('99:100:', now - 500))
    expect(openPosition(cursors, 'org', sealPosition(cursors, 'org', seen))).toEqual(seen)
  })

  test('counts everything as new where too much was running to tell', () => {
    const running = Array.from({ length: 20 }, (_, n) => 100 + n)
    const seen = seenAt(`100:200:${running.join()}`, now, seenAt('99:100:', now - 500))
    const back = openPosition(cursors, 'org', sealPosition(cursors, 'org', seen))
    expect(back).toMatchObject({ text: '100:100:', at: now - 500 })
  })

  test('is unknown in another organization, from another key, after an hour, and when it is none', () => {
    const given = sealPosition(cursors, 'org', seenAt('100:105:', now))
    expect(openPosition(cursors, 'other', given)).toBeNull()
    expect(openPosition(new Cursors(Buffer.from('another key')), 'org', given)).toBeNull()
    expect(openPosition(cursors, 'org', sealPosition(cursors, 'org', seenAt('100:105:', now - hour - 1)))).toBeNull()
    for (const none of ['', 'x', given.slice(1), `${given}x`]) expect(openPosition(cursors, 'org', none)).toBeNull()
  })
})
