/** Why a file is held, each with a sentence in words/en.ts. The database keeps the code. */
export const holdReasons = [
  'type',
  'unknown',
  'mixed',
  'markup',
  'program',
  'empty',
  'damaged',
  'pixels',
  'macros',
  'scripts',
  'embedded',
  'external',
  'encrypted',
  'unpacks',
  'nested',
  'entries',
  'paths',
  'unclear',
  'infected',
  'too_large',
  'unscanned',
] as const

export type HoldReason = (typeof holdReasons)[number]

/** What our own reading of a content comes to. */
export type Judged =
  | { readonly mediaType: string; readonly reason: null; readonly detail: null }
  | { readonly mediaType: string | null; readonly reason: HoldReason; readonly detail: string | null }

/** Found while reading a content: it is held, and nothing more of it is read. */
export class Hold extends Error {
  override readonly name = 'Hold'
  readonly reason: HoldReason
  readonly detail: string | null

  constructor(reason: HoldReason, detail: string | null = null) {
    super(reason)
    this.reason = reason
    this.detail = detail
  }
}

/** Stops the reading of a content that is held for this. */
export function hold(reason: HoldReason, detail: string | null = null): never {
  throw new Hold(reason, detail)
}
