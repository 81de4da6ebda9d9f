import sharp from 'sharp'
import { deflateSync, crc32 } from 'node:zlib'

type Format = 'jpeg' | 'png' | 'webp' | 'tiff'

/** Whose camera it was, and where it stood: what must not get around. */
export const secrets = ['GRANDMAS KITCHEN', 'ANN MILLER'] as const

/** A picture as a phone takes it: it says where it was taken and by whom, and lies on its side. */
export async function photo(format: Format = 'jpeg', width = 600, height = 400): Promise<Buffer> {
  return await sharp({ create: { width, height, channels: 3, background: '#a33' } })
    .composite([{ input: { create: { width: 40, height: 40, channels: 3, background: '#fff' } }, left: 0, top: 0 }])
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Artist: secrets[1], ImageDescription: secrets[0] },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' },
    })
    .toFormat(format)
    .toBuffer()
}

/** A GIF that moves: red, then blue. */
export async function moving(): Promise<Buffer> {
  const frame = (background: string) =>
    sharp({ create: { width: 60, height: 40, channels: 3, background } })
      .png()
      .toBuffer()
  return await sharp([await frame('#f00'), await frame('#00f')], { join: { animated: true } })
    .gif({ delay: [100, 100] })
    .toBuffer()
}

/** A PNG of a few kilobytes that says it has so many pixels a side, and has them. */
export function bomb(side: number): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type), body])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(body.length)
    sum.writeUInt32BE(crc32(typed))
    return Buffer.concat([length, typed, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  // One bit a pixel, shades of gray.
  header[8] = 1
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))), { level: 9 })
  const sign = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([sign, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}
