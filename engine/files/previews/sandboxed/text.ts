import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TextReader } from '../../../sheets/encoding.ts'
import { mostText, type PreviewsMade } from '../kinds.ts'

/** The beginning of a text as UTF-8, whatever encoding it has. */
export async function textOf(file: string, folder: string): Promise<PreviewsMade> {
  const handle = await open(file)
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(mostText), 0, mostText, 0)
  await handle.close()
  const reader = new TextReader()
  const text = reader.write(buffer.subarray(0, bytesRead))
  // A character that the limit cuts in two is left out.
  const whole = bytesRead < mostText ? text + reader.end() : text
  await writeFile(join(folder, 'text'), whole.replace(/^\uFEFF/, ''))
  return { made: [{ kind: 'text', mediaType: 'text/plain; charset=utf-8', width: null, height: null }], pages: null }
}
