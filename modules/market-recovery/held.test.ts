import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, asServer, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { calculate, subsidyOf } from './week/subsidy.ts'
import { done, Local, made } from './testing/local.ts'
import { randomWeeks } from './testing/random-weeks.ts'

/** What the database holds by itself, whoever writes: a hand that goes around the code is told the same. */
let house: TestHouse
let local: Local
let org: string
let users: Record<string, string>
let draft: string
let submitted: string
let approved: string
let paid: string
let rejected: string

beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house)
  const places = await local.assignments(5)
  const [one = '', two = '', three = '', four = '', five = ''] = places
  draft = (await made(local.staff, '/hours', { assignment: one, week_ending: '2025-03-02', regular: '40' }))['id'] ?? ''
  submitted = await local.submitted(two, '2025-03-02')
  rejected = await local.submitted(four, '2025-03-02')
  await done(local.officer, `/hours/${rejected}/reject`, { reason: 'Not on the site' })
  paid = await local.approved(five, '2025-03-02')
  const batch = await local.exported()
  await done(local.officer, `/payment-batches/${batch['id']}/pay`, { paid_on: '2025-04-05' })
  approved = await local.approved(three, '2025-03-02')
  const [row] = await asOwner<{ org_id: string }>(house, 'select org_id from market_recovery.program where id = $1', [
    local.program,
  ])
  org = row?.org_id ?? ''
  const people = await asOwner<{ id: string; email: string }>(house, 'select id, email from foundation.user')
  users = Object.fromEntries(
    people.map(({ id, email }) => [email.split('@')[0] + (/local-100/.test(email) ? '' : email), id]),
  )
})
afterAll(() => house.close())

/** What the database says to the server's role, in the name of one of the people. */
async function told(sql: string, by = 'officer'): Promise<string> {
  return asServer(house, org, `select set_config('app.user', '${users[by]}', true); ${sql}`).then(
    () => 'done',
    (error: { message: string }) => error.message,
  )
}

const change = (id: string, set: string) => `update market_recovery.hours set ${set} where id = '${id}'`

describe('every workflow', () => {
  test('is in the database as it is declared: states to start in, and steps', async () => {
    const triggers = await asOwner<{ guarded: string; arguments: string }>(
      house,
      `select n.nspname || '.' || c.relname as guarded, encode(t.tgargs, 'escape') as arguments
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where t.tgname = 'keep_workflow' and n.nspname = 'market_recovery'`,
    )
    const held = new Map(triggers.map((one) => [one.guarded, one.arguments.split('\\000').filter(Boolean)]))
    const flows = [...house.engine.registry.workflows.values()].filter(
      (one) => one.resource.module === 'market-recovery',
    )
    expect(
      flows.map(({ resource }) => resource.name.split('.')[1] ?? '').toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['assignment', 'contractor', 'hours', 'payment', 'payment-batch', 'program', 'project'])
    for (const { resource, transitions, consequences } of flows) {
      const [, ...steps] = held.get(`${resource.schema}.${resource.table}`) ?? []
      const declared = [...Object.values(transitions), ...consequences].flatMap(({ from, to }) =>
        from.map((one) => `${one}>${to}`),
      )
      expect([resource.name, [...new Set(steps)].toSorted()]).toEqual([
        resource.name,
        [...new Set(declared)].toSorted(),
      ])
    }
  })

  test('lets hours take no other step', async () => {
    const steps: [string, string][] = [
      [draft, 'approved'],
      [draft, 'paid'],
      [draft, 'rejected'],
      [submitted, 'draft'],
      [submitted, 'paid'],
      [rejected, 'approved'],
      [rejected, 'draft'],
      [approved, 'draft'],
      [approved, 'rejected'],
      [paid, 'approved'],
      [paid, 'submitted'],
    ]
    for (const [id, state] of steps)
      expect([state, await told(change(id, `state = '${state}', reason = 'x'`))]).toEqual([
        state,
        expect.stringMatching(/^(engine:record\.no_such_step|market-recovery:(hours|payment)\.)/),
      ])
  })

  test('begins at its beginning', async () => {
    const insert = (state: string) =>
      `insert into market_recovery.hours (state, assignment, member, contractor, program, week_ending)
      select '${state}', id, member, contractor, program, '2025-05-04' from market_recovery.assignment limit 1`
    for (const state of ['submitted', 'approved', 'paid'])
      expect(await told(insert(state))).toBe('engine:record.start_state')
    expect(await told(insert('draft'))).toBe('done')
  })
})

