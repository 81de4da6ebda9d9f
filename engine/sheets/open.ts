import { refuse, say } from '@commonhall/kernel'
import { type SheetLimits, usualLimits } from './limits.ts'
import type { Sheet } from './sheet.ts'

const signatures: readonly (readonly [kind: string, bytes: readonly number[]])[] = [
  ['xlsx', [0x50, 0x4b, 0x03, 0x04]],
  ['old_excel', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  ['zip', [0x1f, 0x8b]],
]

/** Opens a file by what it is, not by what it is called. */
export async function openSheet(bytes: AsyncIterable<Uint8Array>, limits: SheetLimits = usualLimits): Promise<Sheet> {
  const source = bytes[Symbol.asyncIterator]()
  const head = await beginning(source)
  if (head.length === 0) refuse('unreadable', say('sheets:empty'))
  async function* whole() {
    yield head
    yield* { [Symbol.asyncIterator]: () => source }
  }
  const kind = signatures.find(([, signature]) => signature.every((byte, index) => head[index] === byte))?.[0]
  // The readers bring large libraries with them: they are only read once somebody has such a file.
  if (kind === 'xlsx') return (await import('./xlsx-reader.ts')).openXlsx(whole(), limits)
  if (kind === 'old_excel') refuse('unreadable', say('sheets:old_excel'))
  if (kind) refuse('unreadable', say('sheets:is_a', { what: say(`sheets:kinds.${kind}`) }))
  if (/^\s*<(!doctype|html|\?xml)/i.test(head.subarray(0, 200).toString('latin1'))) {
    refuse('unreadable', say('sheets:is_a', { what: say('sheets:kinds.html') }))
  }
  if (isBinary(head)) refuse('unreadable', say('sheets:not_a_table'))
  return (await import('./csv-reader.ts')).openCsv(whole(), limits)
}

/** The first bytes, enough to tell what the file is; uploads come in pieces of any size. */
async function beginning(source: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  while (size < 4096) {
    const { done, value } = await source.next()
    if (done) break
    chunks.push(value)
    size += value.length
  }
  return Buffer.concat(chunks)
}

/** Control characters that no text has. UTF-16 has zeros, but in every other byte and nowhere else. */
function isBinary(head: Buffer): boolean {
  const sample = head.subarray(0, 4096)
  let zeros = 0
  let controls = 0
  for (const byte of sample) {
    if (byte === 0) zeros++
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 0x1a && byte !== 0x1c)) controls++
  }
  const marked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  const utf16 = zeros > sample.length * 0.3 && zeros <= sample.length * 0.5
  return !marked && !utf16 && controls + zeros > sample.length * 0.02
}
