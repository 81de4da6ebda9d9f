import { say } from '@commonhall/kernel'
import { type FilledBallot, receiptOf } from '../../ballots/ballot.ts'
import type { BallotPage, PublishedKey } from './ballot-page.ts'
import { blind, unblind } from './blinding.ts'
import { type Booth, type BoothDoors, BoothProblem, type KeptBallot, type Step } from './booth.ts'
import { deliver, unreachable } from './deliver.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { newKeys, seal } from './sealing.ts'
import { type Kept, type Making, openShelf, type Shelf } from './shelf.ts'

interface Doors extends BoothDoors {
  readonly shelf?: Shelf
  readonly fetch?: typeof globalThis.fetch
  /** Pauses before it is sent again where no answer came, in milliseconds. */
  readonly pauses?: readonly number[]
}

const wrong = (code: keyof typeof sentences): BoothProblem => new BoothProblem(code, sentences[code]())

const sentences = {
  insecure: () => say('governance:ballot.booth.insecure'),
  no_storage: () => say('governance:ballot.booth.no_storage'),
  no_key: () => say('governance:ballot.booth.no_key'),
  key_changed: () => say('governance:ballot.booth.key_changed'),
  bad_paper: () => say('governance:ballot.booth.bad_paper'),
}

/** What the server says of a ballot, and not of the moment: it can be filled in again with the same paper. */
const ofTheBallot: ReadonlySet<string> = new Set([
  'malformed',
  'too_large',
  'wrong_election',
  'unknown_contest',
  'unknown_candidate',
  'marked_twice',
  'too_many_choices',
  'too_many_points',
  'wrong_marks',
  'same_receipt',
])

/** The booth of one org on this device. */
export function openBooth(doors: Doors): Booth {
  if (!globalThis.crypto?.subtle) throw wrong('insecure')
  return new DeviceBooth(doors)
}

class DeviceBooth implements Booth {
  readonly #doors: Doors & Required<Pick<Doors, 'fetch' | 'pauses'>>
  #shelf: Shelf | undefined

  constructor(doors: Doors) {
    const fetch: typeof globalThis.fetch = (...asked) => globalThis.fetch(...asked)
    this.#doors = { fetch, pauses: [500, 2000], ...doors }
  }

  async kept(page: BallotPage, voter: string): Promise<KeptBallot | null> {
    const kept = await this.#look(page, voter)
    return kept ? { stage: kept.stage, receipt: kept.stage === 'cast' ? kept.receipt : null } : null
  }

  async forget(page: BallotPage, voter: string): Promise<void> {
    await this.#shelved((shelf) => shelf.remove(nameOf(page, voter)))
  }

  async cast(
    page: BallotPage,
    voter: string,
    choices: FilledBallot['choices'],
    told: (step: Step) => void = () => {},
  ): Promise<{ receipt: string; resumed: boolean }> {
    // Two tabs share one paper: the second waits, and finds what the first has done.
    return await alone(nameOf(page, voter), async () => {
      const before = await this.#look(page, voter)
      if (before?.stage === 'cast') return { receipt: before.receipt, resumed: true }
      const key = await this.#pinned(page)
      const making = before?.fingerprint === key.fingerprint ? before : await this.#prepare(page, voter, key, told)
      const signed = making.stage === 'asked' ? await this.#ask(page, voter, key, making, told) : making
      const sealed = signed.stage === 'signed' ? await this.#seal(page, voter, signed, choices, told) : signed
      told('casting')
      const receipt = await this.#send(page, voter, sealed)
      await this.#keep(page, voter, { stage: 'cast', receipt })
      return { receipt, resumed: making.stage === 'sealed' }
    })
  }

