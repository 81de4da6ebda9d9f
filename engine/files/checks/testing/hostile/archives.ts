import { deflatedZeros, zip } from '../zip.ts'
import { type Hostile, text } from './sent.ts'

/** An archive in an archive in an archive, so many times. */
export const nested = (bytes: Buffer, times: number): Buffer =>
  times ? nested(zip([{ name: `level-${times}.zip`, bytes }]), times - 1) : bytes

/** As 42.zip is built: sixteen archives, each of which unpacks to more than a disk has. */
const fortyTwo = () => {
  const bottom = zip([{ name: '0.dll.txt', deflated: deflatedZeros(100) }])
  const level = (inner: Buffer) => zip(Array.from({ length: 16 }, (_, n) => ({ name: `lib ${n}.zip`, bytes: inner })))
  return level(level(bottom))
}

/** Entries that all share one another's bytes, as the densest archives do. */
const overlapping = () => {
  const two = zip([{ name: 'a', bytes: Buffer.alloc(1000, 'a') }, { name: 'b' }])
  // The second entry is said to be where the first one is.
  const listed = two.lastIndexOf('PK\x01\x02')
  two.writeUInt32LE(0, listed + 42)
  return two
}

/** Archives that do harm when they are unpacked. */
export const archives: readonly Hostile[] = [
  {
    what: 'an archive of 200 KB that unpacks to 200 MB',
    name: 'zeros.zip',
    bytes: zip([{ name: 'zeros.txt', deflated: deflatedZeros(200) }]),
    reason: 'unpacks',
  },
  { what: 'archives in archives that unpack without end', name: '42.zip', bytes: fortyTwo(), reason: 'unpacks' },
  { what: 'an archive five archives deep', name: 'deep.zip', bytes: nested(text('a'), 5), reason: 'nested' },
  { what: 'an archive whose entries share their bytes', name: 'dense.zip', bytes: overlapping(), reason: 'unpacks' },
  {
    what: 'an archive of 10,001 entries',
    name: 'many.zip',
    bytes: zip(Array.from({ length: 10_001 }, (_, n) => ({ name: `${n}` }))),
    reason: 'entries',
  },
  ...['../../etc/cron.d/x', '/etc/passwd', '..\\..\\x.txt', 'C:\\x.txt', 'minutes\u202etxt.pdf'].map((name) => ({
    what: `an archive with the name ${JSON.stringify(name)}`,
    name: 'paths.zip',
    bytes: zip([{ name, bytes: 'x' }]),
    reason: 'paths' as const,
  })),
  {
    what: 'an archive with a link that leads out of it',
    name: 'links.zip',
    bytes: zip([{ name: 'minutes', bytes: '/etc', mode: 0xa1ff }]),
    reason: 'paths',
  },
  {
    what: 'an archive that tells two names for one entry',
    name: 'liar.zip',
    bytes: zip([{ name: 'minutes.txt', otherName: 'minutes.exe', bytes: 'x' }]),
    reason: 'damaged',
  },
  {
    what: 'an archive with a program',
    name: 'tools.zip',
    bytes: zip([{ name: 'a/setup.exe', bytes: 'x' }]),
    reason: 'program',
  },
  {
    what: 'an archive with a program under another name',
    name: 'tools.zip',
    bytes: zip([{ name: 'a.pdf', bytes: 'MZ\x90' }]),
    reason: 'program',
  },
  {
    what: 'an archive with a password',
    name: 'locked.zip',
    bytes: zip([{ name: 'minutes.txt', bytes: 'x', flags: 1 }]),
    reason: 'encrypted',
  },
  {
    what: 'an archive with a packing of another kind',
    name: 'a.zip',
    bytes: zip([{ name: 'a.7z', bytes: text('7z\xbc\xaf\x27\x1c'), method: 0 }]),
    reason: 'nested',
  },
  {
    what: 'an archive that breaks off',
    name: 'cut.zip',
    bytes: zip([{ name: 'a', bytes: 'abc' }]).subarray(0, -9),
    reason: 'damaged',
  },
]
