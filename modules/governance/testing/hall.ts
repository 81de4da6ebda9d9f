import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Job } from '@commonhall/kernel'
import { asOwner, asServer, cast, type TestHouse, type Voice } from '@commonhall/engine/testing'

type Body = Readonly<Record<string, unknown>>
type Row = Record<string, string>

const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString()

/** An organization that votes: its people signed in, a rule set, and what tests do with elections over and over. */
export class Hall {
  readonly house: TestHouse
  readonly officer: Voice
  readonly staff: Voice
  readonly member: Voice
  readonly ruleSet: string

  private constructor(house: TestHouse, people: Pick<Hall, 'officer' | 'staff' | 'member'>, ruleSet: string) {
    this.house = house
    this.officer = people.officer
    this.staff = people.staff
    this.member = people.member
    this.ruleSet = ruleSet
  }

  static async open(house: TestHouse, rules: Body = {}): Promise<Hall> {
    await asOwner(
      house,
      `update foundation.org set modules = modules || '{governance}'
      where slug in ('local-100', 'riverside') and not 'governance' = any (modules)`,
    )
    const [officer, staff, member] = await Promise.all(
      [cast.officer, cast.staff, cast.member].map((one) => house.as(one)),
    )
    if (!officer || !staff || !member) throw new Error('The cast is there.')
    const name = `Rules ${randomUUID()}`
    const set = await made(officer, '/rule-sets', { name, from_on: '2020-01-01', quorum: 'none', ...rules })
    return new Hall(house, { officer, staff, member }, set['id'] ?? '')
  }

  /** Members who sign in nowhere, by card. */
  async members(many: number): Promise<string[]> {
    const rows = await asOwner<{ id: string }>(
      this.house,
      `select m.id from members.member m join foundation.org o on o.id = m.org_id and o.slug = 'local-100'
      where m.state = 'active' and m.archived_at is null and m.email is not null
        and not exists (select from foundation.membership b where b.member_id = m.id)
      order by m.card_number limit $1`,
      [many],
    )
    return rows.map(({ id }) => id)
  }

  /** An election in draft with one office. */
  async drafted(more: Body = {}, contest: Body = {}): Promise<{ election: string; contest: string }> {
    const election = await made(this.officer, '/elections', {
      name: 'Officers',
      rule_set: this.ruleSet,
      nominations_until_at: hours(1),
      opens_at: hours(2),
      closes_at: hours(72),
      ...more,
    })
    const office = await made(this.officer, '/contests', { election: election['id'], name: 'President', ...contest })
    return { election: election['id'] ?? '', contest: office['id'] ?? '' }
  }

  /** Time passes for one election: its dates are moved back. */
  async passed(election: string, columns: string, howLong: string): Promise<void> {
    const moved = columns.split(' ').map((one) => `${one} = ${one} - $2::interval`)
    await asOwner(this.house, `update governance.election set ${moved.join(', ')} where id = $1`, [election, howLong])
  }

  /** An election whose ballot is published, with two who stand. */
  async published(more: Body = {}, contest: Body = {}): Promise<{ election: string; contest: string }> {
    const made = await this.drafted(more, contest)
    await done(this.officer, `/elections/${made.election}/open-nominations`)
    for (const member of await this.members(2)) await this.standing(made.contest, member)
    await this.passed(made.election, 'nominations_until_at', '2 hours')
    await done(this.officer, `/elections/${made.election}/publish`)
    return made
  }

  /** Somebody stands: nominated by an officer, who takes the answer too. */
  async standing(contest: string, member: string): Promise<Row> {
    const candidate = await made(this.officer, '/candidates', { contest, member })
    return done(this.officer, `/candidates/${candidate['id']}/accept`)
  }

  async election(id: string): Promise<Row> {
    return (await this.officer.get(`/elections/${id}`)).json()
  }

  /** Under rules of union elections: everybody had notice by hand, and sixteen days pass until voting is to open. */
  async noticed(election: string): Promise<void> {
    await done(this.staff, `/elections/${election}/notices`, { way: 'hand', proof: 'List of April 3' })
    await this.daysPass(election, 16)
  }

  /** As if so many days had passed, for an election and the notices of it. */
  async daysPass(election: string, days: number): Promise<void> {
    await this.passed(election, 'opens_at closes_at', `${days} days`)
    await asOwner(this.house, 'update governance.voter_notice set sent_on = sent_on - $2::int where election = $1', [
      election,
      days,
    ])
  }

  /** What the server itself could write, though it went around every route. */
  async written(sql: string, values: unknown[] = []): Promise<unknown> {
    const { org } = await this.house.caller('local-100')
    return asServer(this.house, org.id, sql, values)
  }

  /** Runs the clock once, and what it found due. */
  async tick(slug = 'local-100'): Promise<void> {
    const { engine } = this.house
    const caller = await this.house.caller(slug)
    await engine.runJob(this.#job('governance.elections-keep-time'), caller, {})
    await this.work(slug)
  }

  /** Runs all queued work of the module, once each. */
  async work(slug = 'local-100'): Promise<void> {
    const caller = await this.house.caller(slug)
    for (;;) {
      const rows = await asOwner<{ name: string; data: { payload: Record<string, unknown> } }>(
        this.house,
        `update queue.job set state = 'completed', completed_on = now() where id in (select id from queue.job
          where name like 'governance.%' and state < 'active' and start_after <= now()
            and data ->> 'org' = $1 order by created_on limit 20) returning name, data`,
        [caller.org.id],
      )
      if (!rows.length) return
      for (const { name, data } of rows) await this.house.engine.runJob(this.#job(name), caller, data.payload)
    }
  }

  #job(name: string): Job {
    const job = this.house.engine.registry.jobs.get(name)?.job
    if (!job) throw new Error(`No job ${name}.`)
    return job
  }
}

export async function made(person: Voice, path: string, body: Body): Promise<Row> {
  const reply = await person.post(path, body)
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json()
}

/** An act that must be done, and what it answers. */
export async function done<Told = Row>(person: Voice, path: string, body?: unknown): Promise<Told> {
  const reply = await person.post(path, body)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}

/** What was looked at, which must be there. */
export async function seen<Told = Row>(person: Voice, path: string): Promise<Told> {
  const reply = await person.get(path)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}
