import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice, workshop } from '@commonhall/engine/testing'
import { Cabinet } from '../files/testing/cabinet.ts'
import { formOf } from '../testing/form.ts'
import { addPerson, tie } from '../foundation/found-org.ts'
import { withClient } from '../database/provision.ts'

/** Somebody who stands for one of two shops and has no role × every door to what is the other's. */
let house: TestHouse
let admin: Voice
let anna: Voice
let bert: Voice
let org: string

interface Shop {
  readonly shop: string
  readonly job: string
  readonly slip: string
  readonly file: string
}
let mine: Shop
let theirs: Shop
let worker: { readonly id: string; readonly first_name: string }

const person = async (email: string, shop: string) => {
  const name = email.split('@')[0] ?? ''
  await withClient(house.ground.ownerUrl, async (owner) => {
    await addPerson(owner, org, { email, name, passwordHash: '', roles: [] })
    await tie(owner, org, { email, name, resource: 'workshop.shop', record: shop })
  })
  return await house.as(email)
}

async function open(name: string): Promise<Shop> {
  const made = async (path: string, body: object) => {
    const reply = await admin.post(path, body)
    expect(reply.statusCode, reply.body).toBe(201)
    return reply.json().id as string
  }
  const shop = await made('/shops', { name })
  const job = await made('/shop-jobs', { title: `Job of ${name}`, shop, worker: worker.id })
  const slip = await made('/slips', { note: `Slip of ${name}`, job, margin: `Margin of ${name}` })
  const file = await new Cabinet(house).attach(admin, `/slips/${slip}`, { name: `${name}.txt` })
  return { shop, job, slip, file }
}

beforeAll(async () => {
  house = await openHouse({ modules: [workshop] })
  admin = await house.as('admin@local-100.example')
  ;[worker] = (await admin.get('/members?limit=1&filter[state]=active')).json().data
  const [found] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'local-100'")
  org = found?.id ?? ''
  mine = await open('Ash')
  theirs = await open('Birch')
  anna = await person('anna@local-100.example', mine.shop)
  bert = await person('bert@local-100.example', theirs.shop)
})
afterAll(() => house.close())

const status = async (reply: Promise<{ readonly statusCode: number }>) => (await reply).statusCode
const ids = (body: string) => (JSON.parse(body).data as { id: string }[]).map(({ id }) => id)

