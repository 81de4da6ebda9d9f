import { expect } from 'vitest'
import { asOwner, cast, type TestHouse, type Voice } from '@commonhall/engine/testing'

/** Of Local 100, as the tests of payments meet it: its people signed in, a program, and places to work. */
export class Local {
  readonly house: TestHouse
  readonly staff: Voice
  readonly officer: Voice
  readonly officer2: Voice
  readonly treasurer: Voice
  readonly program: string
  readonly contractor: string

  private constructor(house: TestHouse, people: Pick<Local, 'staff' | 'officer' | 'officer2' | 'treasurer'>, ids: Ids) {
    this.house = house
    this.staff = people.staff
    this.officer = people.officer
    this.officer2 = people.officer2
    this.treasurer = people.treasurer
    this.program = ids.program
    this.contractor = ids.contractor
  }

  static async open(house: TestHouse, budget = '10000000'): Promise<Local> {
    const [staff, officer, officer2, treasurer] = await Promise.all([
      house.as(cast.staff),
      house.as(cast.officer),
      house.as(cast.officer2),
      house.as(cast.treasurer),
    ])
    const classification = `Journeyman ${budget}`
    await made(officer, '/scales', { classification, rate: '50', from_on: '2025-01-01' })
    const contractor = await made(staff, '/contractors', { name: `Bayline Electric ${budget}` })
    const program = await made(officer, '/programs', {
      name: `Harbor ${budget}`,
      state: 'active',
      budget,
      from_on: '2025-01-01',
    })
    return new Local(
      house,
      { staff, officer, officer2, treasurer },
      { program: program['id'] ?? '', contractor: contractor['id'] ?? '' },
    )
  }

  /** So many members at work, at a subsidy of 15.00 an hour: their assignments. */
  async assignments(many: number): Promise<string[]> {
    const rows = await asOwner<{ id: string }>(
      this.house,
      `insert into market_recovery.assignment
        (org_id, number, member, contractor, program, classification, contractor_rate, from_on)
      select m.org_id, 'T-' || lpad((row_number() over (order by m.id) +
        (select count(*) from market_recovery.assignment))::text, 5, '0'), m.id, $1, $2,
        'Journeyman ' || $3, 35, '2025-01-01'
      from members.member m where m.org_id = (select org_id from market_recovery.program where id = $2)
        and not exists (select from market_recovery.assignment a where a.member = m.id and a.program = $2)
      order by m.id limit $4 returning id`,
      [this.contractor, this.program, (await this.budget()).slice(0, -3), many],
    )
    return rows.map(({ id }) => id)
  }

  /** Somebody without a role who stands for a contractor. */
  async standingFor(email: string, contractor: string): Promise<Voice> {
    await asOwner(
      this.house,
      `with u as (insert into foundation.user (email, name, password_hash) values ($1::text::citext, $1::text, '')
        returning id),
      m as (insert into foundation.membership (org_id, user_id)
        select c.org_id, u.id from u, market_recovery.contractor c where c.id = $2 returning org_id, user_id)
      insert into foundation.membership_party (org_id, user_id, resource, record, title)
      select m.org_id, m.user_id, 'market-recovery.contractor', $2, c.name
      from m, market_recovery.contractor c where c.id = $2`,
      [email, contractor],
    )
    return await this.house.as(email, 'local-100')
  }

  async budget(): Promise<string> {
    return String((await this.officer.get(`/programs/${this.program}`)).json().budget)
  }

  /** A week of hours, as far as it is submitted: its id. */
  async submitted(assignment: string, weekEnding: string, more: Record<string, unknown> = {}): Promise<string> {
    const week = await made(this.staff, '/hours', { assignment, week_ending: weekEnding, regular: '40', ...more })
    await done(this.staff, `/hours/${week['id']}/submit`)
    return String(week['id'])
  }

  async approved(assignment: string, weekEnding: string, more: Record<string, unknown> = {}): Promise<string> {
    const id = await this.submitted(assignment, weekEnding, more)
    await done(this.officer, `/hours/${id}/approve`)
    return id
  }

  /** A batch of weeks, as the treasurer prepares it. */
  async batch(more: Record<string, unknown> = {}): Promise<Record<string, string>> {
    return made(this.treasurer, '/payment-batches', { ...march, program: this.program, ...more })
  }

  async payments(batch: unknown): Promise<Record<string, string>[]> {
    return (await this.treasurer.get(`/payments?filter[batch]=${String(batch)}&sort=number&limit=200`)).json().data
  }

  /** A batch as far as the files for the bookkeeper. */
  async exported(more: Record<string, unknown> = {}): Promise<Record<string, string>> {
    const batch = await this.batch(more)
    for (const act of ['release', 'export']) await done(this.officer, `/payment-batches/${batch['id']}/${act}`)
    return batch
  }

  async week(id: string): Promise<Record<string, unknown>> {
    return (await this.officer.get(`/hours/${id}`)).json()
  }

  /** Every sum of this org that is not what it is made of. */
  async discrepancies(): Promise<unknown[]> {
    return asOwner(
      this.house,
      `with org as materialized (
        select set_config('app.org', (select org_id::text from market_recovery.program where id = $1), false) as id)
      select d.* from org, lateral (select org.id) opened, market_recovery.discrepancies() d`,
      [this.program],
    )
  }

  /** What an account comes to by the payments of this program. */
  async balance(account: string): Promise<string> {
    const [row] = await asOwner<{ sum: string }>(
      this.house,
      `select coalesce(sum(l.amount), 0)::numeric(15,2)::text as sum from ledger.line l
      join ledger.account a on a.org_id = l.org_id and a.id = l.account
      join ledger.entry e on e.org_id = l.org_id and e.id = l.entry
      join market_recovery.payment p on p.org_id = e.org_id and p.id = e.source_record
      where a.code = $1 and p.program = $2`,
      [account, this.program],
    )
    return row?.sum ?? ''
  }
}

interface Ids {
  readonly program: string
  readonly contractor: string
}

export const march = { period_from_on: '2025-03-01', period_until_on: '2025-03-31' }

export async function made(
  person: Voice,
  path: string,
  body: Record<string, unknown>,
): Promise<Record<string, string>> {
  const reply = await person.post(path, body)
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json()
}

/** An act that must be done, and the record after it. */
export async function done(person: Voice, path: string, body?: unknown): Promise<Record<string, string>> {
  const reply = await person.post(path, body)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}
