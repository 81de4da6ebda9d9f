import { archives } from './hostile/archives.ts'
import { documents } from './hostile/documents.ts'
import { images } from './hostile/images.ts'
import { pages, polyglots } from './hostile/pages.ts'
import type { Hostile } from './hostile/sent.ts'

/** Everything that our own checks hold, whatever it is called. */
export const hostile: readonly Hostile[] = [...pages, ...polyglots, ...images, ...archives, ...documents]
