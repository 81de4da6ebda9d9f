import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, cast, eventually, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { Desk } from './testing/desk.ts'

let house: TestHouse
let desk: Desk
/** May set webhooks up here, and read members without what is guarded; neither households nor entries. */
let treasurer: Voice

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  await house.engine.startWork()
})
afterAll(() => house.close())
beforeEach(async () => {
  await mayTreasurersSetUp(true)
  desk = await Desk.open(house)
  treasurer = await house.as(cast.treasurer)
  return () => desk.close()
})

async function mayTreasurersSetUp(yes: boolean): Promise<void> {
  const acts = ['read', 'create', 'update', 'delete', 'rotate']
  const changes = Object.fromEntries(acts.map((act) => [`foundation.webhook.${act}`, yes]))
  await asOwner(house, "update foundation.role set changes = $1 where name = 'treasurer'", [changes])
}

const secret = { birth_on: '1919-07-23', notes: 'canary of notes', ssn_last_four: '7391' }

describe('a webhook tells what its owner may read:', () => {
  test('names of guarded fields only to who may read them, and no values to anybody', async () => {
    await desk.hook({ url: desk.receiver.url('/admin') })
    await desk.hook({ url: desk.receiver.url('/treasurer') }, treasurer)
    await desk.member(secret)
    const told = await desk.arrived(2)
    const changed = (path: string) => told.find((one) => one.path === path)?.body.data['changed']
    expect(changed('/admin')).toEqual(expect.arrayContaining(Object.keys(secret)))
    expect(changed('/treasurer')).toEqual(expect.arrayContaining(['last_name']))
    for (const name of Object.keys(secret)) expect(changed('/treasurer')).not.toContain(name)
    for (const { text } of told) expect(text).not.toMatch(/canary|7391|1919/)
  })

  test('no records that they may not read, announced or changed, and there is no trace of them', async () => {
    const wanted = ['members.household.created', 'notebook.noted', 'notebook.entry.created', 'members.member.created']
    const { id } = await desk.hook({ events: wanted, url: desk.receiver.url('/treasurer') }, treasurer)
    await desk.hook({ events: wanted, url: desk.receiver.url('/admin') })
    await desk.admin.post('/households', { name: 'Ortiz family' })
    const entry = (await desk.admin.post('/entries', { title: 'Quiet', code: 'q' })).json().id
    await desk.admin.post(`/entries/${entry}/file`)
    const member = await desk.member()
    // Five for the admin, as the notebook notes what is filed with a second entry, and one for the treasurer.
    await desk.arrived(6)
    const ofTreasurer = desk.receiver.received.filter(({ path }) => path === '/treasurer')
    expect(ofTreasurer.map(({ body }) => body.data['id'])).toEqual([member])
    await eventually(async () => {
      const { data, waiting } = await desk.deliveries(id)
      expect([data.length, waiting]).toEqual([1, 0])
    })
  })

  test('to the chats, titles and labels too', async () => {
    await desk.hook({ format: 'slack', url: desk.receiver.url('/slack') })
    await desk.hook({ format: 'mattermost', url: desk.receiver.url('/mattermost') }, treasurer)
    await desk.member({ ...secret, first_name: '<!channel>', last_name: '@all [x](http://evil.example)' })
    const told = await desk.arrived(2)
    const text = (path: string) => told.find((one) => one.path === path)?.text
    expect(text('/slack')).toContain('&lt;!channel&gt;')
    expect(text('/slack')).not.toContain('<!channel>')
    const attachment = JSON.parse(text('/mattermost') ?? '').attachments[0]
    expect(attachment.text).not.toMatch(/@all|\]\(http:\/\/evil|<!channel>/)
    expect(attachment.fallback).not.toContain('@all')
    for (const { text: all } of told) expect(all).not.toMatch(/canary|7391|1919/)
  })
})

test('an owner who may not have webhooks any more: it is paused, and whoever resumes it answers for it', async () => {
  const { id } = await desk.hook({}, treasurer)
  await mayTreasurersSetUp(false)
  await desk.member(secret)
  await eventually(async () => expect((await desk.row(id)).state).toBe('paused'))
  expect((await desk.row(id)).reason).toMatch(/may not set up webhooks any more/)
  expect((await desk.admin.get('/inbox')).json().data[0]).toMatchObject({ path: `/webhooks/${id}` })
  expect(desk.receiver.connections).toBe(0)
  const resumed = (await desk.admin.post(`/webhooks/${id}/resume`)).json()
  expect(resumed.titles.owner).toBe('Ada Okafor')
  const [{ body }] = await desk.arrived(1)
  expect(body.data['changed']).toEqual(expect.arrayContaining(['notes']))
})

test('an owner who leaves: it is paused', async () => {
  const { id } = await desk.hook({}, treasurer)
  await asOwner(
    house,
    `update foundation.membership m set disabled_at = now() from foundation.user u where u.id = user_id and email = $1`,
    [cast.treasurer],
  )
  await desk.member()
  await eventually(async () => expect((await desk.row(id)).state).toBe('paused'))
  expect(desk.receiver.connections).toBe(0)
  await asOwner(house, 'update foundation.membership set disabled_at = null')
})

