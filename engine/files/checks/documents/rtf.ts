import { type ByteSource, readUpTo, windows } from '../bytes.ts'
import { mediaTypes } from '../recognize.ts'
import { hold } from '../verdict.ts'

/** A file within the text, and a template that is fetched from elsewhere: what RTF is misused for. */
const embedded = /\\(?:objdata|objupdate|objautlink|objocx)\b/i
const external = /\\\*\\template[\s{]+(?:https?|ftp|\\\\\\\\)|\bDDEAUTO\b|\bINCLUDEPICTURE\s+"?https?:/i

/** Looks through a text in Microsoft's Rich Text Format 1.9.1. */
export async function readRtf(source: ByteSource): Promise<string> {
  for await (const { bytes } of windows(source, 256)) {
    const text = bytes.toString('latin1')
    if (embedded.test(text)) hold('embedded')
    if (external.test(text)) hold('external')
  }
  const end = await readUpTo(source, source.size - Math.min(source.size, 64), 64)
  if (!/\}[\s\0]*$/.test(end.toString('latin1'))) hold('damaged')
  return mediaTypes.rtf
}
