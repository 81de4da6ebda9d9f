import { sensitiveFields } from '../../audit/reads.ts'
import type { Caller } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import type { Served } from './served.ts'

/** What one session took is not told again for so many milliseconds: a download may come in many parts. */
const once = 10 * 60_000
const mostRemembered = 5000

/** Tells the trail of the record who took which file when. */
export class Notes {
  readonly #told = new Map<string, number>()

  /** Somebody is about to get the contents of a file; `part` when not from its beginning to its end. */
  async taken(engine: Engine, caller: Caller, { file, number }: Served, part: boolean): Promise<void> {
    const isTold = this.#tell(caller, 'took', file.id, number)
    if (part && isTold) return
    await note(engine, caller, file.id, number)
  }

  /** Somebody is about to look at a file. That is told where looking at its record is. */
  async looked(engine: Engine, caller: Caller, { file, number }: Served): Promise<void> {
    const resource = engine.registry.resources.get(file.resource)
    if (!resource || !sensitiveFields(resource).length) return
    if (!this.#tell(caller, 'saw', file.id, number)) await note(engine, caller, file.id, number)
  }

  /** Whether it has been told a moment ago; it is from now on. */
  #tell({ access }: Caller, ...what: readonly unknown[]): boolean {
    const key = [access.kind === 'user' ? access.sessionId : '', access.orgId, ...what].join(' ')
    const now = Date.now()
    const isTold = now - (this.#told.get(key) ?? -Infinity) < once
    if (isTold) return true
    const [oldest] = this.#told.keys()
    if (oldest !== undefined && this.#told.size >= mostRemembered) this.#told.delete(oldest)
    this.#told.delete(key)
    this.#told.set(key, now)
    return false
  }
}

const note = (engine: Engine, { access }: Caller, file: string, number: number) =>
  engine.database.transaction(access, async ({ query }) => {
    await query(`select foundation.note_file('read', $1, $2)`, [file, number])
  })
