import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse, say } from '@commonhall/kernel'
import { Sandbox, SandboxFailure, type SandboxLimits } from '../files/sandbox/sandbox.ts'
import { Turns } from '../turns.ts'
import type { Printed } from './printed.ts'
import { spooled } from './spool.ts'

/** Seconds of the processor that one table may take: some times what the largest takes on a small machine. */
const seconds = 90

/** So many wait at most, whoever they are; the next is asked to come again. */
const mostWaiting = 20

/** One table at a time, for typesetting takes a processor and memory of its own; nothing is there when none is set. */
const usual: Partial<SandboxLimits> = { hands: 1, memory: 1600 * 1024 ** 2 }

/** Tables as PDF. Typst sets them in a process of its own, which sees the table, the typeface, and nothing else. */
export class Print {
  readonly #sandbox: Sandbox
  /** The tables of one org one after the other, so that whoever prints ten does not hold up the others. */
  readonly #turns = new Turns()
  readonly #seconds: number
  #waiting = 0

  constructor(limits: Partial<SandboxLimits & { seconds: number }> = {}) {
    this.#sandbox = new Sandbox({ ...usual, ...limits })
    this.#seconds = limits.seconds ?? seconds
  }

  /**
   * The table as a PDF. Its lines are not asked for before its turn has come.
   * @throws {Refusal} `too_long_to_print` when it is more than paper is for, `unavailable` when too many are waiting.
   * @throws {SandboxFailure} when it could not be set, which is our fault.
   */
  async table(printed: Printed): Promise<Uint8Array> {
    if (this.#waiting >= mostWaiting) refuse('unavailable', say('print:busy'), { headers: { 'retry-after': '60' } })
    this.#waiting++
    try {
      return await this.#turns.take(printed.org.id, () => this.#set(printed))
    } catch (error) {
      const isTooMuch = error instanceof SandboxFailure && ['timed_out', 'too_much_memory'].includes(error.code)
      if (isTooMuch) refuse('too_long_to_print', say('print:too_large'))
      throw error
    } finally {
      this.#waiting--
    }
  }

  async #set(printed: Printed): Promise<Uint8Array> {
    const order = {
      org: printed.org.id,
      task: import.meta.resolve('./sandboxed/set.ts'),
      bytes: spooled(printed),
      seconds: this.#seconds,
    }
    return await this.#sandbox.run(order, (name: string, folder) => readFile(join(folder, name)))
  }

  async close(): Promise<void> {
    await this.#sandbox.close()
  }
}
