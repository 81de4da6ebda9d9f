import { asHouse } from '../../database/access.ts'
import type { Engine } from '../../engine.ts'
import { Recent } from '../../recent.ts'
import { Turns } from '../../turns.ts'
import { type Content, contentSql, type KeptPreview } from './content.ts'
import { mostPages, pagesAtOnce, type PreviewsAsked, sourceOf } from './kinds.ts'
import { isUndecodable, makePreviews, type Work } from './make.ts'

/** What could not be made is not tried again for so many milliseconds, and so many are remembered. */
const rest = 10 * 60_000
const mostRemembered = 1000

/** Previews as they are asked for: most are made when content is found clean, some at their first asking. */
export class Previews {
  readonly #engine: Pick<Engine, 'database' | 'files' | 'log'>
  readonly #turns = new Turns()
  readonly #failed = new Recent<number>(mostRemembered)

  constructor(engine: Pick<Engine, 'database' | 'files' | 'log'>) {
    this.#engine = engine
  }

  /** The preview of that kind; null where there is none and none can be made. */
  async find(work: Work, content: Content, kind: string): Promise<KeptPreview | null> {
    const kept = keptIn(content, kind)
    const asked = askFor(content, kind)
    if (kept || !asked) return kept
    const key = `${work.org} ${content.sha256}`
    return await this.#turns.take(key, async () => {
      // Somebody who asked at the same time may have had it made.
      const now = await this.#look(work, content.sha256)
      const made = now && keptIn(now, kind)
      if (made || !now || this.#hasFailed(`${key} ${kind}`)) return made ?? null
      try {
        await makePreviews(this.#engine, work, now, asked)
      } catch (error) {
        if (!isUndecodable(error)) throw error
        this.#engine.log.warn({ reason: error.code, detail: error.message }, 'no preview could be made of a file')
        this.#failed.set(`${key} ${kind}`, Date.now())
      }
      const after = await this.#look(work, content.sha256)
      return after && keptIn(after, kind)
    })
  }

  async #look({ org, requestId }: Work, sha256: string): Promise<Content | null> {
    const statement = {
      text: `select ${contentSql} from foundation.file_content c where sha256 = $1 and verdict = 'clean'`,
      values: [sha256],
    }
    const access = asHouse(org, { requestId })
    return (await this.#engine.database.read<Content & Record<string, unknown>>(access, statement))[0] ?? null
  }

  #hasFailed(key: string): boolean {
    return Date.now() - (this.#failed.get(key) ?? -Infinity) < rest
  }
}

const keptIn = ({ kept }: Content, kind: string) => kept.find((one) => one.kind === kind) ?? null

/** What the sandbox is asked for where this preview is made at its first asking; null where it is not. */
function askFor({ media_type: mediaType, previews, pages }: Content, kind: string): PreviewsAsked | null {
  const source = sourceOf(mediaType)
  if (source === 'image' && kind === 'full') return { source, want: 'full' }
  const number = Number(/^page-(\d+)$/.exec(kind)?.[1] ?? 0)
  if (source !== 'pdf' || previews !== 'made' || !number || number > Math.min(pages ?? 0, mostPages)) return null
  return { source, want: { from: number, to: number + pagesAtOnce - 1 } }
}
