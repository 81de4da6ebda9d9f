import { sensitiveFields } from '../../audit/reads.ts'
import type { Caller } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import { Recent } from '../../recent.ts'
import type { Served } from './served.ts'

/** What one session took is not told again for so many milliseconds: a download may come in many parts. */
const rest = 10 * 60_000
const mostRemembered = 5000

/** Tells the trail of the record who took which file when. */
export class ReadTrail {
  readonly #told = new Recent<{ readonly at: number; readonly done: Promise<void> }>(mostRemembered)

  /** Somebody is about to get the contents of a file; `part` when not from its beginning to its end. */
  async taken(engine: Engine, caller: Caller, { file, number }: Served, part: boolean): Promise<void> {
    await this.#tell(caller, ['took', file.id, number], part, () => note(engine, caller, file.id, number))
  }

  /** Somebody is about to look at a file. That is told where looking at its record is. */
  async looked(engine: Engine, caller: Caller, { file, number }: Served): Promise<void> {
    const resource = engine.registry.resources.get(file.resource)
    if (!resource || !sensitiveFields(resource).length) return
    await this.#tell(caller, ['saw', file.id, number], true, () => note(engine, caller, file.id, number))
  }

  /** Tells it, unless `once` is enough and it has been told a moment ago. What could not be told has not been. */
  async #tell({ access }: Caller, what: readonly unknown[], once: boolean, tell: () => Promise<void>): Promise<void> {
    const key = [access.kind === 'user' ? access.sessionId : '', access.orgId, ...what].join(' ')
    const at = Date.now()
    const known = this.#told.get(key)
    if (once && known && at - known.at < rest) return await known.done
    const done = tell()
    this.#told.set(key, { at, done })
    try {
      await done
    } catch (error) {
      this.#told.delete(key)
      throw error
    }
  }
}

const note = (engine: Engine, { access }: Caller, file: string, number: number) =>
  engine.database.transaction(access, async ({ query }) => {
    await query(`select foundation.note_file('read', $1, $2)`, [file, number])
  })
