import { asOwner, type TestHouse, type Voice } from '@commonhall/engine/testing'
import type { SealedBallot } from '../ballots/check-token.ts'
import { keepKey } from '../ballots/keep-key.ts'
import { type MadeKey, makeKey } from '../ballots/make-key.ts'
import type { Marks } from '../ballots/ballot.ts'
import type { BallotPage } from '../pages/voting/ballot-page.ts'
import type { Booth, Call } from '../pages/voting/booth.ts'
import { openBooth } from '../pages/voting/open-booth.ts'
import type { Kept, Making, Shelf } from '../pages/voting/shelf.ts'

/** One contest of an election that is opened for a test. */
export interface Question {
  readonly name: string
  readonly method: string
  readonly seats?: number
  readonly choices?: number
  readonly counting?: object
  readonly candidates?: readonly string[]
}

interface Wanted {
  readonly slug?: string
  readonly questions?: readonly Question[]
  readonly rules?: object
}

const president: Question = { name: 'President', method: 'plurality', candidates: ['Ann', 'Bob', 'Cho'] }

/** Somebody on the roll: their row, their sign-in, and the device on which they vote. */
export interface Voter {
  readonly voter: string
  readonly member: string
  readonly voice: Voice
}

/** What a device keeps, in memory. */
export class MemoryShelf implements Shelf {
  readonly kept = new Map<string, unknown>()
  get = <Value>(name: string) => Promise.resolve(this.kept.get(name) as Value | undefined)
  put = (name: string, value: Kept | string) => Promise.resolve(void this.kept.set(name, value))
  remove = (name: string) => Promise.resolve(void this.kept.delete(name))
}

/** An election that is open, with people who vote in it by the browser's own library. */
export class Polling {
  readonly house: TestHouse
  readonly slug: string
  readonly org: string
  readonly election: string
  readonly key: MadeKey
  readonly voters: readonly Voter[]

  private constructor(house: TestHouse, made: Pick<Polling, 'slug' | 'org' | 'election' | 'key' | 'voters'>) {
    this.house = house
    this.slug = made.slug
    this.org = made.org
    this.election = made.election
    this.key = made.key
    this.voters = made.voters
  }

  /** Opens voting for so many people, new ones unless there are some already. */
  static async open(house: TestHouse, people: number | readonly Voter[], wanted: Wanted = {}): Promise<Polling> {
    const { slug = 'local-100', questions = [president], rules = {} } = wanted
    const caller = await house.caller(slug)
    const { id: org } = caller.org
    await asOwner(
      house,
      `update foundation.org set modules = modules || '{governance}'
      where slug = $1 and not 'governance' = any (modules)`,
      [slug],
    )
    const known = typeof people === 'number' ? await signUp(house, org, slug, people) : people
    const key = await makeKey()
    const [row] = await asOwner<{ id: string }>(house, electionSql, [
      org,
      JSON.stringify({ electorate: 'member', proxies: 'forbidden', ...rules }),
      key.public_key,
      key.fingerprint,
    ])
    const election = row?.id ?? ''
    for (const [index, question] of questions.entries()) await ask(house, org, election, question, index + 1)
    const roll = await asOwner<{ id: string; member: string }>(house, rollSql, [
      org,
      election,
      known.map((one) => one.member),
    ])
    await house.engine.act(await house.caller(slug), (ctx) => keepKey(ctx, election, key))
    const rows = new Map(roll.map(({ id, member }) => [member, id]))
    const voters = known.map((one) => ({ ...one, voter: rows.get(one.member) ?? '' }))
    return new Polling(house, { slug, org, election, key, voters })
  }

  async page({ voice }: Voter): Promise<BallotPage> {
    return (await voice.get(`/elections/${this.election}/ballot`)).json()
  }

  /** The booth on a device of somebody's; `lost` says which replies never arrive. */
  booth({ voice }: Voter, { shelf = new MemoryShelf(), lost = () => false, away = false }: Device = {}): Booth {
    const call: Call = async (_method, path, { body }) => {
      const reply = await voice.post(path.replace(`/orgs/${this.slug}`, ''), body)
      if (lost(path)) throw Object.assign(new Error('lost'), { status: 0 })
      const said = reply.json()
      if (reply.statusCode < 300) return said
      throw Object.assign(new Error(said.detail), { status: reply.statusCode, code: said.code })
    }
    const fetch = async (url: string, asked: { body: string; headers: Record<string, string> }) => {
      if (away) throw new TypeError('away')
      const reply = await this.house.app.inject({ method: 'POST', url, headers: asked.headers, payload: asked.body })
      if (lost(url)) throw new TypeError('lost')
      return new Response(reply.body, { status: reply.statusCode })
    }
    return openBooth({ org: this.slug, call, fetch: fetch as never, shelf, pauses: [] })
  }

