import { refuse, say } from '@commonhall/kernel'
import { frameOf } from './frame.ts'
import { mostPrinted, type Printed } from './printed.ts'

/** So many bytes are typeset at most, whatever their lines. */
const mostBytes = 32 * 1024 ** 2

/** Written down in pieces of about so many characters. */
const piece = 64 * 1024

/**
 * A table as lines of JSON, its frame first, read as fast as they can be written down.
 * @throws {Refusal} when there is more than paper is for.
 */
export async function* spooled(printed: Printed): AsyncGenerator<Buffer> {
  let text = `${JSON.stringify(frameOf(printed))}\n`
  let [lines, bytes] = [0, 0]
  for await (const line of printed.lines) {
    if (++lines > mostPrinted) {
      refuse('too_long_to_print', say('print:too_many', { most: mostPrinted.toLocaleString('en-US') }))
    }
    text += `${JSON.stringify(line)}\n`
    if (text.length < piece) continue
    const made = Buffer.from(text)
    text = ''
    bytes += made.length
    if (bytes > mostBytes) refuse('too_long_to_print', say('print:too_large'))
    yield made
  }
  yield Buffer.from(text)
}
