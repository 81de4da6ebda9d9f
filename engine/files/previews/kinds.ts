import { limits } from '../checks/limits.ts'

/** What can be looked at without opening it: pictures, pages, and text. */
export type Source = 'image' | 'pdf' | 'text'

/** Pictures that are decoded; HEIC is not among them, for want of a decoder that may be given away. */
const pictures: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/tiff'])

/** Null: of such files there are no previews. Office files are among them: they are downloaded. */
export function sourceOf(mediaType: string): Source | null {
  if (pictures.has(mediaType)) return 'image'
  if (mediaType === 'application/pdf') return 'pdf'
  return mediaType.startsWith('text/') ? 'text' : null
}

/** Whether it is a picture, which may know where it was taken. */
export const isPicture = (mediaType: string) => mediaType.startsWith('image/')

/** So many pages of a PDF are shown as pictures at most. */
export const mostPages = 30

/** Pages are made so many at a time, when the first of them is asked for. */
export const pagesAtOnce = 5

/** So much of a text is shown, in bytes. */
export const mostText = 64 * 1024

/** Whatever picture is taken is shown. */
export const mostPixels = limits.pixels

/** The longest side of each preview, in pixels. */
export const sides = { thumbnail: 320, view: 2048, page: 1600 } as const

/** One preview that was made, as a file of that name. */
export interface Made {
  /** thumbnail, view, full, page-1 …, text */
  readonly kind: string
  readonly mediaType: string
  readonly width: number | null
  readonly height: number | null
}

/** What is wanted of the sandbox. `first` is what is made without anybody asking for it. */
export interface PreviewsAsked {
  readonly source: Source
  readonly want: 'first' | 'full' | { readonly from: number; readonly to: number }
}

export interface PreviewsMade {
  readonly made: readonly Made[]
  /** How many a PDF has. */
  readonly pages: number | null
}
