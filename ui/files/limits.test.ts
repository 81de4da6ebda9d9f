import { expect, test } from 'vitest'
import type { FileSettings } from '../wire/files.ts'
import { acceptOf, refusalOf, refusalsOf, roomOf } from './limits.ts'

const settings: FileSettings = {
  store: 'disk',
  direct: false,
  quota: 1000,
  used: 400,
  largest: 500,
  types: {
    image: { endings: { jpg: 'image/jpeg', jpeg: 'image/jpeg' } },
    pdf: { endings: { pdf: 'application/pdf' } },
  },
  scanner: { state: 'ready', without: 'hold' },
}
const room = roomOf(settings, {}, 0, 0)

const why = (file: { name: string; size: number }, use = {}) => refusalOf(file, settings, use, room)

test('what is wrong with a file is said before any of it is sent', () => {
  expect(why({ name: 'Lease.PDF', size: 500 })).toBeUndefined()
  expect(why({ name: 'Lease.pdf', size: 0 })).toMatch(/empty/)
  expect(why({ name: 'setup.exe', size: 10 })).toMatch(/: pictures, PDF\./)
  expect(why({ name: 'no ending', size: 10 })).toMatch(/: pictures, PDF\./)
  expect(why({ name: 'leak.jpg', size: 501 })).toMatch(/501 bytes.*500 bytes/)
  expect(why({ name: `${'a'.repeat(252)}.pdf`, size: 1 })).toMatch(/255/)
})

test('a kind of record may take less than the house', () => {
  expect(why({ name: 'leak.jpg', size: 10 }, { types: ['pdf'] })).toMatch(/These are taken: PDF\./)
  expect(why({ name: 'lease.pdf', size: 300 }, { largest: 200 })).toMatch(/200 bytes/)
  expect(why({ name: 'lease.pdf', size: 501 }, { largest: 9000 })).toMatch(/500 bytes/)
})

test('of many at once, those are refused for which there is no room after the others', () => {
  const files = [400, 300, 200].map((size, index) => ({ name: `${index}.pdf`, size }))
  const refused = refusalsOf(files, settings, {}, roomOf(settings, {}, 0, 0)).map((one) => !!one.refused)
  expect(refused).toEqual([false, true, false])
  const few = refusalsOf(files, { ...settings, quota: 9000 }, { most: 4 }, { files: 2, bytes: 9000 })
  expect(few.map((one) => one.refused)).toEqual([undefined, undefined, expect.stringMatching(/4 files/)])
})

test('what is on its way takes room already', () => {
  expect(roomOf(settings, { most: 3 }, 2, 250)).toEqual({ files: 1, bytes: 350 })
})

test('before anything is known of the limits, the server decides', () => {
  expect(refusalsOf([{ name: 'a.exe', size: 1 }], undefined, {}, undefined)[0]?.refused).toBeUndefined()
})

test('the dialog of the browser offers what is taken', () => {
  expect(acceptOf(settings, {})).toBe('.jpg,image/jpeg,.jpeg,.pdf,application/pdf')
  expect(acceptOf(settings, { types: ['pdf'] })).toBe('.pdf,application/pdf')
})
