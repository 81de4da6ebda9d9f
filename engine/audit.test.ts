import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { houseCaller, findOrg } from './caller.ts'

let house: TestHouse
let admin: Voice
let staff: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  admin = await house.as(cast.admin)
  staff = await house.as(cast.staff)
})
afterAll(() => house.close())

const trail = async (record: string) => (await admin.get(`/audit?filter[record]=${record}&sort=at`)).json().data

test("a record's trail tells who did what, from what to what, through which door, in which request", async () => {
  const created = await staff.post('/entries', { title: 'a', cost: '1.00' })
  const { id } = created.json()
  const changed = await staff.patch(`/entries/${id}`, { title: 'b', cost: '1.00', body: 'new' })
  const filed = await admin.post(`/entries/${id}/file`)
  await admin.delete(`/entries/${id}`)
  await admin.post(`/entries/${id}/restore`)
  const lines = await trail(id)
  expect(lines.map(({ act, actor_name, changes }: Record<string, unknown>) => [act, actor_name, changes])).toEqual([
    ['create', 'Sam Whitaker', { title: [null, 'a'], cost: [null, '1.00'], state: [null, 'draft'] }],
    ['update', 'Sam Whitaker', { title: ['a', 'b'], body: [null, 'new'] }],
    ['file', 'Ada Okafor', { state: ['draft', 'filed'] }],
    ['archive', 'Ada Okafor', { archived_at: [null, expect.any(String)] }],
    ['restore', 'Ada Okafor', { archived_at: [expect.any(String), null] }],
  ])
  expect(lines.slice(0, 3).map(({ request_id }: { request_id: string }) => request_id)).toEqual(
    [created, changed, filed].map(({ headers }) => headers['x-request-id']),
  )
  for (const line of lines) expect(line).toMatchObject({ via: 'api', resource: 'notebook.entry', record: id })
  const [me] = (await admin.get('/users?filter[email]=staff@local-100.example')).json().data
  expect(lines[0]).toMatchObject({ actor: me.id, titles: { actor: 'Sam Whitaker' } })
})

test('a change that changes nothing leaves no line, and a refused one neither', async () => {
  const { id } = (await staff.post('/entries', { title: 'quiet' })).json()
  await staff.patch(`/entries/${id}`, { title: 'quiet' })
  await staff.patch(`/entries/${id}`, { title: '' })
  await staff.delete(`/entries/${id}`)
  expect(await trail(id)).toHaveLength(1)
})

test('many at once leave a line each, under the name of the act', async () => {
  const ids = []
  for (const title of ['x', 'y', 'z']) ids.push((await staff.post('/entries', { title })).json().id)
  const reply = await admin.post('/entries/file', { ids })
  for (const id of ids)
    expect((await trail(id)).at(-1)).toMatchObject({ act: 'file', request_id: reply.headers['x-request-id'] })
})

test("what a job does for somebody carries the job's door and the request that caused it", async () => {
  const org = await findOrg(house.engine.database, 'local-100')
  const caller = houseCaller(org!, 'job', { requestId: 'the-request' })
  const job = house.engine.registry.jobs.get('notebook.entries-are-tidy')?.job
  await house.engine.runJob(job!, caller, { title: 'by the job' })
  const [{ id }] = (await staff.get('/entries?filter[title]=by the job')).json().data
  expect(await trail(id)).toMatchObject([
    { act: 'create', via: 'job', actor: null, actor_name: 'Commonhall', request_id: 'the-request' },
  ])
})

test('a statement that writes a thousand rows leaves a thousand lines, and one that is rolled back none', async () => {
  const caller = await house.caller()
  const rows = Array.from({ length: 1000 }, (_, n) => ({ title: `bulk ${n}`, state: 'draft' as const }))
  await house.engine.act(caller, (context) => context.db.insertInto('notebook.entry').values(rows).execute())
  const count = async () =>
    (await admin.get('/audit?filter[via]=command&filter[act]=create&count=exact&limit=1')).json().total
  expect(await count()).toBe(1000)
  await expect(
    house.engine.act(caller, async (context) => {
      await context.db.insertInto('notebook.entry').values(rows).execute()
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await count()).toBe(1000)
})

test('a role that is changed leaves a line', async () => {
  const [{ id }] = (await admin.get('/roles?filter[name]=staff')).json().data
  await asOwner(house, 'update foundation.role set changes = \'{"notebook.entry.archive": true}\' where id = $1', [id])
  expect((await trail(id)).at(-1)).toMatchObject({
    resource: 'foundation.role',
    changes: { changes: [{}, { 'notebook.entry.archive': true }] },
  })
})

test('the trail is for admins and officers, and for nobody to write', async () => {
  expect((await staff.get('/audit')).statusCode).toBe(403)
  const [line] = (await admin.get('/audit?limit=1')).json().data
  for (const reply of [
    await admin.post('/audit', {}),
    await admin.patch(`/audit/${line.id}`, {}),
    await admin.delete(`/audit/${line.id}`),
  ]) {
    expect(reply.statusCode).toBe(404)
  }
})
