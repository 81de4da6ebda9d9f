import type { HoldReason } from '../../verdict.ts'

/** Something that somebody could send, by what it is. */
export interface Sent {
  readonly what: string
  /** What it is called when it is sent. */
  readonly name: string
  readonly bytes: Buffer
}

/** What is held, and why. */
export interface Hostile extends Sent {
  readonly reason: HoldReason
}

/** Lines of text, each sign as one byte. */
export const text = (...lines: readonly string[]) => Buffer.from(lines.join('\n'), 'latin1')

/** The same with two bytes a letter. */
export const utf16 = (xml: string) => Buffer.from(`\ufeff${xml}`, 'utf16le')

/** A page with a script. */
export const page = '<!DOCTYPE html><html><body><script>alert(document.domain)</script></body></html>'

/** Entities that come to more with each step. */
const [declared, repeated] = ['<!ENTITY a "lol">', '&a;'.repeat(10)]
export const billion = `<?xml version="1.0"?><!DOCTYPE l [${declared}<!ENTITY b "${repeated}">]><l>&b;</l>`
