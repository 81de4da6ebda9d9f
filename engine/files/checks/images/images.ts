import type { ByteSource } from '../bytes.ts'
import { readGif } from './gif.ts'
import { readHeic } from './heic.ts'
import { readJpeg } from './jpeg.ts'
import { readPng } from './png.ts'
import { readTiff } from './tiff.ts'
import { readWebp } from './webp.ts'

/** Reads an image from its header to its end without decoding it. Holds what is damaged, too large, or more than it. */
export const imageReaders = {
  png: readPng,
  gif: readGif,
  webp: readWebp,
  heic: readHeic,
  tiff: readTiff,
  jpeg: readJpeg,
} as const satisfies Readonly<Record<string, (source: ByteSource) => Promise<unknown>>>
