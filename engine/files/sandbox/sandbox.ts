import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Bytes } from '../stores/store.ts'
import { SandboxProcess } from './sandbox-process.ts'
import { sweepLeftovers } from './leftovers.ts'

export { SandboxFailure } from './sandbox-process.ts'

/** What is to be done with bytes that somebody sent. */
export interface Order {
  readonly org: string
  /** The module that does it, as `import.meta.resolve` names it; it is loaded in the sandbox alone. */
  readonly task: string
  readonly bytes: Bytes
  /** What else the task is told. It travels as JSON. */
  readonly asked?: unknown
  /** How many seconds of the processor it may take; 10 when left out. */
  readonly seconds?: number
}

export interface SandboxLimits {
  /** So many orders at once; others wait. */
  readonly hands: number
  /** Bytes of memory that one process may use. */
  readonly memory: number
  /** A process that has had nothing to do for so many milliseconds is ended. */
  readonly idle: number
  /** After so many orders a process has earned its rest: what decoders leak is given back. */
  readonly orders: number
}

const usual: SandboxLimits = { hands: 2, memory: 800 * 1024 ** 2, idle: 15_000, orders: 50 }

interface Resting {
  readonly child: SandboxProcess
  readonly orders: number
  readonly clock: NodeJS.Timeout
}

/**
 * Where bytes that somebody sent are decoded: in processes of their own, with a limit of time and of memory, without
 * the house's secrets, its network and its other files. They are started when needed, and gone a moment later.
 */
export class Sandbox {
  readonly #limits: SandboxLimits
  readonly #resting: Resting[] = []
  readonly #waiting: (() => void)[] = []
  #busy = 0
  #swept: Promise<void> | undefined

  constructor(limits: Partial<SandboxLimits> = {}) {
    this.#limits = { ...usual, ...limits }
  }

  /** How many processes there are now that only wait. */
  get resting(): number {
    return this.#resting.length
  }

  /**
   * Has a task carried out and gives `use` its answer, with the folder in which the task has left files; both are good
   * until `use` ends.
   * @throws {SandboxFailure} when the task comes to no answer.
   */
  async run<Answer, Value>(order: Order, use: (answer: Answer, folder: string) => Promise<Value>): Promise<Value> {
    await this.#turn()
    try {
      await (this.#swept ??= sweepLeftovers())
      const { child, orders } = await this.#take(order.org)
      let isWell = false
      try {
        const [file, folder] = [join(child.folder, 'file'), join(child.folder, 'made')]
        await mkdir(folder)
        await pipeline(order.bytes, createWriteStream(file))
        const { task, asked = null, seconds = 10 } = order
        const answer = await child.carryOut({ task, file, folder, asked, seconds })
        const value = await use(answer as Answer, folder)
        await Promise.all([rm(file), rm(folder, { recursive: true })])
        isWell = true
        return value
      } finally {
        if (isWell && orders + 1 < this.#limits.orders) this.#rest(child, orders + 1)
        else await child.end()
      }
    } finally {
      this.#busy--
      this.#waiting.shift()?.()
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#resting.splice(0).map((one) => end(one)))
  }

  async #turn(): Promise<void> {
    while (this.#busy >= this.#limits.hands) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#busy++
  }

  async #take(org: string): Promise<{ child: SandboxProcess; orders: number }> {
    for (;;) {
      const at = this.#resting.findIndex(({ child }) => child.org === org)
      // One that has worked for another org makes room.
      const [found] = this.#resting.splice(Math.max(at, 0), 1)
      if (found) clearTimeout(found.clock)
      if (found && at >= 0 && !found.child.isGone) return found
      if (found) await found.child.end()
      else return { child: await SandboxProcess.start(org, this.#limits.memory), orders: 0 }
    }
  }

  #rest(child: SandboxProcess, orders: number): void {
    const clock = setTimeout(() => {
      const at = this.#resting.findIndex((one) => one.child === child)
      for (const one of at < 0 ? [] : this.#resting.splice(at, 1)) void end(one)
    }, this.#limits.idle)
    clock.unref()
    this.#resting.push({ child, orders, clock })
  }
}

async function end({ child, clock }: Resting): Promise<void> {
  clearTimeout(clock)
  await child.end()
}
