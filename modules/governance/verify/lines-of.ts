import { Unreadable } from './finding.ts'

/**
 * Lines of UTF-8 text, without their ends. Only a line feed ends one: what else may look like an end is text.
 * @throws Unreadable
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  let line = 1
  const decoded = (some?: Uint8Array) => {
    try {
      return some ? decoder.decode(some, { stream: true }) : decoder.decode()
    } catch {
      throw new Unreadable({ code: 'unreadable', line, params: { line } })
    }
  }
  for await (const some of bytes) {
    const lines = (rest + decoded(some)).split('\n')
    rest = lines.pop() ?? ''
    line += lines.length
    yield* lines
  }
  rest += decoded()
  if (rest) yield rest
}
