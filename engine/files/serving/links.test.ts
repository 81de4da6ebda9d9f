import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { photo, secrets } from '../previews/testing/photos.ts'
import { AddressLimit } from '../../http/address-limit.ts'
import { FileLinks } from './links.ts'
import { put } from '../testing/put.ts'

let house: TestHouse
let staff: Voice
beforeAll(async () => {
  house = await openHouse()
  staff = await house.as(cast.staff)
})
afterAll(() => house.close())

let count = 0

/** A file of its own for each test, and a link to it. */
async function linked(minutes?: number) {
  const bytes = Buffer.from(`Notice ${(count += 1)}`)
  const file = await put(house, { bytes, name: 'notice.txt' })
  const reply = await staff.post(`/files/${file}/link`, minutes === undefined ? undefined : { minutes })
  return { file, bytes, reply, url: String(reply.json().url) }
}

/** Opens a link as somebody who has signed in nowhere. */
const open = (url: string, headers: Record<string, string> = {}) =>
  house.app.inject({ url: new URL(url).pathname, headers })

const isOver = async (url: string) => {
  const reply = await open(url)
  return [reply.statusCode, reply.json().detail]
}

const over = [404, expect.stringContaining('does not work any more')]

const asksOwner = (sql: string) => asOwner<Record<string, unknown>>(house, sql)

describe('a link to a file', () => {
  test('opens it without sign-in, and lets where it leads learn nothing', async () => {
    const { reply, url, bytes } = await linked()
    expect(reply.statusCode).toBe(201)
    const lasts = Date.parse(reply.json().expires_at) - Date.now()
    expect(lasts).toBeGreaterThan(59 * 60_000)
    expect(lasts).toBeLessThanOrEqual(60 * 60_000)
    expect(url).toContain(`${house.engine.settings.publicUrl}/api/v1/file-links/`)
    const opened = await open(url)
    expect([opened.statusCode, opened.payload]).toEqual([200, String(bytes)])
    expect(opened.headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'content-disposition': expect.stringContaining('notice.txt'),
      'content-security-policy': "sandbox; default-src 'none'",
    })
    expect((await open(url, { range: 'bytes=0-5' })).payload).toBe('Notice')
  })

  test.each([[4], [10_081], [5.5], ['60'], [null]])('cannot last %j minutes', async (minutes) => {
    const { reply } = await linked(minutes as number)
    expect([reply.statusCode, reply.json().errors[0]?.path]).toEqual([422, 'minutes'])
  })

  test('that nobody here has made leads nowhere', async () => {
    const { url, file } = await linked()
    const token = url.slice(url.lastIndexOf('/') + 1)
    const said = new FileLinks(house.engine.settings).open(token)!
    expect(said.file).toBe(file)
    const forged = new FileLinks({ secret: 'somebody else' }).seal(said)
    const flipped = (token.startsWith('A') ? 'B' : 'A') + token.slice(1)
    for (const wrong of ['x', flipped, token.slice(0, -8), forged, 'A'.repeat(300)])
      expect(await isOver(url.replace(token, wrong))).toEqual(over)
  })

  test('ends when its time is up', async () => {
    const links = new FileLinks({ secret: 'ours' })
    const [org, file, maker] = ['1', '2', '3'].map(
      (digit) => `0190${'0'.repeat(3)}${digit}-0000-7000-8000-000000000000`,
    )
    const said = { org: org!, file: file!, maker: maker!, version: 1, until: 1000 }
    expect(links.open(links.seal(said), 999)).toEqual(said)
    expect(links.open(links.seal(said), 1000)).toBeUndefined()
  })

  test('ends with the file', async () => {
    const { url, file } = await linked()
    await asksOwner(`update foundation.file set archived_at = now() where id = '${file}'`)
    expect(await isOver(url)).toEqual(over)
    await asksOwner(`update foundation.file set archived_at = null where id = '${file}'`)
    expect((await open(url)).statusCode).toBe(200)
    await asksOwner(
      `update foundation.file_content set verdict = 'held', reason = 'infected'
      where sha256 = (select sha256 from foundation.file where id = '${file}')`,
    )
    expect(await isOver(url)).toEqual(over)
  })

  test('stays with the version that it was made for', async () => {
    const { url, file, bytes } = await linked()
    await put(house, { bytes: Buffer.from('another one'), file })
    expect((await open(url)).payload).toBe(String(bytes))
  })

  test('ends with the right of whoever made it, and while the organization is suspended', async () => {
    const { url } = await linked()
    const role = `update foundation.role set changes = `
    const ofStaff = ` where name = 'staff' and org_id = (select id from foundation.org where slug = 'local-100')`
    await asksOwner(`${role} '{"members.member.read-files": false}' ${ofStaff}`)
    expect(await isOver(url)).toEqual(over)
    await asksOwner(`${role} '{}' ${ofStaff}`)
    expect((await open(url)).statusCode).toBe(200)
    const suspended = (at: string) =>
      asksOwner(`update foundation.org set suspended_at = ${at} where slug = 'local-100'`)
    await suspended('now()')
    expect(await isOver(url)).toEqual(over)
    await suspended('null')
    expect((await open(url)).statusCode).toBe(200)
  })

  test('is told in the trail of the record when it is made, and each time that it is opened', async () => {
    const { url, file } = await linked()
    await open(url)
    const lines = await asksOwner(
      `select act, kind, actor_name, changes, detail, address from foundation.audit_line
      where record = (select record from foundation.file where id = '${file}') order by at desc limit 2`,
    )
    expect(lines).toEqual([
      expect.objectContaining({
        act: 'read',
        actor_name: null,
        address: '127.0.0.1',
        detail: { fields: [], rows: 1, file: { id: file, version: 1 }, link_of: expect.any(String) },
      }),
      expect.objectContaining({
        act: 'link-file',
        kind: 'change',
        changes: {
          attached_file: [null, { id: file, version: 1, name: 'notice.txt', until: expect.any(String) }],
        },
      }),
    ])
  })

  test('brings a picture without what the camera wrote, whoever made it', async () => {
    const bytes = await photo()
    const file = await put(house, { bytes, name: 'leak.jpg', mediaType: 'image/jpeg' })
    const { url } = (await staff.post(`/files/${file}/link`)).json()
    const opened = await open(url)
    expect([opened.statusCode, opened.headers['content-type']]).toEqual([200, 'image/jpeg'])
    for (const secret of secrets) expect(opened.rawPayload.includes(secret)).toBe(false)
  })

  test('is not kept with the reply to its request', async () => {
    const { file } = await linked()
    const ask = () => staff.post(`/files/${file}/link`, {}, { 'idempotency-key': 'one-link-to-a-file' })
    expect((await ask()).json().url).toEqual(expect.any(String))
    const again = await ask()
    expect([again.statusCode, again.json().url]).toEqual([201, undefined])
  })
})

test('many links are made at once: none waits for another', async () => {
  const { file } = await linked()
  const replies = await Promise.all(Array.from({ length: 20 }, () => staff.post(`/files/${file}/link`)))
  expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([201]))
})

test('links are not opened without end from one address', () => {
  const limit = new AddressLimit(60, 'serving:too_many')
  for (let n = 0; n < 60; n += 1) limit.enter('192.0.2.1', 1_000_000)
  expect(() => limit.enter('192.0.2.1', 1_000_000)).toThrow('Wait a minute')
  limit.enter('192.0.2.2', 1_000_000)
  limit.enter('192.0.2.1', 1_060_001)
})
