import { expect } from 'vitest'
import { cast, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { ballotsAreCounted } from '../closing/ballots-are-counted.ts'
import { type Held, type Verdict, verifyBox } from '../verify/index.ts'
import { done, Hall, seen } from './hall.ts'
import { Polling, type Question, type Voter } from './polling.ts'

interface Result {
  readonly counted: boolean
  readonly seal: string
  readonly counters: Record<string, number>
  readonly warnings: string[]
  readonly contests: {
    readonly id: string
    readonly name: string
    readonly candidates: { readonly id: string; readonly name: string }[]
    readonly winners: string[]
    readonly result: { readonly rounds: { readonly tally: Record<string, string> }[] } | null
    readonly rounds: { readonly sentences: string[] }[]
  }[]
}

/** How the counting stands, as officers read it. */
export interface Stands {
  readonly state: string
  readonly counted: boolean
  readonly can_count_without: boolean
  readonly counters: Record<string, number>
  readonly missing: string[]
  readonly warnings: string[]
  readonly ties: { contest: string; round: number; pass: number | null; among: { id: string; name: string }[] }[]
}

/** The office of an election that is open: whoever hands out papers, reads them, closes, and certifies. */
export class Office {
  readonly hall: Hall
  readonly polling: Polling
  readonly officer: Voice
  readonly officer2: Voice
  readonly staff: Voice

  private constructor(hall: Hall, polling: Polling, officer2: Voice) {
    this.hall = hall
    this.polling = polling
    this.officer = hall.officer
    this.officer2 = officer2
    this.staff = hall.staff
  }

  static async open(
    house: TestHouse,
    voters: number | readonly Voter[],
    questions?: readonly Question[],
    rules = {},
  ): Promise<Office> {
    const hall = await Hall.open(house)
    const polling = await Polling.open(house, voters, questions ? { questions, rules } : { rules })
    return new Office(hall, polling, await house.as(cast.officer2))
  }

  get at(): string {
    return `/elections/${this.polling.election}`
  }

  /** The row on the roll of the voter at this place. */
  voter(place: number): string {
    return this.polling.voters[place]?.voter ?? expect.fail('There are not so many voters.')
  }

  /** Those at these places vote online, each for the candidate at the other place. */
  async online(votes: Readonly<Record<number, number>>): Promise<string[]> {
    const receipts: string[] = []
    for (const [place, candidate] of Object.entries(votes)) {
      const voter = this.polling.voters[Number(place)] ?? expect.fail('There are not so many voters.')
      receipts.push(await this.polling.vote(voter, this.polling.choosing(candidate)))
    }
    return receipts
  }

  /** What is marked for the candidate at a place, in the first contest. */
  async marks(...places: number[]): Promise<Record<string, { choices: string[] }>> {
    const { contests } = await this.results()
    const [first] = contests
    return { [first?.id ?? '']: { choices: places.map((place) => first?.candidates[place]?.id ?? '') } }
  }

  /** A paper, entered by one of the office; the refusal or the state that it is in then. */
  async enter(who: Voice, number: string, choices: object | null): Promise<string> {
    const body = choices ? { number, kind: 'ballot', choices } : { number, kind: 'void', reason: 'A drawing' }
    const reply = await who.post(`${this.at}/paper-ballots`, body)
    const said = reply.json()
    return said.state ?? said.code
  }

  async paper(number: string): Promise<{ id: string; state: string; reason: string | null }> {
    const path = `/paper-ballots?filter[election]=${this.polling.election}&filter[number]=${number}&limit=200`
    const { data } = await seen<{ data: { id: string; number: string; state: string; reason: string | null }[] }>(
      this.officer,
      path.replace(/&filter\[number\][^&]*/, ''),
    )
    return data.find((one) => one.number === number) ?? expect.fail(`There is no paper ${number}.`)
  }

  close = () => done(this.officer, `${this.at}/close`, { reason: 'All are here.' })
  stands = () => seen<Stands>(this.officer, `${this.at}/counting`)
  results = () => seen<Result>(this.officer, `${this.at}/results`)

  /** Counts as the job does, whether or not it is queued. */
  count = async () =>
    this.polling.house.engine.runJob(ballotsAreCounted, await this.polling.house.caller(), {
      election: this.polling.election,
    })

  /** Runs what is queued, as the server does. */
  work = () => this.hall.work()

  async file(what: 'box' | 'archive', who = this.officer): Promise<string> {
    const { statusCode, body } = await who.get(`${this.at}/${what}`)
    return statusCode === 200 ? body : expect.fail(body.slice(0, 500))
  }

  verify = async (held?: Held): Promise<Verdict> => verifyText(await this.file('box'), held)
}

/** Lines of a text, as they are read from a file. */
export async function* linesIn(text: string): AsyncGenerator<string> {
  const lines = text.split('\n')
  for (const line of lines.at(-1) === '' ? lines.slice(0, -1) : lines) yield await Promise.resolve(line)
}

export const verifyText = (text: string, held?: Held): Promise<Verdict> => verifyBox(linesIn(text), held)
