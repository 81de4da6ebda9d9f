import { randomUUID } from 'node:crypto'
import type { Db } from 'pg-boss'
import type { Logger } from 'pino'

const channel = 'commonhall_jobs'

/** What is queued within so many milliseconds is told of together. */
const gathering = 25

/**
 * Tells the workers of other processes that something was queued. After the commit and not in it: a transaction that
 * notifies holds up the commits of all others. Should a word be lost, they look by themselves every two seconds.
 */
export class Bell {
  readonly #db: () => Db
  readonly #log: Logger
  readonly #self = randomUUID()
  readonly #names = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #listening: { close(): Promise<void> } | undefined

  constructor(db: () => Db, log: Logger) {
    this.#db = db
    this.#log = log
  }

  ring(name: string): void {
    this.#names.add(name)
    this.#timer ??= setTimeout(() => void this.#tell(), gathering).unref()
  }

  /** Hears what others have queued. */
  async listen(heard: (names: readonly string[]) => void): Promise<void> {
    const told = (payload: string) => {
      const [from, ...names] = payload.split(' ')
      if (from !== this.#self) heard(names)
    }
    this.#listening = await this.#db().listen?.(channel, told, () => {})
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#names.size) await this.#tell()
    await this.#listening?.close()
  }

  async #tell(): Promise<void> {
    this.#timer = undefined
    const payload = [this.#self, ...this.#names].join(' ')
    this.#names.clear()
    try {
      await this.#db().executeSql('select pg_notify($1, $2)', [channel, payload])
    } catch (error) {
      this.#log.debug({ err: error }, 'the workers of other processes were not told')
    }
  }
}
