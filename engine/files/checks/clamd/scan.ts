import type { Bytes } from '../../stores/store.ts'
import type { ClamdAddress } from '../../settings.ts'
import type { HoldReason } from '../verdict.ts'
import { ask, askAbout, type Patience, ScannerAway, usualPatience } from './ask.ts'

/** What the scanner says of bytes. */
export type Scanned =
  | { readonly reason: null; readonly detail: null }
  | { readonly reason: HoldReason; readonly detail: string | null }

/** Which scanner answers, with the day of its signatures. Throws `ScannerAway`. */
export const versionOf = (address: ClamdAddress, patience: Patience = usualPatience): Promise<string> =>
  ask(address, 'VERSION', patience.question)

/**
 * Has bytes scanned; `read` begins to read them anew. A scanner that hangs up while they come is asked twice: when it
 * is there all the same, they are more than it takes.
 * @throws {ScannerAway} when nothing is known of the bytes.
 */
export async function scan(
  address: ClamdAddress,
  read: () => Promise<Bytes>,
  patience: Patience = usualPatience,
): Promise<Scanned> {
  for (let tries = 1; ; tries++) {
    try {
      return meant(await askAbout(address, await read(), patience.scan))
    } catch (error) {
      if (!(error instanceof ScannerAway) || !error.hungUp) throw error
      await versionOf(address, patience)
      if (tries === 2) return { reason: 'too_large', detail: null }
    }
  }
}

/** Names of signatures that say what could not be looked into rather than what was found. */
const heuristics: readonly (readonly [RegExp, HoldReason])[] = [
  [/^Heuristics\.Encrypted\./, 'encrypted'],
  [/^Heuristics\.Limits\.Exceeded/, 'too_large'],
  [/^Heuristics\.OLE2\.ContainsMacros/, 'macros'],
]

function meant(answer: string): Scanned {
  if (answer === 'stream: OK') return { reason: null, detail: null }
  if (/size limit exceeded/i.test(answer)) return { reason: 'too_large', detail: null }
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  // An error of its own, such as no room on its disk, says nothing about the bytes.
  if (found === undefined) throw new ScannerAway()
  const other = heuristics.find(([pattern]) => pattern.test(found))
  return other ? { reason: other[1], detail: null } : { reason: 'infected', detail: found.slice(0, 200) }
}
