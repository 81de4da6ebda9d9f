import { limits } from '../limits.ts'
import { hold } from '../verdict.ts'

/** Holds an image that would fill the memory of whoever opens it. A side of nothing is no image at all. */
export function holdTooLarge(width: number, height: number): void {
  if (!width || !height) hold('damaged')
  if (width * height > limits.pixels) hold('pixels', `${width} × ${height}`)
}

/** Counts parts, so that no file can keep a reader busy for ever. */
export function counter(most: number = limits.parts): () => void {
  let left = most
  return () => {
    left -= 1
    if (left < 0) hold('unclear')
  }
}
