import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { findOrg } from '../caller.ts'
import { sealTrail } from './seal.ts'
import { verifyHouse } from './verify-house.ts'

let house: TestHouse
let org: string
let id: string
let actor: string
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  org = (await findOrg(house.engine.database, 'local-100'))?.id ?? ''
  const staff = await house.as(cast.staff)
  id = (await staff.post('/entries', { title: 'private', cost: '1.00' })).json().id
  await staff.post('/entries', { title: 'another' })
  await sealTrail(house.engine, org)
  // This one is not sealed yet when it is erased.
  await staff.patch(`/entries/${id}`, { title: 'still private' })
  const [row] = await asOwner<{ id: string }>(house, 'select id from foundation.user where email = $1', [cast.staff])
  actor = row?.id ?? ''
})
afterAll(() => house.close())

const erase = (records: string, who: string) =>
  asOwner(
    house,
    `select set_config('app.org', '${org}', false), set_config('app.actor_name', 'Ada Okafor', false);
    select foundation.erase_audit(${records}, ${who}, 'they left and asked for it')`,
  )
const lines = () =>
  asOwner<{
    record: string
    act: string
    actor: string
    actor_name: string | null
    old: unknown
    new: { title?: string }
  }>(
    house,
    `select record, act, actor, actor_name, old, new from foundation.audit_entry
    where org_id = $1 and resource = 'notebook.entry' order by id`,
    [org],
  )
const verdict = async () => (await verifyHouse(house, 'local-100', [])).orgs[0]

test('what a record held can be erased: that something was done stays, and the chain holds', async () => {
  await erase(`array['${id}']::uuid[]`, 'null')
  expect((await lines()).map(({ act, actor_name, old, new: became }) => [act, actor_name, old, became])).toEqual([
    ['create', 'Sam Whitaker', null, null],
    ['create', 'Sam Whitaker', null, { title: 'another', state: 'draft' }],
    ['update', 'Sam Whitaker', null, null],
  ])
  expect(await verdict()).toMatchObject({
    findings: [],
    erasures: [{ because: 'they left and asked for it', entries: 2, who: 'Ada Okafor' }],
  })
})

test('who acted can be erased: what they did stays', async () => {
  await erase(`'{}'`, `'${actor}'`)
  const found = await lines()
  expect(found.map(({ actor_name }) => actor_name)).toEqual([null, null, null])
  expect(found[1]?.new).toEqual({ title: 'another', state: 'draft' })
  expect(await verdict()).toMatchObject({ findings: [], erasures: [{ entries: 2 }, { entries: expect.any(Number) }] })
})

test('what was erased cannot be guessed from what is kept: its salt is gone too', async () => {
  const kept = await asOwner(
    house,
    `select from foundation.audit_entry where org_id = $1 and record = $2 and salt is not null`,
    [org, id],
  )
  expect(kept).toEqual([])
})

test('nothing new can be put in the place of what was erased', async () => {
  await asOwner(
    house,
    `set session_replication_role = replica; update foundation.audit_entry set new = '{"title": "slander"}'
    where org_id = '${org}' and record = '${id}' and act = 'create'`,
  )
  expect((await verdict())?.findings).toMatchObject([{ kind: 'edited', record: id }])
})

test('an erasure needs a reason', async () => {
  const nameless = `select set_config('app.org', '${org}', false); select foundation.erase_audit('{}', null, '')`
  await expect(asOwner(house, nameless)).rejects.toThrow('reason')
})

test('with an org its trail can be taken away', async () => {
  await asOwner(house, 'select foundation.erase_audit_of_org($1)', [org])
  const [left] = await asOwner<{ n: number }>(
    house,
    `select (select count(*) from foundation.audit_entry where org_id = $1)
      + (select count(*) from foundation.audit_seal where org_id = $1) as n`,
    [org],
  )
  expect(Number(left?.n)).toBe(0)
})
