import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, eventually, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { bothWays, nothingLost } from './testing/both-ways.ts'
import { freshBytes, sha256Of } from '../stores/testing/bytes.ts'
import { Wire } from './testing/uploading.ts'
import { sweep } from './sweep/sweep.ts'

let house: TestHouse
let staff: Voice
let member: string
let url: string

beforeAll(async () => {
  house = await openHouse()
  url = await house.app.listen({ port: 0, host: '127.0.0.1' })
  staff = await house.as(cast.staff)
  member = (await staff.get('/members?limit=1')).json().data[0].id
})
afterAll(() => house.close())

interface Sent {
  readonly name: string
  readonly token: string
  readonly to: string
  readonly fields: Record<string, string>
  readonly headers: Record<string, string>
}

/** A script's upload, as `curl -F` makes it. */
async function attach(bytes: Buffer, options: Partial<Sent> = {}) {
  const { name = 'lease.pdf', token = staff.token, to = member, fields = {}, headers = {} } = options
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.append(key, value)
  form.append('file', new Blob([new Uint8Array(bytes)]), name)
  const reply = await fetch(`${url}/api/v1/orgs/local-100/members/${to}/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...headers },
    body: form,
  })
  return { status: reply.status, location: reply.headers.get('location'), row: await reply.json() }
}

const counted = async (table: string) => {
  const [row] = await asOwner<{ count: number }>(house, `select count(*)::integer from foundation.${table}`)
  return row?.count ?? 0
}

describe('a form', () => {
  test('attaches a file in one request', async () => {
    const bytes = freshBytes(700_000)
    const { status, location, row } = await attach(bytes, { fields: { caption: 'Signed', tags: 'lease, 2026' } })
    expect([status, location]).toEqual([201, `/api/v1/orgs/local-100/files/${row.id}`])
    expect(row).toMatchObject({
      name: 'lease.pdf',
      caption: 'Signed',
      tags: ['lease', '2026'],
      size: bytes.length,
      sha256: sha256Of(bytes),
      record: member,
      state: 'checking',
    })
    expect((await staff.get(`/files/${row.id}`)).json().sha256).toBe(sha256Of(bytes))
  })

  test('is answered once per key, by what is in it', async () => {
    const headers = { 'idempotency-key': 'lease-4b' }
    const bytes = freshBytes(1000)
    const [first, before] = [await attach(bytes, { headers }), await counted('file')]
    expect(await attach(bytes, { headers })).toEqual(first)
    expect((await attach(freshBytes(1000), { headers })).row).toMatchObject({ status: 422, code: 'key_reused' })
    expect([await counted('file'), await counted('file_upload where done_as is null')]).toEqual([before, 0])
  })

  test.each([
    ['nothing in it', 0, {}, 422, 'empty'],
    ['a kind of file that is not taken', 10, { name: 'setup.exe' }, 415, 'bad_type'],
    ['a record that is not there', 10, { to: crypto.randomUUID() }, 404, 'not_found'],
    ['too long a caption', 10, { fields: { caption: 'x'.repeat(501) } }, 422, 'invalid'],
  ])('with %s is refused, and leaves nothing', async (_what, size, options, status, code) => {
    const before = await counted('file')
    expect((await attach(freshBytes(size), options)).row).toMatchObject({ status, code })
    expect([await counted('file'), await counted('file_upload where done_as is null')]).toEqual([before, 0])
  })

  test('is refused to whoever may not, and when it is none', async () => {
    const { token } = await house.as(cast.instructor)
    expect((await attach(freshBytes(10), { token })).status).toBe(403)
    expect((await staff.post(`/members/${member}/files`, { file: 'x' })).statusCode).toBe(415)
    const empty = new FormData()
    empty.append('caption', 'alone')
    const reply = await fetch(`${url}/api/v1/orgs/local-100/members/${member}/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${staff.token}` },
      body: empty,
    })
    expect(reply.status).toBe(400)
  })

  test.each([
    ['its file', ''],
    ['the rest of its file', 'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF'],
  ])('that does not send %s is given up, and its place with it', async (_what, sent) => {
    const usual = house.engine.files.pace
    house.engine.files.pace = { stretch: 300, least: 100 }
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => {}).resume()
    socket.write(
      [
        `POST /api/v1/orgs/local-100/members/${member}/files HTTP/1.1`,
        'Host: here',
        `Authorization: Bearer ${staff.token}`,
        'Content-Type: multipart/form-data; boundary=x',
        'Content-Length: 5000',
        '',
        '--x',
        sent,
      ].join('\r\n'),
    )
    await closed
    await eventually(async () => expect(await counted('file_upload where done_as is null')).toBe(0))
    house.engine.files.pace = usual
  })
})

describe('the quota', () => {
  const setQuota = (bytes: number | null) =>
    asOwner(house, "update foundation.org set file_quota = $1 where slug = 'local-100'", [bytes])
  const settings = async () => (await staff.get('/file-settings')).json()

  test('counts what is on its way, and says what to do', async () => {
    const { used } = await settings()
    await setQuota(used + 10_000)
    const wire = new Wire({ url, org: 'local-100', token: staff.token })
    const told = { name: 'a.pdf', resource: 'members', record: member }
    const at = await wire.begun(told, 6000)
    const refused = await wire.begin(told, 6000)
    expect(await refused.json()).toMatchObject({
      status: 413,
      code: 'quota',
      detail: expect.stringMatching(/no room.*of the .* in use.*Delete files/),
    })
    await wire.send('DELETE', at)
    expect((await wire.begin(told, 6000)).status).toBe(201)
    await setQuota(null)
  })

  test('is looked at again at the end: of two that want the last room, one gets it', async () => {
    const wire = new Wire({ url, org: 'local-100', token: staff.token })
    const told = { name: 'a.pdf', resource: 'members', record: member }
    const [first, second] = [await wire.begun(told, 6000), await wire.begun(told, 6000)]
    const { used, quota } = await settings()
    expect(quota).toBe(house.engine.files.settings.quota)
    await setQuota(used + 10_000)
    const replies = await Promise.all([wire.patch(first, 0, freshBytes(6000)), wire.patch(second, 0, freshBytes(6000))])
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([204, 413]))
    expect((await settings()).used).toBe(used + 6000)
    await setQuota(null)
    await sweep(house.engine, new Date(Date.now() + 2 * 24 * 3600_000))
    expect(await bothWays(house)).toEqual(nothingLost)
  })

  test('is not touched by bytes that are there already', async () => {
    const bytes = freshBytes(5000)
    await attach(bytes)
    const { used } = await settings()
    await attach(bytes, { name: 'again.pdf' })
    expect((await settings()).used).toBe(used)
  })
})

test('what holds for files is told', async () => {
  const reply = (await staff.get('/file-settings')).json()
  expect(reply).toMatchObject({
    largest: 100_000_000,
    types: { pdf: { endings: { pdf: 'application/pdf' } } },
    scanner: { state: 'none', without: 'allow' },
    store: 'disk',
  })
})
