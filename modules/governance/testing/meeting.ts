import { expect } from 'vitest'
import type { Job } from '@commonhall/kernel'
import { asOwner, cast, type TestHouse, type Voice } from '@commonhall/engine/testing'

type Body = Readonly<Record<string, unknown>>
export type Answer = Record<string, string>

export const inHours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString()

export async function made(voice: Voice, path: string, body: Body): Promise<Answer> {
  const reply = await voice.post(path, body)
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json()
}

export async function done(voice: Voice, path: string, body: Body = {}): Promise<Answer> {
  const reply = await voice.post(path, body)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}

/** Local 100 as it decides: its people signed in, and what tests do with proposals over and over. */
export class Meeting {
  readonly house: TestHouse
  readonly officer: Voice
  readonly staff: Voice
  readonly member: Voice
  /** The member of the cast, on the roll. */
  readonly me: string
  #sets = 0

  private constructor(house: TestHouse, people: Pick<Meeting, 'officer' | 'staff' | 'member'>, me: string) {
    this.house = house
    this.officer = people.officer
    this.staff = people.staff
    this.member = people.member
    this.me = me
  }

  static async open(house: TestHouse): Promise<Meeting> {
    await asOwner(
      house,
      `update foundation.org set modules = modules || '{governance}'
      where slug in ('local-100', 'riverside') and not 'governance' = any (modules)`,
    )
    const people = {
      officer: await house.as(cast.officer),
      staff: await house.as(cast.staff),
      member: await house.as(cast.member),
    }
    const [me] = await asOwner<{ id: string }>(
      house,
      `select b.member_id as id from foundation.membership b join foundation.user u on u.id = b.user_id
      where u.email = $1`,
      [cast.member],
    )
    return new Meeting(house, people, me?.id ?? '')
  }

  /** Puts people of the cast on the roll, as active members who have none to sign in for them: their ids. */
  async enroll(...people: readonly string[]): Promise<string[]> {
    const rows = await asOwner<{ id: string; n: number }>(
      this.house,
      `with free as (
        select m.id, row_number() over (order by m.card_number) as n from members.member m
        join foundation.org o on o.id = m.org_id and o.slug = 'local-100'
        where m.state = 'active' and m.archived_at is null
          and not exists (select from foundation.membership b where b.member_id = m.id)),
      who as (select u.id, email.n from unnest($1::text[]) with ordinality email (name, n)
        join foundation.user u on u.email = email.name)
      update foundation.membership b set member_id = free.id from who join free using (n)
      where b.user_id = who.id and b.org_id = (select id from foundation.org where slug = 'local-100')
      returning b.member_id as id, who.n`,
      [people],
    )
    return rows.toSorted((a, b) => a.n - b.n).map(({ id }) => id)
  }

  /** Rules of a name of their own. */
  async rules(more: Body = {}): Promise<string> {
    this.#sets += 1
    const plain = { name: `Rules ${this.#sets}`, from_on: '2020-01-01', quorum: 'none' }
    return (await made(this.officer, '/rule-sets', { ...plain, ...more }))['id'] ?? ''
  }

  /** A proposal of the member of the cast, in draft. */
  async drafted(more: Body = {}): Promise<Answer> {
    const given = { title: 'A new roof', text: 'We mend the roof.', closes_at: inHours(48) }
    return await made(this.member, '/proposals', { ...given, ...more })
  }

  async discussed(more: Body = {}): Promise<Answer> {
    const { id } = await this.drafted(more)
    return await done(this.officer, `/proposals/${id}/discuss`)
  }

  /** One that can be voted on now. */
  async opened(more: Body = {}): Promise<Answer> {
    const { id } = await this.discussed({ rule_set: more['rule_set'] ?? (await this.rules()), ...more })
    return await done(this.officer, `/proposals/${id}/open-vote`)
  }

  /** The time at which voting closes has come. */
  async over(id: unknown): Promise<void> {
    await asOwner(
      this.house,
      `with off as (select set_config('session_replication_role', 'replica', true))
      update governance.proposal set opens_at = now() - interval '2 hours', closes_at = now() - interval '1 second'
      from off where id = $1`,
      [id],
    )
  }

  async run(job: Job, payload: Body = {}): Promise<void> {
    await this.house.engine.runJob(job, await this.house.caller('local-100'), payload)
  }
}

/** Sends what must be refused: status, code and sentence; and nothing of governance is otherwise than before. */
export async function refused(house: TestHouse, send: () => ReturnType<Voice['post']>): Promise<unknown[]> {
  const before = await written(house)
  const reply = await send()
  expect(reply.statusCode, reply.body).toBeGreaterThanOrEqual(400)
  expect(await written(house)).toEqual(before)
  const { code, detail } = reply.json()
  return [reply.statusCode, code, detail]
}

const tables = 'rule_set proposal revision amendment comment vote vote_holder proxy election'.split(' ')

/** All that could have been written, as sums. */
async function written(house: TestHouse): Promise<unknown> {
  const sums = tables.map(
    (name) => `(select md5(string_agg(t::text, '' order by t::text)) from governance.${name} t) as ${name}`,
  )
  const events = '(select count(*) from foundation.event) as events'
  return (await asOwner(house, `select ${sums.join(', ')}, ${events}`))[0]
}
