import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { withClient } from '../database/provision.ts'

let house: TestHouse
let admin: Voice

/** Works for Riverside and for Maple Court. */
const both = 'staff@riverside.example'

beforeAll(async () => {
  house = await openHouse()
  admin = await house.as('admin@riverside.example')
  await asOwner(
    house,
    `insert into foundation.membership (org_id, user_id)
    select o.id, u.id from foundation.org o, foundation.user u where o.slug = 'maple-court' and u.email = $1`,
    [both],
  )
})
afterAll(() => house.close())

const seen = async (): Promise<string | null> =>
  (await admin.get('/users?limit=200')).json().data.find((one: { email: string }) => one.email === both).last_seen_at

test('an org is told when somebody was last here, and not that they were elsewhere', async () => {
  expect(await seen()).toBeNull()
  const elsewhere = await house.as(both, 'maple-court')
  expect((await elsewhere.get('/catalog')).statusCode).toBe(200)
  expect(await seen()).toBeNull()
  const here = await house.as(both)
  expect((await here.get('/catalog')).statusCode).toBe(200)
  expect(Date.parse((await seen()) ?? '')).toBeGreaterThan(Date.now() - 60_000)
})

test('an org that has shut somebody out is told nothing of their sign-ins', async () => {
  const shut = (isShut: boolean) =>
    asOwner(
      house,
      `update foundation.membership set disabled_at = case when $1 then now() end
      where org_id = (select id from foundation.org where slug = 'riverside')
        and user_id = (select id from foundation.user where email = $2)`,
      [isShut, both],
    )
  const told = async () => {
    await asOwner(
      house,
      `insert into foundation.sign_in_event (what, user_id)
      select 'signed-in', id from foundation.user where email = $1`,
      [both],
    )
    house.engine.watch.signIn()
    await house.engine.watch.flush()
    const [row] = await asOwner<{ n: number }>(
      house,
      `select count(*)::integer as n from foundation.audit_entry e join foundation.org o on o.id = e.org_id
      where o.slug = 'riverside' and e.act = 'signed-in'
        and e.record = (select id from foundation.user where email = $1)`,
      [both],
    )
    return row?.n
  }
  expect(await told()).toBe(1)
  await shut(true)
  expect(await told()).toBe(1)
  await shut(false)
})

test('who is shut out while they change who may do what is told as much, and it is no fault', async () => {
  const [{ admin: role } = { admin: '' }] = await asOwner<{ admin: string }>(
    house,
    `select r.id as admin from foundation.role r join foundation.org o on o.id = r.org_id
    where o.slug = 'riverside' and r.name = 'admin'`,
  )
  const people = (await admin.get('/users?limit=200')).json().data as { id: string; email: string }[]
  const [staff, treasurer] = [both, 'treasurer@riverside.example'].map(
    (email) => people.find((one) => one.email === email)?.id ?? '',
  )
  await admin.post(`/users/${staff}/grants`, { role })
  const second = await house.as(both)
  await second.get('/catalog')
  const replies = await withClient(house.ground.ownerUrl, async (owner) => {
    await owner.query("begin; select from foundation.org where slug = 'riverside' for no key update")
    const shut = admin.post(`/users/${staff}/disable`, {})
    await standInLine(1)
    const gone = second.delete(`/users/${treasurer}`)
    await standInLine(2)
    await owner.query('commit')
    return await Promise.all([shut, gone])
  })
  expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 404])
})

/** Waits until so many stand in line for what somebody else has locked. */
async function standInLine(count: number): Promise<void> {
  const waiting = () =>
    asOwner(house, "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
  await expect.poll(waiting).toHaveLength(count)
}
