import { readFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { refuse, say } from '@commonhall/kernel'
import { Sandbox, SandboxFailure } from '../files/sandbox/sandbox.ts'
import { Turns } from '../turns.ts'
import type { Printed } from './printed.ts'
import { spooled } from './spool.ts'

/** A long table takes a gigabyte and more. A small machine keeps half of what it has for everything else. */
const memory = Math.min(2 * 1024 ** 3, totalmem() / 2, (process.constrainedMemory() || Infinity) / 2)

export interface PrintLimits {
  /** Bytes of memory that setting a table may take. */
  readonly memory: number
  /** Seconds of the processor: some times what the largest table takes on a small machine. */
  readonly seconds: number
  /** So many tables are printed or wait for it, whoever wants them; the next is asked to come again. */
  readonly most: number
}

const usual: PrintLimits = { memory, seconds: 90, most: 20 }

/** Tables as PDF. Typst sets them in a process of its own, which sees the table, the typeface, and nothing else. */
export class Print {
  readonly #limits: PrintLimits
  readonly #sandbox: Sandbox
  /** The tables of one org one after the other, so that whoever prints ten does not hold up the others. */
  readonly #turns = new Turns()
  #wanted = 0

  constructor(limits: Partial<PrintLimits> = {}) {
    this.#limits = { ...usual, ...limits }
    // One table at a time, each in a process that ends with it, so that all of its memory is given back.
    this.#sandbox = new Sandbox({ hands: 1, orders: 1, memory: this.#limits.memory })
  }

  /**
   * The table as a PDF. Its lines are not asked for before its turn has come.
   * @throws {Refusal} `too_long_to_print` when it is more than paper is for, `unavailable` when too many are waiting.
   * @throws {SandboxFailure} when it could not be set, which is our fault.
   */
  async table(printed: Printed): Promise<Uint8Array> {
    if (this.#wanted >= this.#limits.most) {
      refuse('unavailable', say('print:busy'), { headers: { 'retry-after': '60' } })
    }
    this.#wanted++
    try {
      return await this.#turns.take(printed.org.id, () => this.#set(printed))
    } catch (error) {
      const isTooMuch = error instanceof SandboxFailure && ['timed_out', 'too_much_memory'].includes(error.code)
      if (isTooMuch) refuse('too_long_to_print', say('print:too_large'))
      throw error
    } finally {
      this.#wanted--
    }
  }

  async #set(printed: Printed): Promise<Uint8Array> {
    const order = {
      org: printed.org.id,
      task: import.meta.resolve('./sandboxed/set.ts'),
      bytes: spooled(printed),
      seconds: this.#limits.seconds,
    }
    return await this.#sandbox.run(order, (name: string, folder) => readFile(join(folder, name)))
  }

  async close(): Promise<void> {
    await this.#sandbox.close()
  }
}
