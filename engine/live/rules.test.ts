import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, type Voice, voiceOf } from '@commonhall/engine/testing'
import { type Hall, openHall } from './testing/hall.ts'

let hall: Hall
let staff: Voice
let admin: Voice
let member: Voice
/** The record of the member of the cast. */
let own: string

beforeAll(async () => {
  hall = await openHall()
  staff = await hall.house.as(cast.staff)
  admin = await hall.house.as(cast.admin)
  member = await hall.house.as(cast.member)
  const [row] = await asOwner<{ id: string }>(
    hall.house,
    `select m.member_id as id from foundation.membership m join foundation.user u on u.id = m.user_id
    where u.email = $1`,
    [cast.member],
  )
  own = row?.id ?? ''
})
afterAll(() => hall.close())

const someoneElse = async () =>
  ((await staff.get('/members?limit=2&filter[state]=active')).json().data as { id: string }[]).find(
    ({ id }) => id !== own,
  )?.id ?? ''

describe('whoever may read only what is theirs', () => {
  test('hears of that, and of nobody else', async () => {
    const stream = await hall.hear(member, 'members')
    await staff.patch(`/members/${await someoneElse()}`, { phone: '(555) 010-0001' })
    await staff.patch(`/members/${own}`, { phone: '(555) 010-0002' })
    expect((await stream.next('change')).data).toMatchObject({ topic: 'members', id: own, act: 'update' })
    expect(stream.heard).toEqual([])
  })

  test('hears nothing of a single record that is not theirs', async () => {
    const other = await someoneElse()
    const stream = await hall.hear(member, `members/${other},members/${own}`)
    await staff.patch(`/members/${other}`, { phone: '(555) 010-0003' })
    await staff.patch(`/members/${own}`, { phone: '(555) 010-0004' })
    expect((await stream.next('change')).data).toMatchObject({ id: own })
    expect(stream.heard).toEqual([])
  })

  test('hears that it has ceased to be theirs, and that it is gone', async () => {
    const make = async () => (await admin.post('/entries', { title: 'About you', about: own })).json().id as string
    const [given, deleted] = [await make(), await make()]
    const stream = await hall.hear(member, 'entries')
    await admin.patch(`/entries/${given}`, { about: await someoneElse() })
    expect((await stream.next('change')).data).toMatchObject({ id: given, act: 'update' })
    await admin.patch(`/entries/${given}`, { title: 'No longer about you' })
    await hall.house.engine.act(await hall.house.caller(), async (_context, { query }) => {
      await query('delete from notebook.entry where id = any($1)', [[given, deleted]])
    })
    expect((await stream.next('change')).data).toEqual({ topic: 'entries', id: deleted, act: 'delete', version: null })
    expect(stream.heard).toEqual([])
  })
})

test('a change in nothing but a field that one may not read is no news', async () => {
  const { id } = (await admin.post('/entries', { title: 'Whispered' })).json()
  const officer = await hall.house.as(cast.officer)
  const [told, untold] = [await hall.hear(admin, 'entries'), await hall.hear(officer, 'entries')]
  await admin.patch(`/entries/${id}`, { whisper: 'psst' })
  expect((await told.next('change')).data).toMatchObject({ id, version: 2 })
  await admin.patch(`/entries/${id}`, { whisper: 'psst!', title: 'Aloud' })
  expect((await untold.next('change')).data).toMatchObject({ id, version: 3 })
  expect(untold.heard).toEqual([])
})

test('a key hears what its scopes open, and is told no elsewhere', async () => {
  const { key } = (await admin.post('/api-keys', { name: 'Door', scopes: ['members.member.read'] })).json()
  const door = voiceOf(hall.house.app, key, 'local-100')
  const stream = await hall.hear(door, 'members')
  expect(stream.headers['ratelimit']).toContain('"key"')
  await staff.patch(`/members/${own}`, { phone: '(555) 010-0005' })
  expect((await stream.next('change')).data).toMatchObject({ id: own })
  expect((await hall.hear(door, 'households')).status).toBe(403)
  // What its owner was told is no business of a program: as with the inbox itself.
  expect([(await door.get('/inbox')).statusCode, (await hall.hear(door, 'members,inbox')).status]).toEqual([403, 403])
})

describe('a stream ends', () => {
  /** Something of which the listener would be told. */
  const stir = () => staff.patch(`/members/${own}`, { phone: `(555) 011-${String(Date.now()).slice(-4)}` })

  test('when its session does, without a further word', async () => {
    const voice = await hall.house.as(cast.treasurer)
    const stream = await hall.hear(voice, 'members')
    await asOwner(
      hall.house,
      `update foundation.session set ended_at = now() where ended_at is null and user_id =
        (select id from foundation.user where email = $1)`,
      [cast.treasurer],
    )
    await stir()
    await stream.ended
    expect(stream.heard).toEqual([])
    expect((await voice.get('/live?topics=members&wait=0')).statusCode).toBe(401)
  })

  test('when a role is taken away, and whoever comes back is told what holds now', async () => {
    const voice = await hall.house.as(cast.officer2)
    const stream = await hall.hear(voice, 'members')
    await asOwner(
      hall.house,
      `delete from foundation.grant where user_id = (select id from foundation.user where email = $1)`,
      [cast.officer2],
    )
    await stir()
    await stream.ended
    expect(stream.heard).toEqual([])
    expect((await voice.get('/live?topics=members&wait=0')).statusCode).toBe(403)
  })

  test('when the organization is suspended, and whoever comes back learns why', async () => {
    const coop = await hall.house.as(cast.coopStaff)
    const stream = await hall.hear(coop, 'members', { slug: 'riverside' })
    const told = await coop.get('/members?limit=1')
    await asOwner(hall.house, `update foundation.org set suspended_at = now() where slug = 'riverside'`)
    await asOwner(hall.house, `update members.member set phone = '(555) 010-0009' where id = $1`, [
      told.json().data[0].id,
    ])
    await hall.house.engine.live.checkAll()
    await stream.ended
    expect(stream.heard).toEqual([])
    const refused = await coop.get('/live?topics=members&wait=0')
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'org_suspended'])
  })

  test('when a key is revoked', async () => {
    const { id, key } = (await admin.post('/api-keys', { name: 'Gone', scopes: ['members.member.read'] })).json()
    const stream = await hall.hear(voiceOf(hall.house.app, key, 'local-100'), 'members')
    expect((await admin.delete(`/api-keys/${id}`)).statusCode).toBe(204)
    await hall.house.engine.live.checkAll()
    await stream.ended
    expect(stream.heard).toEqual([])
  })
})
