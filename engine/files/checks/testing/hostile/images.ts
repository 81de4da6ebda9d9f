import { gif, heic, jpeg, png, tiff, webp } from '../images.ts'
import type { Hostile } from './sent.ts'

/** Images that are more or less than they say. */
export const images: readonly Hostile[] = [
  { what: 'a PNG of 16,000 by 16,000 pixels', name: 'big.png', bytes: png(16_000, 16_000), reason: 'pixels' },
  { what: 'a GIF of as many', name: 'big.gif', bytes: gif(16_000, 16_000), reason: 'pixels' },
  { what: 'a JPEG of as many', name: 'big.jpg', bytes: jpeg(16_000, 16_000), reason: 'pixels' },
  { what: 'a WebP of as many', name: 'big.webp', bytes: webp(16_000, 16_000), reason: 'pixels' },
  { what: 'a TIFF of as many', name: 'big.tif', bytes: tiff(16_000, 16_000), reason: 'pixels' },
  { what: 'a HEIC of as many', name: 'big.heic', bytes: heic(16_000, 16_000), reason: 'pixels' },
  { what: 'a JPEG that breaks off', name: 'leak.jpg', bytes: jpeg().subarray(0, -3), reason: 'damaged' },
  { what: 'a PNG that breaks off', name: 'leak.png', bytes: png().subarray(0, -20), reason: 'damaged' },
]
