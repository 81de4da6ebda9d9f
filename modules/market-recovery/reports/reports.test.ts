import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse } from '@commonhall/engine/testing'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const names = [
  'weekly-hours',
  'member-hours',
  'budget-actual',
  'payment-summary',
  'subsidy-detail',
  'awaiting-approval',
  'jobs-won',
] as const

const asked = async (name: string, query = '') => {
  const officer = await house.as(cast.officer)
  const reply = await officer.get(`/reports/market-recovery.${name}?${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}

const everything = 'from=2000-01-01&until=2100-01-01'

async function sumOf(what: string, where: string): Promise<string> {
  const [row] = await asOwner<{ sum: string }>(
    house,
    `select coalesce(sum(${what}), 0)::numeric(15,2) as sum from market_recovery.hours
    where org_id = (select id from foundation.org where slug = 'local-100') and ${where}`,
  )
  return row?.sum ?? ''
}

describe('the reports of market recovery', () => {
  test.each(names)('%s answers in every format', async (name) => {
    const officer = await house.as(cast.officer)
    for (const format of ['json', 'csv', 'xlsx']) {
      const reply = await officer.get(`/reports/market-recovery.${name}?${everything}&format=${format}`)
      expect(reply.statusCode, reply.body).toBe(200)
    }
  })

  test('add up to the hours to the cent', async () => {
    const all = await sumOf('subsidy', "state in ('submitted', 'approved', 'paid')")
    for (const name of ['weekly-hours', 'member-hours', 'subsidy-detail']) {
      expect((await asked(name, everything)).totals.subsidy, name).toBe(all)
    }
    expect((await asked('awaiting-approval')).totals.subsidy).toBe(await sumOf('subsidy', "state = 'submitted'"))
    const { totals } = await asked('budget-actual', everything)
    expect(totals.committed).toBe(await sumOf('subsidy', "state = 'approved'"))
    expect(totals.paid).toBe(await sumOf('subsidy', "state = 'paid'"))
  })

  test('what a program had promised on a past day is told whatever came after', async () => {
    const [{ day }] = (await asOwner(house, 'select (current_date - 60)::text as day from foundation.org limit 1')) as [
      { day: string },
    ]
    const { totals } = await asked('budget-actual', `from=2000-01-01&until=${day}`)
    expect(totals.committed).toBe(
      await sumOf(
        'subsidy',
        `state in ('approved', 'paid') and 
        (approved_at at time zone (select time_zone from foundation.org o where o.id = org_id))::date <= '${day}'
        and (paid_on is null or paid_on > '${day}')`,
      ),
    )
  })

  test('a member may not read them', async () => {
    const member = await house.as(cast.member)
    for (const name of names) {
      expect((await member.get(`/reports/market-recovery.${name}`)).statusCode, name).toBe(403)
    }
  })
})
