import { type ByteSource, readUpTo, windows } from './bytes.ts'
import { hold } from './verdict.ts'

/** What a browser would take for a page or a script, long enough not to come about by chance in an image's noise. */
const active = /<script[\s>/]|<html[\s>]|<!doctype\s+html|<svg\s[^>]{0,200}xmlns|<iframe\s|<\?php\s|<object\s+data/i

/** How a GIF or a JPEG begins that is a script as well: a name and an assignment, or a comment. */
const script = /^(?:GIF8[79]a\s*(?:=\s*["'`([{\w]|\/[*/])|\xff\xd8\xff[\xe0-\xef]\/\*)/

/** Longer than anything that `active` finds. */
const overlap = 256

/** Other kinds of file that a program would find in this one, wherever they begin. */
const beginsPdf = '%PDF-'
const endOfZip = Buffer.from('PK\x05\x06', 'latin1')

/** Where archives have their end mark: 22 bytes and a comment in front of the end. */
const zipTail = 22 + 65_535

/**
 * Holds an image or a PDF that is something else besides: a page, a script, an archive. A browser that guesses, or a
 * program that is told another name, would find that in it.
 */
export async function holdForeign(source: ByteSource, isPdf: boolean): Promise<void> {
  const head = await readUpTo(source, 0, 1024)
  if (head.indexOf(beginsPdf, isPdf ? 1 : 0, 'latin1') >= 0) hold('mixed', 'PDF')
  if (script.test(head.toString('latin1', 0, 32))) hold('mixed')
  if (await hasZipEnd(source)) hold('mixed', 'ZIP')
  for await (const { bytes } of windows(source, overlap))
    if (active.test(bytes.toString('latin1'))) hold('mixed', 'HTML')
}

/** Whether a reader of archives would find one at the end: the mark, and a table of contents where it says. */
async function hasZipEnd(source: ByteSource): Promise<boolean> {
  const from = Math.max(0, source.size - zipTail)
  const tail = await readUpTo(source, from, zipTail)
  for (let at = tail.lastIndexOf(endOfZip); at >= 0; at = at ? tail.lastIndexOf(endOfZip, at - 1) : -1) {
    if (at + 22 > tail.length) continue
    const [entries, length, comment] = [
      tail.readUInt16LE(at + 10),
      tail.readUInt32LE(at + 12),
      tail.readUInt16LE(at + 20),
    ]
    const isPlausible = length <= from + at && length >= 46 * entries && at + 22 + comment <= tail.length
    if (isPlausible) return true
  }
  return false
}
