import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRange } from './range.ts'

const size = 100

test.each([
  [undefined, 'whole'],
  ['bytes=0-0', { first: 0, last: 0 }],
  ['bytes=0-99', { first: 0, last: 99 }],
  ['bytes=90-', { first: 90, last: 99 }],
  ['bytes=90-1000', { first: 90, last: 99 }],
  ['bytes=-10', { first: 90, last: 99 }],
  ['bytes=-1000', { first: 0, last: 99 }],
  ['bytes=100-', 'beyond'],
  ['bytes=-0', 'beyond'],
  ['bytes=5-4', 'whole'],
  ['bytes=0-1,5-6', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=a-b', 'whole'],
  ['lines=0-1', 'whole'],
  ['bytes=0-1; x', 'whole'],
])('of 100 bytes, %s is %j', (header, wanted) => expect(readRange(header, size)).toEqual(wanted))

test('whatever is asked for, what is given is within the file', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 40), fc.option(fc.nat(2 ** 41)), fc.option(fc.nat(2 ** 41)), (bytes, from, to) => {
      const span = readRange(`bytes=${from ?? ''}-${to ?? ''}`, bytes)
      if (typeof span === 'string') return
      expect(span.first).toBeGreaterThanOrEqual(0)
      expect(span.last).toBeGreaterThanOrEqual(span.first)
      expect(span.last).toBeLessThan(bytes)
      if (from !== null) expect(span.first).toBe(from)
    }),
  )
})

test('whatever the header says, it is read', () => {
  fc.assert(fc.property(fc.string(), fc.nat(), (header, bytes) => void readRange(`bytes=${header}`, bytes)))
})
