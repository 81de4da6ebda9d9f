import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { expect } from 'vitest'
import { type Ballot, count, readRules } from '../../counting/index.ts'

interface Head {
  readonly record: 'election'
  key: string
  key_fingerprint: string
  seed: string
  readonly counters: Record<string, number>
  readonly election: { readonly id: string }
  readonly contests: readonly {
    id: string
    candidates: { id: string }[]
    counting: { candidates: string[]; excluded_candidates: string[]; tie_break: { mode: string; seed: string } }
  }[]
}

interface Line {
  readonly record: 'ballot'
  readonly origin: string
  readonly token?: string
  readonly prefix?: string
  readonly signature?: string
  readonly ballot_signature?: string
  ballot: string
  receipt: string
}

interface Result {
  readonly record: 'result'
  readonly contest: string
  count: { winners: string[]; rounds: { tally: Record<string, string> }[] }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}
type Signing = (message: Buffer) => Buffer

const ownPair = (): Pair => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pointOf = ({ publicKey }: Pair) => publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)

/** Signs as an election does whose key this is. */
export const issuing =
  (key: KeyObject): Signing =>
  (message) =>
    sign('sha384', message, { key, padding: 6, saltLength: 48 })

/** A published box in the hands of somebody who forges it, and knows all that the server knows but the key. */
export class Forgery {
  readonly head: Head
  readonly #ballots: Line[]
  readonly #results: Result[]
  readonly #seal: string

  constructor(box: string) {
    const lines = box
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Head | Line | Result | { record: 'seal'; sha256: string })
    this.head = lines[0] as Head
    this.#ballots = lines.filter(({ record }) => record === 'ballot') as Line[]
    this.#results = lines.filter(({ record }) => record === 'result') as Result[]
    this.#seal = (lines.at(-1) as { sha256: string }).sha256
  }

  #candidate(place: number): string {
    return this.head.contests[0]?.candidates[place]?.id ?? expect.fail('There are not so many candidates.')
  }

  #text(place: number): string {
    const choices = { [this.head.contests[0]?.id ?? '']: { choices: [this.#candidate(place)] } }
    return JSON.stringify({ election: this.head.election.id, choices, salt: randomBytes(16).toString('hex') })
  }

  /** A ballot that its forger signs as its voter would, but that no election has issued. Answers its line. */
  add({ vote, signature, pair = ownPair() }: { vote: number; signature?: Signing; pair?: Pair }): number {
    const prefix = randomBytes(32)
    const issued = signature?.(Buffer.concat([prefix, pointOf(pair)])) ?? randomBytes(256)
    const token = pointOf(pair).toString('base64url')
    const line = { token, prefix: prefix.toString('base64url'), signature: issued.toString('base64url') }
    this.#ballots.push({ record: 'ballot', origin: 'online', ...line, ...this.#signed(vote, pair) })
    return this.#ballots.length + 1
  }

  #signed(vote: number, { privateKey }: Pair): Pick<Line, 'ballot' | 'ballot_signature' | 'receipt'> {
    const ballot = this.#text(vote)
    const own = sign('sha256', Buffer.from(ballot), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return { ballot, ballot_signature: own.toString('base64url'), receipt: hashOf(ballot) }
  }

  /** The box of an election whose key is this one, with a paper that the forger got by right: its voter's pair. */
  ofKey({ publicKey, privateKey }: Pair): Pair {
    const spki = publicKey.export({ format: 'der', type: 'spki' })
    this.head.key = spki.toString('base64')
    this.head.key_fingerprint = createHash('sha256').update(spki).digest('hex')
    this.#ballots.splice(0, this.#ballots.length, ...this.#ballots.filter(({ origin }) => origin === 'paper'))
    const pair = ownPair()
    this.add({ vote: 0, pair, signature: issuing(privateKey) })
    return pair
  }

  /** The last ballot's paper once more, spelled in another way, with another text. Answers its line. */
  respell(pair: Pair, spelled: (token: string) => string): number {
    const last = this.#ballots.at(-1) ?? expect.fail('There is no ballot.')
    this.#ballots.push({ ...last, token: spelled(last.token ?? ''), ...this.#signed(0, pair) })
    return this.#ballots.length + 1
  }

  addPaper(vote: number): void {
    const ballot = this.#text(vote)
    this.#ballots.push({ record: 'ballot', origin: 'paper', ballot, receipt: hashOf(ballot) })
  }

  /** A vote for one becomes a vote for another. */
  change({ from, to }: { from: number; to: number }): number {
    const at = this.#ballots.findIndex(
      ({ ballot, origin }) => origin === 'online' && ballot.includes(this.#candidate(from)),
    )
    this.#set(at, (text) => text.replace(this.#candidate(from), this.#candidate(to)))
    return at + 2
  }

  rewrite(edit: (text: string) => string): void {
    this.#set(
      this.#ballots.findIndex(({ origin }) => origin === 'online'),
      edit,
    )
  }

  #set(at: number, edit: (text: string) => string): void {
    const line = this.#ballots[at] ?? expect.fail('There is no such ballot.')
    line.ballot = edit(line.ballot)
    line.receipt = hashOf(line.ballot)
  }

  duplicate(): { line: number; before: number } {
    const at = this.#ballots.findIndex(({ origin }) => origin === 'online')
    this.#ballots.push({ ...(this.#ballots[at] ?? expect.fail('There is no ballot.')) })
    return { line: this.#ballots.length + 1, before: at + 2 }
  }

  /** Answers its receipt. */
  drop(vote: number): string {
    const at = this.#ballots.findIndex(
      ({ ballot, origin }) => origin === 'online' && ballot.includes(this.#candidate(vote)),
    )
    const [gone] = this.#ballots.splice(at, 1)
    return gone?.receipt ?? expect.fail('There is no ballot.')
  }

  /** One vote more for one, and one less for another. */
  shiftVote(): void {
    const tally = this.#results[0]?.count.rounds[0]?.tally ?? {}
    const [one = '', , other = ''] = this.head.contests[0]?.candidates.map(({ id }) => id) ?? []
    tally[one] = String(Number(tally[one]) - 1)
    tally[other] = String(Number(tally[other]) + 1)
  }

  crown(place: number): void {
    const [result] = this.#results
    if (result) result.count.winners = [this.#candidate(place)]
  }

  /** Results and counters that fit the ballots, as far as one can make them; and a new seal. */
  covered(): string {
    const of = (origin: string) => this.#ballots.filter((one) => one.origin === origin).length
    const { counters } = this.head
    counters['cast'] = of('online')
    counters['issued'] = Math.max(counters['issued'] ?? 0, of('online'))
    counters['paper_counted'] = of('paper')
    for (const result of this.#results) {
      const contest = this.head.contests.find(({ id }) => id === result.contest)
      const marks = this.#ballots.flatMap(({ ballot }): Ballot[] => {
        const { choices } = JSON.parse(ballot) as { choices: Record<string, Ballot> }
        return [choices[result.contest] ?? {}]
      })
      result.count = count(readRules(contest?.counting), marks) as unknown as Result['count']
    }
    return this.sealed()
  }

  /** With a seal that fits. */
  sealed = () => this.text((before) => hashOf(before))

  text(seal: (before: string) => string = () => this.#seal): string {
    const lines = [this.head, ...this.#ballots, ...this.#results].map((line) => `${JSON.stringify(line)}\n`).join('')
    return `${lines}${JSON.stringify({ record: 'seal', sha256: seal(lines) })}\n`
  }
}