describe('somebody who stands for a shop', () => {
  test.each(['shops', 'shop-jobs', 'slips'] as const)('finds their own among the %s, and no others', async (path) => {
    const own = { shops: mine.shop, 'shop-jobs': mine.job, slips: mine.slip }[path]
    const other = { shops: theirs.shop, 'shop-jobs': theirs.job, slips: theirs.slip }[path]
    const list = await anna.get(`/${path}?count=exact`)
    expect([ids(list.body), list.json().total]).toEqual([[own], 1])
    expect((await anna.get(`/${path}?q=birch`)).json().data).toEqual([])
    expect((await anna.get(`/${path}?filter[id]=${other}`)).json().data ?? []).toEqual([])
    for (const format of ['csv', 'xlsx'])
      expect((await anna.get(`/${path}/export?format=${format}`)).body).not.toContain('Birch')
    expect(await status(anna.get(`/${path}/${own}`))).toBe(200)
    expect(await status(anna.get(`/${path}/${own}/history`))).toBe(200)
    for (const one of [`/${path}/${other}`, `/${path}/${other}/history`]) expect(await status(anna.get(one))).toBe(404)
  })

  test('reads names of people in what is theirs, and nothing else of them', async () => {
    const row = (await anna.get(`/shop-jobs/${mine.job}`)).json()
    expect(row.titles.worker).toContain(worker.first_name)
    expect((await anna.get(`/slips/${mine.slip}`)).json().titles).toEqual({ job: 'Job of Ash', shop: 'Ash' })
    expect(await status(anna.get(`/members/${worker.id}`))).toBe(403)
    expect(await status(anna.get('/members'))).toBe(403)
  })

  test('reads no field that is for others', async () => {
    expect((await anna.get(`/slips/${mine.slip}`)).json()).not.toHaveProperty('margin')
    expect(await status(anna.get('/slips?sort=margin'))).toBe(403)
    expect(await status(anna.patch(`/slips/${mine.slip}`, { margin: 'none' }))).toBe(403)
    expect((await anna.get('/slips/export?format=csv')).body).not.toContain('Margin')
  })

  test('hands in, changes and sends what is theirs', async () => {
    const made = await anna.post('/slips', { note: 'Week 14', job: mine.job })
    expect([made.statusCode, made.json()]).toMatchObject([201, { shop: mine.shop, can: { update: true, send: true } }])
    const { id } = made.json()
    expect(await status(anna.patch(`/slips/${id}`, { note: 'Week 15' }))).toBe(200)
    expect((await anna.post(`/slips/${id}/send`)).json()).toMatchObject({ state: 'sent' })
    expect(await status(anna.post(`/slips/${id}/settle`))).toBe(403)
    expect(await status(anna.delete(`/slips/${id}`))).toBe(204)
  })

  test('is told of what is another’s that it is not there, whatever they would do with it', async () => {
    const before = (await admin.get(`/slips/${theirs.slip}`)).json()
    const there = [
      anna.patch(`/slips/${theirs.slip}`, { note: 'Mine now' }),
      anna.delete(`/slips/${theirs.slip}`),
      anna.post(`/slips/${theirs.slip}/send`),
      anna.get(`/slips/${theirs.slip}/files`),
      anna.post(`/slips/${theirs.slip}/files`, ...sent()),
      anna.get(`/files/${theirs.file}`),
      anna.get(`/files/${theirs.file}/content`),
    ]
    expect(await Promise.all(there.map(status))).toEqual(there.map(() => 404))
    const many = await anna.post('/slips/send', { ids: [theirs.slip] })
    expect(many.json()).toMatchObject({ done: [], refused: [{ id: theirs.slip }] })
    expect((await admin.get(`/slips/${theirs.slip}`)).json()).toEqual(before)
  })

  test('hands nothing in for another, and is told no more than of what is nowhere', async () => {
    const said = async (job: string) => {
      const replies = [await anna.post('/slips', { note: 'x', job }), await anna.patch(`/slips/${mine.slip}`, { job })]
      return replies.map((reply) => [reply.statusCode, reply.json().errors])
    }
    const nowhere = await said(crypto.randomUUID())
    expect(nowhere).toMatchObject([
      [422, [{ path: 'job', code: 'no_target' }]],
      [422, [{ path: 'job' }]],
    ])
    expect(await said(theirs.job)).toEqual(nowhere)
    expect((await anna.get(`/slips/${mine.slip}`)).json().job).toBe(mine.job)
  })

  test('sees the files of what is theirs', async () => {
    expect(ids((await anna.get('/files')).body)).toEqual([mine.file])
    expect(await status(anna.get(`/files/${mine.file}/content`))).toBe(200)
    expect(await status(anna.post(`/slips/${mine.slip}/files`, ...sent()))).toBe(201)
  })

  test('hears of what happens to theirs, and of nothing else', async () => {
    const listen = async (voice: Voice, after = '') =>
      (await voice.get(`/live?topics=slips,shop-jobs,shops&wait=0${after}`)).json()
    const [{ next: hers }, { next: his }] = [await listen(anna), await listen(bert)]
    await admin.patch(`/slips/${theirs.slip}`, { note: 'Slip of Birch, again' })
    await admin.patch(`/shop-jobs/${theirs.job}`, { title: 'Job of Birch, again' })
    expect((await listen(anna, `&after=${hers}`)).events).toEqual([])
    expect((await listen(bert, `&after=${his}`)).events).toHaveLength(2)
  })

  test('is told of what concerns their shop, and others are not', async () => {
    const caller = await house.caller()
    const to = { party: 'workshop.shop', record: theirs.shop }
    const about = { resource: 'workshop.slip', id: theirs.slip }
    await house.engine.act(caller, (context) => context.notify(workshop.notices![0]!, {}, { to, about }))
    const inbox = async (voice: Voice) => (await voice.get('/inbox')).json().data.length
    expect([await inbox(anna), await inbox(bert)]).toEqual([0, 1])
  })

  test('brings no files of rows in, and is not offered it', async () => {
    const { resources, modules, actor } = (await anna.get('/catalog')).json()
    expect(
      Object.keys(resources)
        .filter((name) => !name.startsWith('foundation.'))
        .toSorted(),
    ).toEqual(['workshop.job', 'workshop.shop', 'workshop.slip'])
    expect(resources['workshop.slip'].permissions).toMatchObject({ create: true, import: expect.any(String) })
    expect([actor.parties, modules.length > 0]).toEqual([{ 'workshop.shop': mine.shop }, true])
    const { payload, headers } = formOf({ name: 'slips.csv', bytes: 'Note\nx\n' }, { resource: 'workshop.slip' })
    expect(await status(anna.post('/imports', payload, headers))).toBe(403)
    expect((await anna.get('/imports')).json().data ?? []).toEqual([])
  })

  test('may do nothing of the house’s own', async () => {
    for (const path of ['users', 'roles', 'invitations', 'audit', 'api-keys', 'webhooks', 'mails'])
      expect(await status(anna.get(`/${path}`)), path).toBe(403)
    expect((await anna.get('/overview')).json()).toEqual({ metrics: [], recent: [] })
  })
})

const sent = () => {
  const { payload, headers } = formOf({ name: 'note.txt', bytes: 'A note' }, {})
  return [payload, headers] as const
}

describe('what a shop gives ends', () => {
  test('while it is archived, from the next request on, and comes back with it', async () => {
    await admin.delete(`/shops/${theirs.shop}`)
    expect(await status(bert.get('/slips'))).toBe(403)
    await admin.post(`/shops/${theirs.shop}/restore`)
    expect(await status(bert.get(`/slips/${theirs.slip}`))).toBe(200)
  })

  test('when it is renamed nothing but the name people see', async () => {
    await admin.patch(`/shops/${theirs.shop}`, { name: 'Beech' })
    const people = (await admin.get('/users?q=bert')).json().data
    expect(people).toMatchObject([{ stands_for: 'Beech', roles: null }])
  })
})
