import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, eventually, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { testSettings } from '../../testing/settings.ts'
import { openLink } from '../stores/s3/link.ts'
import type { DirectRequest } from '../stores/store.ts'
import { s3Environment } from '../stores/testing/environment.ts'
import { findS3 } from '../stores/testing/s3-server.ts'
import { sweep } from './sweep/sweep.ts'
import { bothWays, nothingLost } from './testing/both-ways.ts'
import { freshBytes, sha256Of } from '../stores/testing/bytes.ts'
import { type Sender, Wire } from './testing/uploading.ts'

const size = 6000
const days = (many: number) => new Date(Date.now() + many * 24 * 3600_000)
const webFolder = mkdtempSync(join(tmpdir(), 'commonhall-web-'))
writeFileSync(join(webFolder, 'index.html'), '<!doctype html><title>A page</title>')
afterAll(() => rmSync(webFolder, { recursive: true }))

const { server, called } = await findS3()

let house: TestHouse
let staff: Voice
let officer: Voice
let sender: Sender
let wire: Wire
let member: string

beforeAll(async () => {
  const s3 = server ? s3Environment(server.settings) : {}
  const environment = { ...testSettings.environment, ...s3, S3_DIRECT: '1' }
  house = await openHouse({ settings: { environment }, webFolder })
  const url = await house.app.listen({ port: 0, host: '127.0.0.1' })
  staff = await house.as(cast.staff)
  officer = await house.as(cast.officer)
  sender = { url, org: 'local-100', token: staff.token }
  wire = new Wire(sender)
  member = (await staff.get('/members?limit=1')).json().data[0].id
})
afterAll(async () => {
  await house.close()
  await server?.end()
})

const pathOf = (address: string) => address.replace('/api/v1/orgs/local-100', '')
const begun = async (more: Record<string, string> = {}, bytes = size) =>
  pathOf(await wire.begun({ name: 'scan.pdf', resource: 'members', record: member, ...more }, bytes))

/** An upload with an address to send it to. */
async function offered(bytes: Buffer, more: Record<string, string> = {}) {
  const at = await begun({ sha256: sha256Of(bytes), ...more }, bytes.length)
  const reply = await staff.post(`${at}/direct`)
  expect([reply.statusCode, reply.body]).toEqual([201, expect.any(String)])
  return { at, offer: reply.json() as DirectRequest & { readonly expires_at: string } }
}

/** As a browser sends it: to the service itself, with the headers that it was told. */
const put = async ({ url, method, headers }: DirectRequest, bytes: Buffer) =>
  (await fetch(url, { method, headers, body: new Uint8Array(bytes) })).status

const complete = (at: string, voice = staff) => voice.post(`${at}/complete`)
const told = (reply: Awaited<ReturnType<typeof complete>>) => [reply.statusCode, reply.json().code]
const idOf = (at: string) => at.split('/').at(-1) ?? ''
const rowOf = async (at: string) =>
  (await asOwner<{ org_id: string }>(house, 'select org_id from foundation.file_upload where id = $1', [idOf(at)]))[0]

/** Bytes where the address leads, from somebody whom the service does not hold to it. */
async function plant(at: string, bytes: Buffer): Promise<void> {
  if (!server) throw new Error(called)
  const { sdk, client } = await openLink(server.settings)
  const Key = `${(await rowOf(at))?.org_id}/uploads/${idOf(at)}/direct`
  await client.send(new sdk.PutObjectCommand({ Bucket: server.settings.bucket, Key, Body: bytes }))
  client.destroy()
}

describe.skipIf(!server)(`a file that goes to the S3 service itself (${called})`, () => {
  test('becomes one like all others', async () => {
    expect((await staff.get('/file-settings')).json()).toMatchObject({ store: 's3', direct: true })
    const bytes = freshBytes(size)
    const { at, offer } = await offered(bytes, { caption: 'Of March' })
    expect(Date.parse(offer.expires_at) - Date.now()).toBeLessThan(16 * 60_000)
    expect(new URL(offer.url).origin).toBe(server?.settings.endpoint)
    expect(told(await complete(at))).toEqual([409, 'conflict'])
    expect(await put(offer, bytes)).toBe(200)
    const reply = await complete(at)
    const { file } = reply.json()
    expect([reply.statusCode, reply.json()]).toMatchObject([200, { received: size, name: 'scan.pdf' }])
    expect(reply.headers['content-location']).toBe(`/api/v1/orgs/local-100/files/${file}`)
    expect((await staff.get(`/files/${file}`)).json()).toMatchObject({
      sha256: sha256Of(bytes),
      size,
      caption: 'Of March',
      record: member,
      state: 'checking',
    })
    const [job] = await asOwner(house, "select data from queue.job where name = 'files.content-is-checked'")
    expect(job).toMatchObject({ data: { sha256: sha256Of(bytes) } })
    expect(await bothWays(house)).toEqual(nothingLost)
  })

  test('is completed once, however often one says so', async () => {
    const bytes = freshBytes(size)
    const { at, offer } = await offered(bytes)
    await put(offer, bytes)
    const both = await Promise.all([complete(at), complete(at)])
    const done = both.filter(({ statusCode }) => statusCode === 200)
    expect(done.length).toBeGreaterThan(0)
    for (const reply of both) expect([200, 409, 423]).toContain(reply.statusCode)
    expect((await complete(at)).json()).toEqual(done[0]?.json())
    expect(told(await staff.post(`${at}/direct`))).toEqual([409, 'conflict'])
    const many = 'select from foundation.file_version where sha256 = $1'
    expect(await asOwner(house, many, [sha256Of(bytes)])).toHaveLength(1)
  })
})