test('an address that somebody else gives it learns nothing that only the owner before might know', async () => {
  const { id } = await desk.hook()
  await desk.member(secret)
  const { id: one } = await desk.settled(id, { state: 'delivered' })
  expect((await treasurer.get(`/webhooks/${id}/deliveries/${one}`)).json().body).toBeNull()
  desk.receiver.received.length = 0
  const moved = await treasurer.patch(`/webhooks/${id}`, { url: desk.receiver.url('/elsewhere') })
  expect(moved.statusCode, moved.body).toBe(200)
  await treasurer.post(`/webhooks/${id}/deliveries/${one}/replay`)
  const [{ path, body }] = await desk.arrived(1)
  expect(path).toBe('/elsewhere')
  expect(body.data['changed']).not.toContain('notes')
})

describe('setting one up', () => {
  test('and moving it needs fresh proof; a name, a pause and a test do not', async () => {
    const { id } = await desk.hook()
    await asOwner(house, "update foundation.session set proved_at = now() - interval '11 minutes'")
    const codes = []
    for (const change of [
      { url: desk.receiver.url('/x') },
      { events: ['members.member.updated'] },
      { format: 'slack' },
    ])
      codes.push((await desk.admin.patch(`/webhooks/${id}`, change)).json().code)
    codes.push((await desk.admin.post(`/webhooks/${id}/rotate`)).json().code)
    codes.push((await desk.admin.post('/webhooks', {})).json().code)
    expect(codes).toEqual(Array.from({ length: 5 }, () => 'proof_needed'))
    expect((await desk.admin.patch(`/webhooks/${id}`, { name: 'New name' })).statusCode).toBe(200)
    expect((await desk.admin.post(`/webhooks/${id}/pause`)).statusCode).toBe(200)
  })

  test.each([
    ['no event', { events: [] }, 'events', 'no_events'],
    ['an event that nobody announces', { events: ['members.member.flown'] }, 'events', 'unknown_event'],
    ['an event of a module that is off', { events: ['housing.unit.created'] }, 'events', 'unknown_event'],
    ['what webhooks do', { events: ['foundation.webhook.created'] }, 'events', 'unknown_event'],
    ['an address that is none', { url: 'nowhere' }, 'url', 'no_url'],
    ['a closed network', { url: 'http://192.168.1.1/' }, 'url', 'closed_address'],
    ['another format', { format: 'teams' }, 'format', 'not_a_choice'],
  ])('is refused for %s', async (_what, wanted, path, code) => {
    const usual = { name: 'x', url: desk.receiver.url(), events: ['members.member.created'] }
    const reply = await desk.admin.post('/webhooks', { ...usual, ...wanted })
    expect(reply.statusCode, reply.body).toBe(422)
    expect(reply.json().errors[0]).toMatchObject({ path, code })
  })

  test('shows the secret once: no list, repeated request, table, trail or log of it has it again', async () => {
    const key = { 'idempotency-key': 'webhook-once' }
    const wanted = { name: 'Once', url: desk.receiver.url('/T0/B0/hidden-path'), events: ['members.member.created'] }
    const first = (await desk.admin.post('/webhooks', wanted, key)).json()
    const again = (await desk.admin.post('/webhooks', wanted, key)).json()
    expect([again.id, again.secret]).toEqual([first.id, undefined])
    await desk.admin.post(`/webhooks/${first.id}/test`)
    await desk.settled(first.id, { state: 'delivered' })
    const tables = await asOwner<{ name: string }>(
      house,
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema in ('foundation', 'queue') and table_type = 'BASE TABLE'`,
    )
    const bare = first.secret.replace('whsec_', '')
    for (const { name } of tables) {
      const [row] = await asOwner<{ all: string | null }>(
        house,
        `select string_agg(t::text, ' ') as all from ${name} t`,
      )
      expect([name, row?.all?.includes(bare) ?? false]).toEqual([name, false])
    }
    const trail = (await desk.admin.get(`/audit?filter[record]=${first.id}`)).body
    expect(trail).toContain('Once')
    expect(trail).not.toMatch(/hidden-path|whsec/)
  })
})

test('what is erased from the trail and the outbox is erased from messages and answers', async () => {
  desk.receiver.answer = () => ({ status: 200, body: 'Hello Ella Bloor' })
  const { id } = await desk.hook({ format: 'slack', events: ['members.member.created', 'members.standing-changed'] })
  const member = await desk.member()
  await desk.admin.post(`/members/${member}/admit`)
  await desk.arrived(2)
  await eventually(async () => expect((await desk.deliveries(id)).waiting).toBe(0))
  const told = async () => {
    const [row] = await asOwner<{ text: string }>(
      house,
      `select string_agg(concat(d.body, a.answer), ' ') as text from foundation.webhook_delivery d
      join foundation.webhook_attempt a on a.delivery_id = d.id`,
    )
    return row?.text
  }
  expect(await told()).toContain('Bloor')
  await asOwner(house, `delete from foundation.event where payload ->> 'member' = $1`, [member])
  await asOwner(
    house,
    `insert into foundation.audit_erasure (org_id, entry_id, part, digest, cause)
    select org_id, id, 'what', sha256(''), id from foundation.audit_entry where record = $1`,
    [member],
  )
  expect(await told()).not.toMatch(/Bloor|Ella/)
})
