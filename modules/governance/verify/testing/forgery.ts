import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { expect } from 'vitest'
import { type Ballot, count, readRules } from '../../counting/index.ts'

interface Head {
  readonly record: 'election'
  key_fingerprint: string
  readonly counters: Record<string, number>
  readonly election: { readonly id: string }
  readonly contests: readonly { id: string; candidates: { id: string }[]; counting: unknown }[]
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
  add({ vote, signature }: { vote: number; signature?: (message: Buffer) => Buffer }): number {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)
    const prefix = randomBytes(32)
    const ballot = this.#text(vote)
    const own = sign('sha256', Buffer.from(ballot), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    const issued = signature?.(Buffer.concat([prefix, point])) ?? randomBytes(256)
    this.#ballots.push({
      record: 'ballot',
      origin: 'online',
      token: point.toString('base64url'),
      prefix: prefix.toString('base64url'),
      signature: issued.toString('base64url'),
      ballot,
      ballot_signature: own.toString('base64url'),
      receipt: hashOf(ballot),
    })
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
  drop(): string {
    const at = this.#ballots.findIndex(({ origin }) => origin === 'online')
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
