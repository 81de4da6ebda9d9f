import { type ByteSource, readUpTo, windows } from '../bytes.ts'
import { mediaTypes } from '../recognize.ts'
import { hold } from '../verdict.ts'

/**
 * How a page, a drawing or a script begins, as browsers guess it. Source: WHATWG MIME Sniffing, 7.1; SVG and others are
 * added. A tag further inside is the writer's own business.
 */
const tags =
  'html|script|head|body|iframe|h1|div|font|table|a|style|title|b|br|p|svg|math|object|embed|img|link|meta|form|base'
const markup = new RegExp(`^(?:<!--|<[?!]|<(?:${tags})[\\s/>]|<[\\w-]+:\\w+[\\s/>]|<[\\w-]+\\s[^<>]{0,500}xmlns)`, 'i')
const script = /^(?:#!|%!PS|@echo\s|<%|\{\\rt)/i

/** Reads what should be text: no control signs, and no beginning that makes it a page, a drawing or a script. */
export async function readText(source: ByteSource): Promise<string> {
  const head = await readUpTo(source, 0, 4096)
  const encoding = encodingOf(head)
  const begin = (encoding === 'utf-16be' ? swapped(head) : head).toString(encoding === 'utf-8' ? 'utf8' : 'utf16le')
  const words = begin.replace(/^[\ufeff\s]+/, '')
  if (markup.test(words)) hold('markup')
  if (script.test(words)) hold('program')
  for await (const { bytes } of windows(source, 0)) if (hasControl(bytes, encoding)) hold('unknown')
  return mediaTypes.text
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

function encodingOf(head: Buffer): Encoding {
  const mark = head.toString('latin1', 0, 2)
  return mark === '\xff\xfe' ? 'utf-16le' : mark === '\xfe\xff' ? 'utf-16be' : 'utf-8'
}

const swapped = (bytes: Buffer) => Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()

/** Tabs, line ends, form feeds and the end mark of old systems; no other signs below the space are in a text. */
const allowed = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1a])
const isControl = (code: number) => (code < 0x20 && !allowed.has(code)) || code === 0x7f

function hasControl(bytes: Buffer, encoding: Encoding): boolean {
  if (encoding === 'utf-8') return bytes.some(isControl)
  const low = encoding === 'utf-16le' ? 0 : 1
  for (let at = 0; at + 1 < bytes.length; at += 2)
    if (!bytes[at + 1 - low] && isControl(bytes[at + low] as number)) return true
  return false
}
