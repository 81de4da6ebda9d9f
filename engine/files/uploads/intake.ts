import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Registry as Meters } from 'prom-client'
import { Refusal, refuse, say } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import { Gate, refuseBusy } from '../../gate.ts'
import { inTime } from '../../in-time.ts'
import type { Bytes, FileStore } from '../stores/store.ts'
import type { Sum } from '../stores/sum.ts'
import { UploadMeters } from './meters.ts'
import type { Pace } from './pace.ts'
import { spoken } from './protocol.ts'
import { inPieces } from './in-pieces.ts'
import { addressOf, holding, keepHolding, type UploadRow } from './rows.ts'
import { Sums } from './sums.ts'
import { verified } from './verified.ts'

/** So many requests bring bytes at a time; the others wait, with what they send in their own network's hands. */
const atOnce = 96

/** One person has no more of these places than so many, however slowly they send. */
const share = atOnce / 2

const gateFor = (places: number) =>
  new Gate(places, 2000, { sendAway: () => refuseBusy(say('uploads:busy')), patience: 60_000 })

/** Whose share of the places is taken. */
export const personOf = ({ actor, org }: Caller): string => actor.userId ?? org.id

/** No check waits longer for others to arrive, in seconds. */
const longestRush = 20

/** What one request brings. */
export interface Delivery {
  readonly upload: UploadRow
  readonly offset: number
  readonly source: Readable
  /** What is broken off when nothing comes, where the bytes are a part of something larger. */
  readonly line?: Readable
  /** Who has the upload to themselves. */
  readonly holder: string
  /** The SHA-256 that its bytes are to have; they count only once that is true. */
  readonly checksum: string | null
  /** What to say when more comes than was announced, if it is not just that. */
  readonly tooLong?: string
}

interface InHand {
  heardAt: number
  readonly source: Readable
  readonly ended: Promise<void>
}

/** A connection that brought nothing for so long may be dead without anybody having been told. */
const silence = 2_000

/** Takes bytes in: some requests at a time, never a whole file in memory, and lets go of those who are too slow. */
export class Intake {
  readonly sums = new Sums()
  readonly meters: UploadMeters
  /** Completing holds a connection of the database: some are left for everybody else. */
  readonly ends: Gate
  readonly #gate = gateFor(atOnce)
  readonly #own = new Map<string, { readonly gate: Gate; many: number }>()
  #present = 0
  readonly #inHand = new Map<string, InHand>()

  constructor(meters: Meters, connections: number) {
    this.meters = new UploadMeters(meters)
    this.ends = new Gate(Math.max(1, Math.floor(connections * 0.7)), 5000, {
      sendAway: () => refuseBusy(say('uploads:busy')),
    })
  }

  /** Waits until there is a place for one more who brings bytes, among all and among this person's own. */
  async turn<Value>(person: string, work: () => Promise<Value>): Promise<Value> {
    const own = this.#own.get(person) ?? { gate: gateFor(share), many: 0 }
    this.#own.set(person, own)
    own.many++
    this.#present++
    try {
      return await own.gate.pass(() => this.#gate.pass(work))
    } finally {
      this.#present--
      if (!--own.many) this.#own.delete(person)
    }
  }

  /**
   * So many seconds the check of a file waits: none as a rule. While many arrive at once it would take the processor
   * and the disk from those that are still on their way.
   */
  get rush(): number {
    return Math.min(longestRush, Math.floor(this.#present / 4))
  }

  /**
   * Makes sure that nobody in this process still has the upload in hand without bringing anything: a phone that has
   * changed its network comes back sooner than its old connection is known to be dead.
   */
  async makeWay(id: string): Promise<void> {
    const before = this.#inHand.get(id)
    if (!before) return
    if (Date.now() - before.heardAt > silence) before.source.destroy(new Error('Given up for another connection.'))
    await inTime(before.ended, silence, undefined)
  }

  /** Takes the bytes of one request. Throws what ended it too early; what came before is kept. */
  async receive(engine: Engine, caller: Caller, delivery: Delivery): Promise<number> {
    const { upload, offset, source, holder } = delivery
    const store = engine.files.stores.of(upload.store)
    const sum = this.sums.take(upload.id, offset)
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    const inHand: InHand = { heardAt: Date.now(), source: delivery.line ?? source, ended }
    this.#inHand.set(upload.id, inHand)
    this.meters.receiving.inc()
    const watch = watched(inHand, engine.files.pace, () => keepHolding(engine, caller, upload.id, holder))
    try {
      const bytes = this.#listen(delivery, inHand, sum, watch)
      return await this.#append(store, delivery, bytes, sum)
    } catch (error) {
      this.meters.broke(error instanceof Refusal ? error.code : 'fault')
      throw error
    } finally {
      watch.stop()
      this.meters.receiving.dec()
      if (this.#inHand.get(upload.id) === inHand) this.#inHand.delete(upload.id)
      end()
    }
  }

  async #append(store: FileStore, delivery: Delivery, bytes: Bytes, sum: Sum | undefined): Promise<number> {
    const { upload, offset, checksum } = delivery
    const address = addressOf(upload)
    const keep = (received: number) => {
      if (sum?.size === received) this.sums.keep(upload.id, sum)
    }
    try {
      const received = checksum
        ? await verified(store, { org: upload.org_id, upload: randomUUID() }, bytes, checksum, (good) =>
            store.append(address, offset, good),
          )
        : await store.append(address, offset, bytes)
      keep(received)
      return received
    } catch (error) {
      // Often all that was heard has been kept too, and the sum can go on from there.
      keep(await store.received(address).catch(() => -1))
      throw error
    }
  }

  /** The bytes as they come: counted, summed up, and refused when there are more than were announced. */
  async *#listen(
    { upload, offset, source, tooLong = say('uploads:too_long') }: Delivery,
    inHand: InHand,
    sum: Sum | undefined,
    watch: Watch,
  ): AsyncGenerator<Uint8Array> {
    let at = offset
    try {
      for await (const chunk of inPieces(source)) {
        at += chunk.length
        if (at > upload.size) refuse('too_large', tooLong, { headers: spoken })
        inHand.heardAt = Date.now()
        watch.heard(chunk.length)
        this.meters.bytes.inc(chunk.length)
        sum?.add(chunk)
        watch.wait(false)
        yield chunk
        watch.wait(true)
      }
    } catch (error) {
      if (error instanceof Refusal) throw error
      refuse('broken_off', say('uploads:broken_off'), { status: 400, headers: spoken })
    }
  }
}

interface Watch {
  heard(bytes: number): void
  /** Whether it is the sender who is waited for. A store that takes its time is not their fault. */
  wait(forSender: boolean): void
  stop(): void
}

/** Looks now and then whether enough comes, and tells others that somebody is still sending. */
function watched(inHand: InHand, { stretch, least }: Pace, tell: () => Promise<void>): Watch {
  let sinceLook = 0
  let sinceTold = 0
  let waits = true
  const look = setInterval(() => {
    if (waits && sinceLook < least) inHand.source.destroy(new Error('Too slow.'))
    sinceLook = 0
  }, stretch)
  const tellers = setInterval(
    () => {
      if (sinceTold) void tell().catch(() => {})
      sinceTold = 0
    },
    (holding * 1000) / 3,
  )
  return {
    heard(bytes) {
      sinceLook += bytes
      sinceTold += bytes
    },
    wait(forSender) {
      waits = forSender
    },
    stop() {
      clearInterval(look)
      clearInterval(tellers)
    },
  }
}