describe.skipIf(!server)(`what came to the service (${called})`, () => {
  test('is not taken at another size, by the service or by us', async () => {
    const bytes = freshBytes(size)
    const { at, offer } = await offered(bytes)
    expect(await put({ ...offer, headers: { ...offer.headers, 'content-length': '9' } }, freshBytes(9))).toBe(403)
    expect(told(await complete(at))).toEqual([409, 'conflict'])
    await plant(at, freshBytes(size + 1))
    expect(told(await complete(at))).toEqual([413, 'too_large'])
    expect((await staff.get(at)).statusCode).toBe(404)
  })

  test('that is too short can still be completed here', async () => {
    const bytes = freshBytes(size)
    const { at } = await offered(bytes)
    await plant(at, bytes.subarray(0, 1000))
    expect(told(await complete(at))).toEqual([409, 'conflict'])
    const last = await wire.patch(`/api/v1/orgs/local-100${at}`, 1000, bytes.subarray(1000))
    expect((await staff.get(last.headers.get('content-location') ?? '')).json().sha256).toBe(sha256Of(bytes))
  })

  test('is not taken when it holds something else', async () => {
    const { at, offer } = await offered(freshBytes(size))
    await put(offer, freshBytes(size))
    await plant(at, freshBytes(size))
    expect(told(await complete(at))).toEqual([460, 'checksum'])
    expect((await staff.get(at)).statusCode).toBe(404)
    expect(await bothWays(house)).toEqual(nothingLost)
  })

  test('cannot be sent later than was said, nor completed once it was given up', async () => {
    const bytes = freshBytes(size)
    const { at, offer } = await offered(bytes)
    const upload = { org: (await rowOf(at))?.org_id ?? '', upload: idOf(at) }
    const brief = { size, sha256: sha256Of(bytes), minutes: 1 / 60 }
    const short = await house.engine.files.stores.current.direct?.offer(upload, brief)
    if (!short) throw new Error('It takes none.')
    await eventually(async () => expect(await put(short, bytes)).toBe(403))
    expect(await put(offer, bytes)).toBe(200)
    await asOwner(house, "update foundation.file_upload set expires_at = now() - interval '1 second' where id = $1", [
      upload.upload,
    ])
    expect(told(await complete(at))).toEqual([410, 'gone'])
    expect(told(await staff.post(`${at}/direct`))).toEqual([410, 'gone'])
  })
})

describe.skipIf(!server)(`a file that goes there (${called})`, () => {
  test('is its sender’s alone', async () => {
    const bytes = freshBytes(size)
    const { at, offer } = await offered(bytes)
    await put(offer, bytes)
    expect(told(await officer.post(`${at}/direct`))).toEqual([404, 'not_found'])
    expect(told(await complete(at, officer))).toEqual([404, 'not_found'])
    expect((await complete(at)).statusCode).toBe(200)
  })

  test('needs its sum, said once', async () => {
    const bytes = freshBytes(size)
    const at = await begun()
    expect(told(await staff.post(`${at}/direct`))).toEqual([422, 'invalid'])
    expect(told(await staff.post(`${at}/direct`, { sha256: 'nonsense' }))).toEqual([422, 'invalid'])
    const reply = await staff.post(`${at}/direct`, { sha256: sha256Of(bytes).toUpperCase() })
    expect(reply.statusCode).toBe(201)
    expect(told(await staff.post(`${at}/direct`, { sha256: sha256Of(freshBytes(1)) }))).toEqual([422, 'invalid'])
    expect(await put(reply.json(), bytes)).toBe(200)
    expect((await complete(at)).statusCode).toBe(200)
  })

  test('that has begun to come here comes here', async () => {
    const bytes = freshBytes(size)
    const { at, offer } = await offered(bytes)
    await wire.patch(`/api/v1/orgs/local-100${at}`, 0, bytes.subarray(0, 1000))
    expect(told(await staff.post(`${at}/direct`))).toEqual([409, 'conflict'])
    await put(offer, freshBytes(size))
    const last = await wire.patch(`/api/v1/orgs/local-100${at}`, 1000, bytes.subarray(1000))
    expect((await staff.get(last.headers.get('content-location') ?? '')).json().sha256).toBe(sha256Of(bytes))
  })
})

