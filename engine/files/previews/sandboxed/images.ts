import { join } from 'node:path'
import sharp, { type SharpOptions } from 'sharp'
import { type Made, mostPixels, sides } from '../kinds.ts'

// Whatever else the library could read, such as SVG, is none of our business.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff'].map((format) => `VipsForeignLoad${format}`),
})
sharp.cache(false)
sharp.concurrency(1)

const reading: SharpOptions = { limitInputPixels: mostPixels, failOn: 'error' }

/** Decodes a picture once, and makes what there is to look at. Turned upright, without what the camera wrote down. */
export async function lookAt(file: string, folder: string): Promise<Made[]> {
  const view = await small(file, folder, 'view', sides.view, 82)
  // Of the small one, which has all that is needed.
  return [await small(join(folder, 'view'), folder, 'thumbnail', sides.thumbnail, 75), view]
}

async function small(
  from: string,
  folder: string,
  kind: 'thumbnail' | 'view',
  side: number,
  quality: number,
): Promise<Made> {
  const { width, height } = await sharp(from, reading)
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality })
    .toFile(join(folder, kind))
  return { kind, mediaType: 'image/webp', width, height }
}

/** The thumbnail of a page, from its pixels. */
export async function savePage(
  pixels: { readonly data: Uint8Array; readonly width: number; readonly height: number },
  folder: string,
  kind: string,
  side: number,
): Promise<Made> {
  const { width, height } = await sharp(pixels.data, {
    raw: { width: pixels.width, height: pixels.height, channels: 4 },
  })
    .flatten({ background: 'white' })
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toFile(join(folder, kind))
  return { kind, mediaType: 'image/webp', width, height }
}

/** The same picture at full size, in its own format, with all its frames, and without what the camera wrote down. */
export async function cleanCopy(file: string, folder: string): Promise<Made> {
  const { format, pages = 1 } = await sharp(file, reading).metadata()
  const picture = sharp(file, { ...reading, ...(pages > 1 ? { pages: -1 } : {}) })
  // Frames lie below each other while they are worked on: they cannot be turned together.
  const upright = pages > 1 ? picture : picture.autoOrient()
  const encoded =
    format === 'jpeg'
      ? upright.jpeg({ quality: 90 })
      : format === 'png'
        ? upright.png({ compressionLevel: 6 })
        : format === 'gif'
          ? upright.gif({ effort: 3 })
          : format === 'tiff'
            ? upright.tiff({ compression: 'lzw' })
            : upright.webp({ quality: 90 })
  const { width, height } = await encoded.toFile(join(folder, 'full'))
  return { kind: 'full', mediaType: `image/${format}`, width, height }
}
