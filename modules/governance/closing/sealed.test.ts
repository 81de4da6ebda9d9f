import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { done, made } from '../testing/hall.ts'
import { Office, verifyText } from '../testing/office.ts'
import { boxesHold } from './boxes-hold.ts'
import { yearAfter } from './certify.ts'

let house: TestHouse
let office: Office
beforeAll(async () => {
  house = await openHouse()
  office = await Office.open(house, 6)
  await office.online({ 0: 1, 1: 1, 2: 0, 3: 1 })
  await done(office.staff, `/voters/${office.voter(4)}/paper`)
  const { member } = office.polling.voters[0] ?? expect.fail()
  await made(office.officer, '/observers', { election: office.polling.election, member })
  await office.close()
  for (const who of [office.staff, office.officer]) await office.enter(who, '17', await office.marks(2))
})
afterAll(() => house.close())

const proved = async () => house.engine.act(await house.caller(), (ctx) => boxesHold.broken(ctx))
const election = async () => (await office.officer.get(office.at)).json()

/** A statement as a person at psql sends it: the owner, and no rules. */
const byHand = (statement: string) =>
  asOwner(house, statement, [office.polling.election]).then(
    () => 'done',
    (error: Error) => error.message,
  )

test('before it is counted a result is neither certified nor contested', async () => {
  const before = await election()
  for (const act of ['certify', 'contest']) {
    const reply = await office.officer.post(
      `${office.at}/${act}`,
      act === 'contest' ? { reason: 'Too early' } : undefined,
    )
    expect([reply.statusCode, reply.json().detail]).toEqual([409, expect.stringContaining('not counted yet')])
  }
  expect(await election()).toEqual(before)
  await office.work()
})

test('a result is certified by an officer who has just proved who they are, and kept for a year', async () => {
  expect((await office.staff.post(`${office.at}/certify`)).statusCode).toBe(403)
  const member = await house.as(cast.member)
  expect((await member.post(`${office.at}/certify`)).statusCode).toBe(403)
  const { keep_until_on, certified_at, state } = await done(office.officer, `${office.at}/certify`)
  const [row] = await asOwner<{ day: string }>(
    house,
    `select ($1::timestamptz at time zone time_zone)::date::text as day from foundation.org where slug = 'local-100'`,
    [certified_at],
  )
  expect([state, keep_until_on]).toEqual(['certified', yearAfter(row?.day ?? '')])
  expect(['2027-02-28', '2028-02-29'].map(yearAfter)).toEqual(['2028-02-28', '2029-03-01'])
})

test('a certified result can be contested with a reason, and certified again', async () => {
  expect((await office.officer.post(`${office.at}/contest`, {})).statusCode).toBe(422)
  await done(office.officer, `${office.at}/contest`, { reason: 'The notice went to old addresses' })
  expect(await election()).toMatchObject({ state: 'contested', reason: 'The notice went to old addresses' })
  await done(office.officer, `${office.at}/certify`)
  expect(await election()).toMatchObject({ state: 'certified' })
})

test('the box is sealed: nothing goes in, changes or comes out, whoever tries', async () => {
  const box = await office.file('box')
  for (const statement of [
    `insert into governance.ballot (org_id, election, origin, ballot, receipt)
      select org_id, id, 'paper', '{}', 'x' from governance.election where id = $1`,
    'delete from governance.ballot where election = $1',
    "update governance.contest set result = '{}' where election = $1",
    "update governance.voter set taken = 'none' where election = $1",
    "update governance.published_box set results = '' where election = $1",
    "update governance.election set seal = repeat('a', 64) where id = $1",
    "update governance.election set counters = '{}' where id = $1",
    "update governance.paper_ballot set reason = 'x' where election = $1",
  ])
    expect([statement, await byHand(statement)]).toEqual([
      statement,
      expect.stringMatching(/governance:closing\.(sealed|kept)/),
    ])
  expect(await office.file('box')).toBe(box)
})