describe.skipIf(!server)(`a file that went there (${called})`, () => {
  test('asks for the right and the room again at its end', async () => {
    const [full, barred] = [freshBytes(size), freshBytes(size)]
    const [one, two] = [await offered(full), await offered(barred)]
    await put(one.offer, full)
    await put(two.offer, barred)
    await asOwner(house, "update foundation.org set file_quota = 1 where slug = 'local-100'")
    expect(told(await complete(one.at))).toEqual([413, 'quota'])
    await asOwner(house, "update foundation.org set file_quota = null where slug = 'local-100'")
    await asOwner(house, "update foundation.org set suspended_at = now() where slug = 'local-100'")
    expect((await complete(two.at)).statusCode).toBe(403)
    await asOwner(house, "update foundation.org set suspended_at = null where slug = 'local-100'")
    await eventually(async () => expect((await complete(two.at)).statusCode).toBe(200))
  })
})

describe.skipIf(!server)(`what a process leaves when it dies (${called})`, () => {
  test('is completed by another process where one died, at whatever point', async () => {
    const twin = await house.twin()
    const other = await twin.server()
    const { direct } = house.engine.files.stores.current
    const finish = async (at: string) => {
      const url = `/api/v1/orgs/local-100${at}/complete`
      return await other.inject({ method: 'POST', url, headers: { authorization: `Bearer ${staff.token}` } })
    }
    const sent = async () => {
      const bytes = freshBytes(size)
      const { at, offer } = await offered(bytes)
      await put(offer, bytes)
      const upload = { org: (await rowOf(at))?.org_id ?? '', upload: idOf(at) }
      return {
        bytes,
        at,
        offer,
        upload,
        address: { org: upload.org, kind: 'content', sha256: sha256Of(bytes) } as const,
      }
    }
    // It was taken, and perhaps not yet removed where it had been sent to.
    const taken = await sent()
    await direct?.take(taken.upload)
    await put(taken.offer, taken.bytes)
    expect((await finish(taken.at)).statusCode).toBe(200)
    // Its bytes were kept, and no row was written.
    const kept = await sent()
    await direct?.take(kept.upload)
    await house.engine.files.stores.current.keep(kept.upload, kept.address)
    expect((await finish(kept.at)).statusCode).toBe(409)
    const again = (await staff.post(`${kept.at}/direct`)).json()
    expect(await put(again, kept.bytes)).toBe(200)
    expect((await finish(kept.at)).statusCode).toBe(200)
    // Nobody ever came back.
    const left = await sent()
    await direct?.take(left.upload)
    await asOwner(house, "update foundation.file_upload set expires_at = now() - interval '1 day'")
    await sweep(house.engine, days(2))
    expect(await bothWays(house)).toEqual(nothingLost)
    await other.close()
    await twin.close()
  })
})

test.skipIf(!server)(`pages may send there, and nowhere else (${called})`, async () => {
  const { headers } = await house.app.inject('/')
  expect(headers['content-security-policy']).toContain(`; connect-src 'self' ${server?.settings.endpoint};`)
})

describe('without such a service', () => {
  let plain: TestHouse
  beforeAll(async () => {
    plain = await openHouse({ webFolder })
  })
  afterAll(() => plain.close())

  test('files are sent here, and programs are told so', async () => {
    const url = await plain.app.listen({ port: 0, host: '127.0.0.1' })
    const voice = await plain.as(cast.staff)
    const record = (await voice.get('/members?limit=1')).json().data[0].id
    const through = new Wire({ url, org: 'local-100', token: voice.token })
    const at = pathOf(await through.begun({ name: 'scan.pdf', resource: 'members', record }, size))
    expect((await voice.get('/file-settings')).json()).toMatchObject({ store: 'disk', direct: false })
    for (const act of ['direct', 'complete'])
      expect((await voice.post(`${at}/${act}`)).json()).toMatchObject({
        status: 409,
        code: 'no_direct',
        detail: 'Files are sent through this server here. Send this one with PATCH.',
      })
    expect((await voice.post(`/uploads/${crypto.randomUUID()}/direct`)).statusCode).toBe(404)
    const { headers } = await plain.app.inject('/')
    expect(headers['content-security-policy']).toMatch(/connect-src 'self';/)
  })
})