  /** A ballot that is sealed and not yet cast, and takes the paper for it. */
  async sealed(voter: Voter, marks: (page: BallotPage) => Record<string, Marks>): Promise<SealedBallot> {
    const [page, shelf] = [await this.page(voter), new MemoryShelf()]
    const broken = this.booth(voter, { shelf, away: true })
    const kept = await broken
      .cast(page, voter.voter, marks(page))
      .catch(() => shelf.get<Making>(`ballot of ${voter.voter} in ${page.election}`))
    return (kept as Making).sealed as SealedBallot
  }

  /** Sends a ballot as it is. */
  send(sealed: object, headers: Record<string, string> = {}) {
    const url = `/api/v1/orgs/${this.slug}/elections/${this.election}/ballots`
    return this.house.app.inject({ method: 'POST', url, headers, payload: sealed })
  }

  /** Votes from a device of its own, and answers the receipt. */
  async vote(voter: Voter, marks: (page: BallotPage) => Record<string, Marks>): Promise<string> {
    const page = await this.page(voter)
    return (await this.booth(voter).cast(page, voter.voter, marks(page))).receipt
  }

  /** Marks the candidate at this place in each contest that is marked by choosing. */
  readonly choosing =
    (place: number) =>
    ({ contests }: BallotPage): Record<string, Marks> =>
      Object.fromEntries(contests.map(({ id, candidates }) => [id, { choices: [candidates[place]?.id ?? ''] }]))

  /** Closes voting, without what follows. */
  async close(): Promise<void> {
    await asOwner(this.house, "update governance.election set state = 'counting' where id = $1", [this.election])
  }

  /** What is in the box, as nobody but the owner of the database sees it while voting is open. */
  async box(): Promise<{ receipt: string; ballot: string; token: string }[]> {
    return await asOwner(this.house, 'select receipt, ballot, token from governance.ballot where election = $1', [
      this.election,
    ])
  }

  /** How many have taken a paper, and how many papers there are. */
  async taken(): Promise<number> {
    const [row] = await asOwner<{ taken: number; papers: number }>(
      this.house,
      `select (select count(*)::integer from governance.voter where election = $1 and taken = 'online') as taken,
        (select count(*)::integer from governance.ballot_paper where election = $1) as papers`,
      [this.election],
    )
    if (row?.taken !== row?.papers) throw new Error('Roll and papers differ.')
    return row?.taken ?? 0
  }
}

interface Device {
  readonly shelf?: Shelf
  /** Whether the reply to a request of this address is lost, after the server has done what it says. */
  readonly lost?: (path: string) => boolean
  /** No ballot arrives. */
  readonly away?: boolean
}

/** New members who sign in. */
async function signUp(house: TestHouse, org: string, slug: string, many: number): Promise<Voter[]> {
  const mark = crypto.randomUUID().slice(0, 8)
  const people = await asOwner<{ email: string; member: string }>(
    house,
    `with m as (insert into members.member (org_id, card_number, last_name, first_name, state, joined_on)
      select $1, $2 || n, 'Voter', n::text, 'active', '2020-01-01' from generate_series(1, $3) n
      returning id, card_number),
    u as (insert into foundation.user (email, name, email_verified_at)
      select card_number || '@${slug}.example', 'Voter', now() from m returning id, email),
    b as (insert into foundation.membership (org_id, user_id, member_id)
      select $1, u.id, m.id from u join m on u.email = m.card_number || '@${slug}.example' returning user_id),
    g as (insert into foundation.grant (org_id, user_id, role_id) select $1, user_id, r.id from b
      join foundation.role r on r.org_id = $1 and r.name = 'member')
    select u.email, m.id as member from u join m on u.email = m.card_number || '@${slug}.example'`,
    [org, mark, many],
  )
  // One after the other: each takes a connection of its own, and a database has not two hundred of them.
  const voters: Voter[] = []
  for (const { email, member } of people) voters.push({ voter: '', member, voice: await house.as(email) })
  return voters
}

async function ask(house: TestHouse, org: string, election: string, question: Question, place: number): Promise<void> {
  const { name, method, seats = 1, choices = null, counting = null, candidates = [] } = question
  await asOwner(
    house,
    `with c as (insert into governance.contest (org_id, election, name, position, method, seats, choices, counting)
      values ($1, $2, $3, $4, $5, $6, $7, $8) returning org_id, id, election)
    insert into governance.candidate (org_id, contest, election, name, position, state)
    select org_id, id, election, n, p, 'accepted' from c, unnest($9::text[]) with ordinality u (n, p)`,
    [org, election, name, place, method, seats, choices, counting && JSON.stringify(counting), candidates],
  )
}

/** As the house brings in what is further along: open, without the acts that lead there. */
const electionSql = `insert into governance.election (org_id, name, rules, public_key, key_fingerprint, state, opens_at,
    closes_at, opened_at)
  values ($1, 'Officers', $2, $3, $4, 'voting', now(), now() + interval '1 day', now()) returning id`

const rollSql = `with v as (
    insert into governance.voter (org_id, election, name, member, notice)
    select $1, $2, 'Voter ' || n, m, 'proven' from unnest($3::uuid[]) with ordinality u (m, n)
    returning org_id, id, member),
  h as (insert into governance.voter_holder (org_id, voter, member) select org_id, id, member from v)
  select id, member from v`
