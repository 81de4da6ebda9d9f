import { crc32, deflateSync } from 'node:zlib'

function chunk(name: string, bytes: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), bytes])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(bytes.length)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}

/** A gray PNG of these sides. Of a large one there is only the beginning of its pixels. */
export function png(width = 8, height = 8, more: readonly (readonly [string, string])[] = []): Buffer {
  const sides = Buffer.alloc(13)
  sides.writeUInt32BE(width)
  sides.writeUInt32BE(height, 4)
  sides.writeUInt8(8, 8)
  const pixels = deflateSync(Buffer.alloc(Math.min((width + 1) * height, 1_000_000)))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', sides),
    ...more.map(([name, text]) => chunk(name, Buffer.from(text, 'latin1'))),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')

/** A GIF of one pixel; `comment` stands in front of it. */
export function gif(width = 1, height = 1, comment = ''): Buffer {
  const sides = Buffer.alloc(4)
  sides.writeUInt16LE(width)
  sides.writeUInt16LE(height, 2)
  const said = comment
    ? Buffer.concat([hex('21fe'), Buffer.from([comment.length]), Buffer.from(comment), hex('00')])
    : hex('')
  const image = hex('2c 0000 0000 0100 0100 00 02 02 4401 00 3b')
  return Buffer.concat([Buffer.from('GIF89a'), sides, hex('80 00 00 000000 ffffff'), said, image])
}

function segment(code: number, bytes: Buffer): Buffer {
  const head = Buffer.from([0xff, code, 0, 0])
  head.writeUInt16BE(bytes.length + 2, 2)
  return Buffer.concat([head, bytes])
}

/** A gray JPEG of these sides, with what it needs to be decoded; `comment` stands in front of it. */
export function jpeg(width = 8, height = 8, comment = ''): Buffer {
  const frame = hex('08 0000 0000 01 01 11 00')
  frame.writeUInt16BE(height, 1)
  frame.writeUInt16BE(width, 3)
  const noRuns = (kind: string) => hex(`${kind} 01000000000000000000000000000000 00`)
  return Buffer.concat([
    hex('ffd8'),
    ...(comment ? [segment(0xfe, Buffer.from(comment))] : []),
    segment(0xdb, Buffer.concat([hex('00'), Buffer.alloc(64, 1)])),
    segment(0xc0, frame),
    segment(0xc4, Buffer.concat([noRuns('00'), noRuns('10')])),
    segment(0xda, hex('01 01 00 00 3f 00')),
    hex('3f'),
    hex('ffd9'),
  ])
}

/** A TIFF of one gray page. */
export function tiff(width = 8, height = 8): Buffer {
  const entry = (tag: number, kind: number, value: number) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16LE(tag)
    bytes.writeUInt16LE(kind, 2)
    bytes.writeUInt32LE(1, 4)
    bytes.writeUInt32LE(value, 8)
    return bytes
  }
  const entries = [entry(256, 4, width), entry(257, 4, height), entry(258, 3, 8), entry(262, 3, 1), entry(273, 4, 8)]
  return Buffer.concat([hex('49492a00 08000000'), hex('0500'), ...entries, hex('00000000'), Buffer.alloc(64)])
}

/** A WebP that says it has these sides. */
export function webp(width = 8, height = 8): Buffer {
  const bits = Buffer.alloc(10)
  bits.writeUInt8(0x2f)
  bits.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 1)
  const head = Buffer.alloc(20)
  head.write('RIFF', 'latin1')
  head.writeUInt32LE(22, 4)
  head.write('WEBPVP8L', 8, 'latin1')
  head.writeUInt32LE(10, 16)
  return Buffer.concat([head, bits])
}

const box = (name: string, bytes: Buffer) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(bytes.length + 8)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, bytes])
}

/** A HEIC as far as its boxes go. */
export function heic(width = 8, height = 8): Buffer {
  const sides = Buffer.alloc(12)
  sides.writeUInt32BE(width, 4)
  sides.writeUInt32BE(height, 8)
  const meta = Buffer.concat([Buffer.alloc(4), box('iprp', box('ipco', box('ispe', sides)))])
  return Buffer.concat([
    box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
    box('meta', meta),
    box('mdat', Buffer.alloc(32)),
  ])
}
