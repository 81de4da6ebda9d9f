import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { demoHost } from '../demo/world.ts'
import { put } from '../files/testing/put.ts'

const host = '/api/v1/host'

let house: TestHouse
let hedda: Voice

const orgOf = async (slug: string) => (await hedda.get(`${host}/orgs/${slug}`)).json()
const setRoom = (slug: string, body: object) => hedda.post(`${host}/orgs/${slug}/file-quota`, body)

beforeAll(async () => {
  house = await openHouse()
  hedda = await house.as(demoHost.email)
  await put(house, { slug: 'riverside', name: 'minutes.txt', bytes: 'Minutes' })
  await put(house, { slug: 'riverside', name: 'the same.txt', bytes: 'Minutes' })
  await put(house, { slug: 'local-100', name: 'roll.txt', bytes: 'Roll' })
})
afterAll(() => house.close())

test('a host sees what the files of an organization come to: the same content counts once', async () => {
  const { files } = await orgOf('riverside')
  const usual = house.engine.files.settings.quota
  expect(files).toEqual({ bytes: 'Minutes'.length, quota: usual, usual_quota: usual, is_own: false })
  await hedda.post(`${host}/orgs/riverside/count`, {})
  expect((await orgOf('riverside')).days[0]).toMatchObject({ file_bytes: 'Minutes'.length })
  expect(JSON.stringify(await orgOf('riverside'))).not.toContain('minutes.txt')
})

test('how much it may keep is set by a host, and told in both journals', async () => {
  const reply = await setRoom('riverside', { bytes: 5_000_000_000 })
  expect([reply.statusCode, reply.json().files]).toEqual([
    200,
    expect.objectContaining({ quota: 5_000_000_000, is_own: true }),
  ])
  const admin = await house.as('admin@riverside.example')
  expect((await admin.get('/file-settings')).json()).toMatchObject({ quota: 5_000_000_000, used: 7 })
  await setRoom('riverside', {})
  expect((await orgOf('riverside')).files.is_own).toBe(false)
  const { data } = (await hedda.get(`${host}/acts?org=riverside`)).json()
  expect(data.slice(0, 2)).toMatchObject([
    { act: 'set-file-quota', old: { bytes: 5_000_000_000 }, new: {} },
    { act: 'set-file-quota', new: { bytes: 5_000_000_000 } },
  ])
  await house.engine.watch.flush()
  const lines = (await admin.get('/audit?filter[via]=host')).json().data
  expect(lines.map((line: { act: string }) => line.act)).toEqual(['set-file-quota', 'set-file-quota'])
})

test('the same again leaves no line, and less than there is takes nothing away', async () => {
  await setRoom('local-100', { bytes: 1 })
  await setRoom('local-100', { bytes: 1 })
  expect((await hedda.get(`${host}/acts?org=local-100`)).json().data).toHaveLength(1)
  expect((await orgOf('local-100')).files).toMatchObject({ bytes: 4, quota: 1 })
})

test.each([[{ bytes: -1 }], [{ bytes: '5' }], [{ bytes: 1.5 }], [{ gigabytes: 5 }]])(
  '%j is refused beside its field',
  async (body) => expect((await setRoom('riverside', body)).statusCode).toBe(422),
)

test('whoever is no host sets nothing', async () => {
  const admin = await house.as('admin@riverside.example')
  expect((await admin.post(`${host}/orgs/riverside/file-quota`, { bytes: 1 })).statusCode).toBe(403)
})

test('health says where files go, and that nothing looks for viruses', async () => {
  const { files } = (await hedda.get(`${host}/health`)).json()
  expect(files).toEqual({
    bytes: 'Minutes'.length + 'Roll'.length,
    store: 'disk',
    store_state: 'ready',
    scanner: 'none',
    without_scanner: 'allow',
  })
})