  /** The key as it was published when this device first saw it: a key for a few would tell who they are. */
  async #pinned({ election, key }: BallotPage): Promise<PublishedKey> {
    if (!key) throw wrong('no_key')
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', fromBase64url(key.public_key)))
    const fingerprint = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
    const pin = `key of ${election}`
    const known = await this.#shelved((shelf) => shelf.get<string>(pin))
    if (fingerprint !== key.fingerprint || (known !== undefined && known !== fingerprint)) throw wrong('key_changed')
    if (known === undefined) await this.#shelved((shelf) => shelf.put(pin, fingerprint))
    return key
  }

  /** Makes key and blinding, and keeps them before anything is asked: else a lost reply would be a lost vote. */
  async #prepare(page: BallotPage, voter: string, key: PublishedKey, told: (step: Step) => void): Promise<Making> {
    told('preparing')
    const { keys, token } = await newKeys()
    const { fingerprint } = key
    const made: Making = { stage: 'asked', keys, token: toBase64url(token), fingerprint, ...(await blind(key, token)) }
    return await this.#keep(page, voter, made)
  }

  async #ask(
    { election, ...page }: BallotPage,
    voter: string,
    key: PublishedKey,
    making: Making,
    told: (step: Step) => void,
  ): Promise<Making> {
    told('asking')
    const path = `/orgs/${this.#doors.org}/elections/${election}/ballot-paper`
    const body = { voter, blinded: making.blinded }
    const { signature: given } = await this.#patiently(() =>
      this.#doors.call<{ signature: string }>('POST', path, { body }).catch(refusedOrUnreachable),
    ).catch(async (problem: unknown) => {
      // Somebody else took it: what was prepared here is of no use any more.
      if ((problem as BoothProblem).code === 'already_taken') await this.forget({ election, ...page }, voter)
      throw problem
    })
    const signature = await unblind(key, making.token, making, given).catch(() => {
      throw wrong('bad_paper')
    })
    return await this.#keep({ election, ...page }, voter, { ...making, stage: 'signed', signature })
  }

  async #seal(
    page: BallotPage,
    voter: string,
    making: Making,
    choices: FilledBallot['choices'],
    told: (step: Step) => void,
  ): Promise<Making> {
    told('sealing')
    const { token, prefix, signature = '' } = making
    const sealed = { token, prefix, signature, ...(await seal(page, choices, making.keys)) }
    return await this.#keep(page, voter, { ...making, stage: 'sealed', sealed })
  }

  async #send(page: BallotPage, voter: string, making: Making): Promise<string> {
    const { sealed, ...rest } = making
    if (!sealed) throw wrong('bad_paper')
    const receipt = await this.#patiently(() => deliver(this.#doors, page.election, sealed)).catch(
      async (problem: unknown) => {
        if (ofTheBallot.has((problem as BoothProblem).code)) await this.#keep(page, voter, { ...rest, stage: 'signed' })
        throw problem
      },
    )
    // A server that answers another receipt has put another ballot in.
    if (receipt !== (await receiptOf(sealed.ballot))) throw wrong('bad_paper')
    return receipt
  }

  async #patiently<Value>(work: () => Promise<Value>): Promise<Value> {
    for (const pause of this.#doors.pauses) {
      try {
        return await work()
      } catch (problem) {
        if (!(problem instanceof BoothProblem) || problem.code !== 'unreachable') throw problem
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
    return await work()
  }

  #look = (page: BallotPage, voter: string) => this.#shelved((shelf) => shelf.get<Kept>(nameOf(page, voter)))

  async #keep<Value extends Kept>(page: BallotPage, voter: string, value: Value): Promise<Value> {
    await this.#shelved((shelf) => shelf.put(nameOf(page, voter), value))
    return value
  }

  /** A device that keeps nothing could lose a vote: better it is told before anything is asked. */
  async #shelved<Value>(work: (shelf: Shelf) => Promise<Value>): Promise<Value> {
    try {
      return await work((this.#shelf ??= this.#doors.shelf ?? openShelf()))
    } catch {
      throw wrong('no_storage')
    }
  }
}

const nameOf = ({ election }: Pick<BallotPage, 'election'>, voter: string) => `ballot of ${voter} in ${election}`

/** One tab at a time. */
const alone = <Value>(name: string, work: () => Promise<Value>): Promise<Value> =>
  'locks' in navigator ? navigator.locks.request(`commonhall ${name}`, work) : work()

function refusedOrUnreachable(problem: unknown): never {
  const { status = 0, code = '', message = '' } = problem as { status?: number; code?: string; message?: string }
  throw status === 0 || status >= 500 ? unreachable() : new BoothProblem(code, message)
}