test('its records and files are not deleted for a year, and the year cannot be cut short', async () => {
  for (const table of [
    'candidate',
    'voter',
    'observer',
    'ballot',
    'ballot_paper',
    'paper_ballot',
    'published_box',
    'contest',
  ])
    expect([table, await byHand(`delete from governance.${table} where election = $1`)]).toEqual([
      table,
      expect.stringMatching(/closing\.(kept|sealed)|foreign key/),
    ])
  expect(await byHand('delete from governance.election where id = $1')).toContain('closing.kept')
  expect(await byHand('update governance.election set keep_until_on = null where id = $1')).toContain('closing.sealed')
  const { data } = (await office.officer.get(`/observers?filter[election]=${office.polling.election}`)).json()
  const reply = await office.officer.delete(`/observers/${data[0].id}`)
  expect([reply.statusCode, reply.json().detail]).toEqual([409, expect.stringMatching(/kept sealed until/)])
})

test('a file of it that was attached before it was certified is not deleted either, nor swept away', async () => {
  const [row] = await asOwner<{ id: string }>(
    house,
    `with c as (insert into foundation.file_content (org_id, sha256, size, media_type, store)
      select org_id, repeat('b', 64), 1, 'text/plain', 'disk' from governance.election where id = $1
      returning org_id, sha256)
    insert into foundation.file (org_id, resource, record, name, size, media_type, sha256, uploaded_by_name,
      uploaded_at, state)
    select org_id, 'governance.election', $1, 'count.txt', 1, 'text/plain', sha256, 'Sam', now() - interval '13 months',
      'ready' from c returning id`,
    [office.polling.election],
  )
  const reply = await office.officer.delete(`/files/${row?.id}`)
  expect([reply.statusCode, reply.json().detail]).toEqual([409, expect.stringMatching(/kept sealed until/)])
  expect(await byHand('delete from foundation.file where record = $1')).toContain('closing.kept')
})

test('who voted stays on the roll when a person is erased', async () => {
  const { member } = office.polling.voters[3] ?? expect.fail()
  const admin = await house.as(cast.admin)
  await done(admin, `/members/${member}/withdraw`, { reason: 'Moved away' })
  const reply = await admin.post(`/members/${member}/erase`, { reason: 'They asked for it' })
  expect(reply.statusCode, reply.body).toBe(200)
  const [row] = await asOwner(house, 'select taken, name from governance.voter where member = $1', [member])
  expect(row).toMatchObject({ taken: 'online' })
  expect((await office.verify()).findings).toEqual([])
})

test('the archive has box, roll, observers, papers with both entries, and the trail, under one seal', async () => {
  expect((await office.staff.get(`${office.at}/archive`)).statusCode).toBe(403)
  const archive = await office.file('archive')
  expect(await verifyText(archive)).toMatchObject({ findings: [], ballots: 5 })
  const lines = archive
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const of = (record: string) => lines.filter((line) => line.record === record).map(({ row }) => row)
  expect(of('held')).toMatchObject([{ state: 'certified', name: 'Officers' }])
  expect(
    of('voter')
      .map(({ taken }) => String(taken))
      .toSorted(),
  ).toEqual(['none', 'online', 'online', 'online', 'online', 'paper'])
  expect(of('observer')).toHaveLength(1)
  expect(of('paper')).toMatchObject([{ number: '17', state: 'agreed', entries: [{ place: 1 }, { place: 2 }] }])
  const acts = of('trail').map(({ act }) => act)
  expect(acts).toEqual(expect.arrayContaining(['close', 'certify', 'contest']))
  expect(lines.at(-1)).toMatchObject({ record: 'archive-seal', counts: { voter: 6, paper: 1, observer: 1 } })
  // Times at which somebody took a ballot are in no record, nor anything that has an order.
  expect(JSON.stringify(of('voter'))).not.toMatch(/_at"/)
})

test('the doctor proves all of it, and finds a ballot that was slipped in past every rule', async () => {
  expect(await proved()).toEqual([])
  await asOwner(
    house,
    `with past as (select set_config('session_replication_role', 'replica', true))
    insert into governance.ballot (org_id, election, token, prefix, signature, ballot, ballot_signature, receipt)
    select org_id, id, 't', 'p', 's', '{}', 's', repeat('f', 64) from governance.election, past where id = $1`,
    [office.polling.election],
  )
  expect(await proved()).toEqual([
    expect.stringMatching(/5 ballots, 4 issued|in the box/),
    expect.anything(),
    expect.stringContaining('the seal is'),
  ])
})
