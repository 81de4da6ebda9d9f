import type { Resource, Rule } from '@commonhall/kernel'
import type { Logger } from 'pino'
import type { Caller } from '../caller.ts'
import type { Database } from '../database/pool.ts'
import { Batches, pause } from './batches.ts'
import { type Attempt, Denials } from './denied.ts'
import { type ReadLine, readLine, Reads } from './reads.ts'

type Row = Readonly<Record<string, unknown>>

/** So many lines of the sign-in journal are told to their orgs in one statement. */
const mostTold = 500

/**
 * What the audit trail tells besides changes: denied attempts, reads of sensitive fields, what happened at sign-in.
 * It is gathered here and written off the path of the requests, at the latest when the house is closed.
 */
export class Watch {
  readonly #database: Database
  readonly #log: Logger
  readonly #reads = new Reads()
  readonly #denials = new Denials()
  readonly #batches: Batches
  #late: ReadLine[] = []
  #isSignInUntold = true
  #isClosing = false

  constructor(database: Database, log: Logger) {
    this.#database = database
    this.#log = log
    this.#batches = new Batches(() => this.#write(), log)
  }

  /** Rows are about to be shown to somebody. `rule` is the one that lets them read. */
  shown(caller: Caller, resource: Resource, rule: Rule | undefined, rows: readonly Row[]): void {
    if (this.#reads.note(caller, resource, rule?.owners ?? [], rows)) this.#gather()
  }

  /** Sensitive fields of something else than a record are about to be shown, such as rows of a file. */
  shownIn(caller: Caller, resource: string, fields: readonly string[], record: string): void {
    if (this.#reads.noteFields(caller, resource, fields, record)) this.#gather()
  }

  /** Many rows are about to be shown, or a file sent: told before the first byte. */
  async taken(
    { access }: Caller,
    act: 'read' | 'export',
    resource: string,
    detail: { fields: readonly string[]; rows: number; asked?: readonly string[]; format?: string },
    record: string | null = null,
  ): Promise<void> {
    if (access.kind !== 'user') return
    const told = { act, at: new Date().toISOString(), resource, record, detail }
    await this.#writeReads([readLine(access, told)])
  }

  /** Somebody was told no. */
  denied(attempt: Attempt): void {
    this.#denials.note(attempt)
    this.#batches.wake()
  }

  /** Something happened at sign-in: the orgs of that person are told. */
  signIn(): void {
    this.#isSignInUntold = true
    this.#batches.wake()
  }

  /** Writes what waits, now. */
  flush(): Promise<void> {
    return this.#batches.flush()
  }

  /** Writes everything, also what is still being counted. What cannot be written any more goes to the log. */
  async close(): Promise<void> {
    this.#isClosing = true
    await this.#batches.close().catch((error: unknown) => {
      const lost = { reads: [...this.#late, ...this.#reads.take()], denied: this.#denials.take(true) }
      this.#log.error({ err: error, lost }, 'the last lines of the audit trail could not be written')
    })
  }

  #gather() {
    if (this.#reads.isFull) void this.#batches.flush().catch(() => this.#batches.wake(1000))
    else this.#batches.wake()
  }

  async #write(): Promise<void> {
    const failures: unknown[] = []
    const keep = (failure: unknown) => void failures.push(failure)
    await this.#tellReads().catch(keep)
    await this.#tellDenials().catch(keep)
    if (this.#isSignInUntold) await this.#tellSignIns().catch(keep)
    if (failures.length) throw failures[0]
    if (this.#denials.isCounting) this.#batches.wake(20 * pause)
  }

  async #tellReads(): Promise<void> {
    // While the last ones cannot be written, the others stay where their number is bounded.
    if (!this.#late.length) this.#late = this.#reads.take()
    if (!this.#late.length) return
    await this.#writeReads(this.#late)
    this.#late = []
  }

  async #tellDenials(): Promise<void> {
    const told = this.#denials.take(this.#isClosing)
    if (!told.length) return
    try {
      await this.#database.bare('select foundation.note_denied($1)', [JSON.stringify(told)])
    } catch (error) {
      this.#denials.putBack(told)
      throw error
    }
  }

  async #tellSignIns(): Promise<void> {
    this.#isSignInUntold = false
    try {
      for (;;) {
        const [row] = await this.#database.bare<{ told: number }>('select foundation.tell_sign_ins($1) as told', [
          mostTold,
        ])
        if ((row?.told ?? 0) < mostTold) return
      }
    } catch (error) {
      this.#isSignInUntold = true
      throw error
    }
  }

  async #writeReads(lines: readonly ReadLine[]): Promise<void> {
    await this.#database.bare('select foundation.note_reads($1)', [JSON.stringify(lines)])
  }
}
