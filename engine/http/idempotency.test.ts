import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  staff = await house.as(cast.staff)
})
afterAll(() => house.close())

const create = (key: string, body: object, voice = staff) => voice.post('/entries', body, { 'idempotency-key': key })
const total = async () => (await staff.get('/entries?count=exact')).json().total as number

test('200 tries with one key at once have one effect, and get the same reply to the letter', async () => {
  const before = await total()
  // Whoever is told to come again, by a server that has too much to do, does.
  const comeAgain = async (): Promise<Awaited<ReturnType<typeof create>>> => {
    const reply = await create('two-hundred', { title: 'once', detail: { z: 1, a: [2, 1] } })
    return reply.statusCode === 503 ? await comeAgain() : reply
  }
  const replies = await Promise.all(Array.from({ length: 200 }, comeAgain))
  expect(
    new Set(
      replies.map(({ statusCode, body, headers }) => `${statusCode} ${body} ${headers['location']} ${headers['etag']}`),
    ).size,
  ).toBe(1)
  expect(replies[0]?.statusCode).toBe(201)
  expect(await total()).toBe(before + 1)
  const entries = await asOwner(
    house,
    "select from foundation.audit_entry where resource = 'notebook.entry' and new ->> 'title' = 'once'",
  )
  expect(entries).toHaveLength(1)
})

test('the first reply is given again, even when the record has changed since', async () => {
  const first = await create('again', { title: 'first' })
  await staff.patch(`/entries/${first.json().id}`, { title: 'changed' })
  expect((await create('again', { title: 'first' })).body).toBe(first.body)
})

test('the same key with another body, or for another address, is refused', async () => {
  await create('reused', { title: 'a' })
  expect((await create('reused', { title: 'b' })).json()).toMatchObject({ status: 422, code: 'key_reused' })
  expect((await staff.post('/households', { title: 'a' }, { 'idempotency-key': 'reused' })).json().code).toBe(
    'key_reused',
  )
})

test('a refused request leaves its key free', async () => {
  expect((await create('second-try', { title: '' })).statusCode).toBe(422)
  expect((await create('second-try', { title: 'now right' })).statusCode).toBe(201)
})

test('two people may use the same key', async () => {
  const [mine, theirs] = [
    await create('shared', { title: 'mine' }),
    await create('shared', { title: 'theirs' }, await house.as(cast.officer)),
  ]
  expect([mine.json().title, theirs.json().title]).toEqual(['mine', 'theirs'])
})

test('after a day the key is free again', async () => {
  const first = await create('old', { title: 'old' })
  await asOwner(
    house,
    "update foundation.idempotency_key set created_at = now() - interval '25 hours' where key = 'old'",
  )
  const second = await create('old', { title: 'new' })
  expect([second.statusCode, second.json().id === first.json().id]).toEqual([201, false])
})

test('an act is done once, too', async () => {
  const admin = await house.as(cast.admin)
  const { id } = (await staff.post('/entries', { title: 'to file' })).json()
  const act = () => admin.post(`/entries/${id}/file`, {}, { 'idempotency-key': 'file-it' })
  const replies = await Promise.all(Array.from({ length: 10 }, act))
  expect(new Set(replies.map(({ body }) => body)).size).toBe(1)
  expect(replies[0]?.json().state).toBe('filed')
  expect((await admin.post(`/entries/${id}/file`)).statusCode).toBe(409)
})

test('who has lost a right meanwhile is not given the reply again, and nothing is done twice', async () => {
  const officer = await house.as(cast.officer)
  const first = await create('outlived', { title: 'told once' }, officer)
  expect(first.statusCode).toBe(201)
  const again = () => create('outlived', { title: 'told once' }, officer)
  expect((await again()).body).toBe(first.body)
  await asOwner(
    house,
    `delete from foundation.grant where user_id = (select id from foundation.user where email = '${cast.officer}')`,
  )
  const before = await total()
  const reply = await again()
  expect(reply.json()).toMatchObject({ status: 409, code: 'conflict', detail: expect.stringContaining('has changed') })
  expect(reply.body).not.toContain('told once')
  expect(await total()).toBe(before)
})

test('old keys are cleaned up by the night', async () => {
  await asOwner(house, "update foundation.idempotency_key set created_at = now() - interval '25 hours'")
  const job = house.engine.registry.jobs.get('foundation.forget-old-keys')?.job
  await house.engine.runJob(job!, await house.caller(), {})
  expect(
    await asOwner(
      house,
      "select from foundation.idempotency_key k join foundation.org o on o.id = k.org_id where slug = 'local-100'",
    ),
  ).toEqual([])
})
