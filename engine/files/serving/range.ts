import type { Span } from '../stores/store.ts'

/**
 * What a Range header asks for of so many bytes (RFC 9110, 14.2): one span, `whole` where it asks for nothing that is
 * understood or for several spans, `beyond` where there is no such byte.
 */
export function readRange(header: string | undefined, size: number): Span | 'whole' | 'beyond' {
  const [, from, to] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? '') ?? []
  if (from === undefined || to === undefined || (!from && !to)) return 'whole'
  if (!from) {
    const length = Math.min(Number(to), size)
    return length ? { first: size - length, last: size - 1 } : 'beyond'
  }
  const first = Number(from)
  if (to && Number(to) < first) return 'whole'
  return first >= size ? 'beyond' : { first, last: to ? Math.min(Number(to), size - 1) : size - 1 }
}