describe('two people', () => {
  test('are needed, whatever one writes about who it was', async () => {
    const other = `'${users['officer2']}'`
    const mine = await local.submitted((await local.assignments(1))[0] ?? '', '2025-03-02')
    const staffs = (set: string) => told(change(mine, set), 'staff')
    expect(await staffs("state = 'approved'")).toBe('market-recovery:hours.own')
    expect(await staffs(`state = 'approved', approved_by = ${other}`)).toBe('market-recovery:hours.own')
    expect(await staffs(`state = 'approved', submitted_by = ${other}`)).toBe('market-recovery:hours.own')
    expect(await staffs(`submitted_by = ${other}`)).toBe('market-recovery:hours.settled')
    expect(await staffs(`submitted_by = null`)).toBe('market-recovery:hours.settled')
    const { rows } = await asServer<{ approved_by: string; submitted_by: string }>(
      house,
      org,
      `select set_config('app.user', '${users['officer']}', true)`,
    ).then(() =>
      asOwner<{ approved_by: string; submitted_by: string }>(
        house,
        'select approved_by, submitted_by from market_recovery.hours where id = $1',
        [approved],
      ).then((found) => ({ rows: found })),
    )
    expect(rows).toEqual([{ approved_by: users['officer'], submitted_by: users['staff'] }])
  })

  test('are written by the step: nobody begins hours with somebody else’s word on them', async () => {
    const forged = `insert into market_recovery.hours (assignment, member, contractor, program, week_ending,
        submitted_by, approved_by, paid_on)
      select id, member, contractor, program, '2025-05-04', '${users['officer2']}', '${users['officer2']}', now()
      from market_recovery.assignment limit 1`
    const look = `do $$ begin
      if exists (select from market_recovery.hours where week_ending = '2025-05-04'
        and num_nonnulls(submitted_by, approved_by, paid_on) > 0) then raise exception 'forged'; end if; end $$`
    expect(await told(`${forged}; ${look}`)).toBe('done')
  })
})

describe('what was decided', () => {
  test.each([
    'regular = 48',
    'overtime = 1',
    'subsidy = 0, calculation = null',
    "week_ending = '2025-03-09'",
    'days = null, regular = 39',
    'program = gen_random_uuid()',
    'member = gen_random_uuid()',
    'adjusts = id',
  ])('stays as it was: %s', async (set) => {
    expect(await told(change(submitted, set))).toBe('market-recovery:hours.settled')
    expect(await told(change(approved, set))).toBe('market-recovery:hours.settled')
    expect(await told(change(paid, set))).toBe('market-recovery:hours.paid')
  })

  test('is not thrown away; a draft may be', async () => {
    const drop = (id: string) => told(`delete from market_recovery.hours where id = '${id}'`)
    for (const id of [submitted, approved, paid, rejected]) expect(await drop(id)).toMatch(/not_a_draft/)
    expect(await drop(draft)).toBe('done')
  })

  test('comes back with a reason, or not at all', async () => {
    expect(await told(change(submitted, "state = 'rejected'"))).toContain('hours_reason')
  })
})

describe('money', () => {
  test('is what its factors come to: 10,000 weeks, not a cent off', async () => {
    const given = [...randomWeeks(10_000, 1848)].map(({ week, terms }) => {
      const calculation = calculate(week, terms)
      if ('fault' in calculation) throw new Error(calculation.fault)
      return { calculation, subsidy: subsidyOf(calculation) }
    })
    const wrong = await asOwner(
      house,
      `select w from jsonb_array_elements($1::jsonb) w
      where market_recovery.figured(w -> 'calculation') <> (w ->> 'subsidy')::numeric`,
      [JSON.stringify(given)],
    )
    expect(wrong).toEqual([])
    expect(await told(change(draft, 'subsidy = subsidy + 0.01'))).toContain('hours_check')
  })

  test('is in the sums of programs and awards by approvals alone', async () => {
    const program = (set: string) => told(`update market_recovery.program set ${set} where id = '${local.program}'`)
    expect(await program('committed = 0')).toBe('market-recovery:limit.sums')
    expect(await program('paid = paid + 0.01')).toBe('market-recovery:limit.sums')
    expect(await program("description = 'x'")).toBe('done')
    const begun = "insert into market_recovery.program (name, budget, from_on, committed) values ('x', 1, now(), -5)"
    expect(await told(begun)).toBe('market-recovery:limit.sums')
    for (const sql of ['insert into market_recovery.movement default values', 'delete from market_recovery.movement'])
      expect(await told(sql)).toContain('permission denied')
  })

  test('moves with its hours, so that the sums of a program can be told for any day', async () => {
    const [sums] = await asOwner(
      house,
      `select p.committed = m.committed and p.paid = m.paid as same from market_recovery.program p
      cross join lateral (select sum(committed) as committed, sum(paid) as paid
        from market_recovery.movement where program = p.id) m where p.id = $1`,
      [local.program],
    )
    expect(sums).toEqual({ same: true })
  })
})
