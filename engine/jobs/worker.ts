import { performance } from 'node:perf_hooks'
import type { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import { inTime } from '../in-time.ts'
import { type Asks, type Claim, dueQueues, giveWay, leftBehind, putOff, stillAtIt } from './claims.ts'
import { ClaimLost, keptFailure } from './failure.ts'
import { type Lane, LaneAtWork } from './lane.ts'
import type { JobMeters } from './meters.ts'
import { take } from './take.ts'

/** Every so many milliseconds: looking for what is due by the clock, saying that one lives, looking for the dead. */
const rhythm = { look: 2_000, say: 5_000, sweep: 10_000 } as const

/** A worker that has said nothing for so many seconds is dead. */
export const silence = 20

export interface WorkerParts {
  readonly boss: PgBoss
  readonly asks: Asks
  readonly log: Logger
  readonly meters: JobMeters
  /** So many jobs of orgs at a time, each with a connection of its own, and so many of the house. */
  readonly hands: Readonly<Record<Lane['kind'], number>>
}

/** Works through the queues: takes what is due, runs it side by side, and keeps what fails. */
export class Worker {
  readonly #parts: WorkerParts
  readonly #lanes: Map<string, LaneAtWork>
  readonly #busy = { org: 0, house: 0 }
  readonly #inHand = new Map<Claim, Promise<void>>()
  readonly #timers: NodeJS.Timeout[] = []
  #looking: Promise<void> | undefined
  #again = false
  #stopping = false
  readonly #halt = new AbortController()

  constructor(parts: WorkerParts, lanes: readonly Lane[]) {
    this.#parts = parts
    this.#lanes = new Map(lanes.map((lane) => [lane.name, new LaneAtWork(lane)]))
  }

  start(): void {
    const every = (ms: number, act: () => Promise<void>) =>
      this.#timers.push(setInterval(() => void act().catch((error: unknown) => this.#grumble(error)), ms))
    every(rhythm.look, () => this.#lookAround())
    every(rhythm.say, () => this.#sayAlive())
    every(rhythm.sweep, () => this.sweep())
    void this.sweep().catch((error: unknown) => this.#grumble(error))
    this.wake([...this.#lanes.keys()])
  }

  /** Something has been queued. */
  wake(names: readonly string[]): void {
    for (const name of names) {
      const lane = this.#lanes.get(name)
      if (lane) lane.due = true
    }
    this.#takeMore()
  }

  /** Gives back what dead workers had in hand: a run that counts as failed, so that no job can kill for ever. */
  async sweep(seconds = silence): Promise<void> {
    const { boss, asks } = this.#parts
    const lost = await leftBehind(asks, [...this.#lanes.keys()], seconds)
    for (const claim of lost) {
      if (this.#has(claim) || (await giveWay(asks, claim))) continue
      await boss.fail(claim.name, { id: claim.id, retryCount: claim.retryCount }, { type: 'WorkerLost', at: [] })
    }
    if (lost.length) this.#parts.log.warn({ jobs: lost.length }, 'jobs of a worker that died are given back')
  }

  /** Takes nothing more, waits for what runs, and gives back what does not end in time. */
  async stop(patience: number): Promise<void> {
    this.#stopping = true
    for (const timer of this.#timers) clearInterval(timer)
    await this.#looking
    const { asks } = this.#parts
    const notBegun = [...this.#lanes.values()].flatMap(({ taken }) => taken.splice(0))
    // What cannot be given back now is, by whoever finds this worker silent.
    await Promise.allSettled(notBegun.map((claim) => putOff(asks, claim, 0)))
    await inTime(Promise.allSettled(this.#inHand.values()), patience, null)
    await Promise.allSettled([...this.#inHand.keys()].map((claim) => putOff(asks, claim, 0)))
    this.#halt.abort()
    await Promise.allSettled(this.#inHand.values())
  }

  #has({ name, id, retryCount }: Claim): boolean {
    const same = (one: Claim) => one.id === id && one.name === name && one.retryCount === retryCount
    return [...this.#inHand.keys()].some(same) || (this.#lanes.get(name)?.taken.some(same) ?? false)
  }

  async #lookAround(): Promise<void> {
    this.wake(await dueQueues(this.#parts.asks, [...this.#lanes.keys()]))
  }

  async #sayAlive(): Promise<void> {
    const claims = [...this.#inHand.keys(), ...[...this.#lanes.values()].flatMap(({ taken }) => taken)]
    if (claims.length) await stillAtIt(this.#parts.asks, claims)
  }

  #takeMore(): void {
    this.#again = true
    if (this.#looking || this.#stopping) return
    this.#looking = this.#takeRounds()
      .catch((error: unknown) => this.#grumble(error))
      .finally(() => {
        this.#looking = undefined
      })
  }

  async #takeRounds(): Promise<void> {
    while (this.#again && !this.#stopping) {
      this.#again = false
      for (const lane of this.#lanes.values()) {
        if (lane.due && this.#wanted(lane))
          // A queue that cannot be read does not keep the others from being worked through.
          await this.#takeFrom(lane).catch((error: unknown) => this.#grumble(error))
      }
    }
  }

  async #takeFrom(lane: LaneAtWork): Promise<void> {
    const wanted = this.#wanted(lane)
    lane.due = false
    const claims = await take(this.#parts.boss, lane.lane, wanted)
    // Of a queue with limits or an order a take may come back short though more waits.
    if (claims.length === wanted || (claims.length && lane.opensByEnding)) lane.due = this.#again = true
    lane.taken.push(...claims)
    this.#begin(lane)
  }

  #wanted(lane: LaneAtWork): number {
    return lane.wanted(this.#parts.hands[lane.lane.kind], this.#free(lane))
  }

  /** One queue never takes all hands: there is always one left for the others. */
  #free({ lane, running }: LaneAtWork): number {
    const hands = this.#parts.hands[lane.kind]
    return Math.min(hands - this.#busy[lane.kind], Math.max(1, hands - 1) - running)
  }

  #begin(lane: LaneAtWork): void {
    while (!this.#stopping && lane.taken.length && this.#free(lane) > 0) {
      const claim = lane.taken.shift() as Claim
      lane.running++
      this.#busy[lane.lane.kind]++
      this.#inHand.set(
        claim,
        this.#carryOut(lane, claim).finally(() => this.#ended(lane, claim)),
      )
    }
  }

  #ended(lane: LaneAtWork, claim: Claim): void {
    this.#inHand.delete(claim)
    lane.running--
    this.#busy[lane.lane.kind]--
    if (lane.opensByEnding) lane.due = true
    this.#begin(lane)
    for (const other of this.#lanes.values()) if (other.taken.length) this.#begin(other)
    if ([...this.#lanes.values()].some((one) => one.due && this.#wanted(one))) this.#takeMore()
  }

  async #carryOut(lane: LaneAtWork, claim: Claim): Promise<void> {
    const { log, meters } = this.#parts
    const { name } = lane.lane
    const began = performance.now()
    const tell = (outcome: string) => {
      const ms = performance.now() - began
      lane.note(ms)
      meters.ended(name, outcome, ms / 1000)
      return { job: name, ms: Math.round(ms) }
    }
    try {
      const ending = await lane.lane.run(claim, this.#halt.signal)
      log.info(tell(ending), ending === 'done' ? 'job done' : 'job left')
    } catch (error) {
      if (error instanceof ClaimLost) return log.warn(tell('lost'), 'job taken back; nothing of it was written')
      log.error({ ...tell('failed'), err: error }, 'job failed')
      await this.#keepFailure(claim, error).catch((failed: unknown) => this.#grumble(failed))
    }
  }

  async #keepFailure(claim: Claim, error: unknown): Promise<void> {
    const { boss, asks } = this.#parts
    if (await giveWay(asks, claim)) return
    const { name, id, retryCount } = claim
    await boss.fail(name, { id, retryCount }, keptFailure(error))
  }

  /** The database is away, most likely: what is in hand is given back by whoever sweeps first. */
  #grumble(error: unknown): void {
    if (!this.#stopping) this.#parts.log.error({ err: error }, 'job queue')
  }
}
