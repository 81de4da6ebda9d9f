import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, eventually, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { freshBytes, sha256Of } from '../stores/testing/bytes.ts'
import { type Sender, uploadsOf, Wire } from './testing/uploading.ts'

let house: TestHouse
let staff: Voice
let sender: Sender
let wire: Wire
let member: string
let url: string

beforeAll(async () => {
  house = await openHouse()
  url = await house.app.listen({ port: 0, host: '127.0.0.1' })
  staff = await house.as(cast.staff)
  sender = { url, org: 'local-100', token: staff.token }
  wire = new Wire(sender)
  member = (await staff.get('/members?limit=1')).json().data[0].id
})
afterAll(() => house.close())

const toMember = (more: Record<string, string> = {}) => ({
  name: 'minutes.pdf',
  resource: 'members',
  record: member,
  ...more,
})
const codeOf = async (reply: Response) => [reply.status, ((await reply.json()) as { code: string }).code]
const offsetOf = async (address: string) => (await wire.send('HEAD', address)).headers.get('upload-offset')
/** Resolves once the server has taken so many bytes. */
const arrived = (as: Wire, address: string, bytes: number) =>
  eventually(async () => expect(await (await as.send('GET', address)).json()).toMatchObject({ received: bytes }))
const rows = () => asOwner(house, 'select id from foundation.file_upload where done_as is null')
const checksum = (bytes: Buffer) => `sha256 ${createHash('sha256').update(bytes).digest('base64')}`

describe('the protocol', () => {
  test('tells what it can do', async () => {
    const { status, headers } = await wire.send('OPTIONS', uploadsOf(sender))
    expect(status).toBe(204)
    expect(headers.get('tus-version')).toBe('1.0.0')
    expect(headers.get('tus-extension')?.split(',')).toEqual([
      'creation',
      'creation-with-upload',
      'expiration',
      'checksum',
      'termination',
    ])
    expect(headers.get('tus-checksum-algorithm')).toBe('sha256')
    expect(headers.get('tus-max-size')).toBe('100000000')
  })

  test('speaks one version', async () => {
    const reply = await wire.begin(toMember(), 10, { 'tus-resumable': '0.2.2' })
    expect(reply.headers.get('tus-version')).toBe('1.0.0')
    expect(await codeOf(reply)).toEqual([412, 'bad_version'])
  })

  test('begins, takes bytes from where it stands, and makes a file of the last', async () => {
    const bytes = freshBytes(3000)
    const begun = await wire.begin(toMember({ name: 'Über uns.PDF', caption: ' Of March ', tags: 'a, b,a' }), 3000)
    expect(begun.status).toBe(201)
    const at = begun.headers.get('location') ?? ''
    expect(at).toMatch(/^\/api\/v1\/orgs\/local-100\/uploads\/[0-9a-f-]{36}$/)
    expect(Date.parse(begun.headers.get('upload-expires') ?? '')).toBeGreaterThan(Date.now() + 23 * 3600_000)
    expect(await offsetOf(at)).toBe('0')
    const first = await wire.patch(at, 0, bytes.subarray(0, 1000))
    expect([first.status, first.headers.get('upload-offset'), first.headers.get('content-location')]).toEqual([
      204,
      '1000',
      null,
    ])
    expect((await staff.get(at)).json()).toMatchObject({ name: 'Über uns.PDF', size: 3000, received: 1000, file: null })
    const last = await wire.patch(at, 1000, bytes.subarray(1000))
    const file = last.headers.get('content-location') ?? ''
    expect(file).toMatch(/^\/api\/v1\/orgs\/local-100\/files\/[0-9a-f-]{36}$/)
    const row = (await staff.get(file)).json()
    expect(row).toMatchObject({
      name: 'Über uns.PDF',
      caption: 'Of March',
      tags: ['a', 'b'],
      size: 3000,
      sha256: sha256Of(bytes),
      resource: 'members.member',
      record: member,
    })
    expect((await staff.get(at)).json()).toMatchObject({ received: 3000, file: row.id })
    expect(await offsetOf(at)).toBe('3000')
    expect(await codeOf(await wire.patch(at, 3000, Buffer.alloc(0)))).toEqual([409, 'conflict'])
  })

  test('takes pieces one after the other, without a pause', async () => {
    const bytes = freshBytes(4000)
    const at = await wire.begun(toMember(), 4000)
    const told = []
    for (let offset = 0; offset < 4000; offset += 100)
      told.push((await wire.patch(at, offset, bytes.subarray(offset, offset + 100))).status)
    expect(new Set(told)).toEqual(new Set([204]))
    expect(await offsetOf(at)).toBe('4000')
  })

  test('takes all of a file with its beginning', async () => {
    const bytes = freshBytes(500)
    const reply = await wire.begin(toMember(), 500, {}, bytes)
    expect([reply.status, reply.headers.get('upload-offset')]).toEqual([201, '500'])
    expect((await staff.get(reply.headers.get('content-location') ?? '')).json().sha256).toBe(sha256Of(bytes))
  })

  test('refuses bytes for elsewhere, and tells where it stands', async () => {
    const at = await wire.begun(toMember(), 100)
    const reply = await wire.patch(at, 50, freshBytes(50))
    expect(reply.headers.get('upload-offset')).toBe('0')
    expect(await codeOf(reply)).toEqual([409, 'conflict'])
    expect(await offsetOf(at)).toBe('0')
  })

  test('takes bytes with a checksum only when they have it', async () => {
    const bytes = freshBytes(2000)
    const at = await wire.begun(toMember(), 2000)
    const half = bytes.subarray(0, 1000)
    expect(await codeOf(await wire.patch(at, 0, half, { 'upload-checksum': checksum(bytes) }))).toEqual([
      460,
      'checksum',
    ])
    expect(await offsetOf(at)).toBe('0')
    expect((await wire.patch(at, 0, half, { 'upload-checksum': checksum(half) })).status).toBe(204)
    expect(await offsetOf(at)).toBe('1000')
    expect(await codeOf(await wire.patch(at, 1000, half, { 'upload-checksum': 'md5 AAAA' }))).toEqual([
      400,
      'malformed',
    ])
    const last = await wire.patch(at, 1000, bytes.subarray(1000))
    expect(await last.text()).toBe('')
    expect((await staff.get(last.headers.get('content-location') ?? '')).json().sha256).toBe(sha256Of(bytes))
  })

  test('gives up what is not the file that was announced', async () => {
    const at = await wire.begun(toMember({ sha256: sha256Of(freshBytes(1)) }), 100)
    expect(await codeOf(await wire.patch(at, 0, freshBytes(100)))).toEqual([460, 'checksum'])
    expect((await wire.send('HEAD', at)).status).toBe(404)
  })

  test.each([
    ['with a length that says so', (bytes: Buffer) => bytes],
    ['without one', (bytes: Buffer) => Readable.from([bytes.subarray(0, 90), bytes.subarray(90)])],
  ])('refuses more than was announced, %s', async (_how, bodyOf) => {
    const at = await wire.begun(toMember(), 100)
    expect(await codeOf(await wire.patch(at, 0, bodyOf(freshBytes(120))))).toEqual([413, 'too_large'])
    expect((await staff.get(at)).json()).toMatchObject({ file: null })
  })

  test('gives an upload up when it is asked to', async () => {
    const at = await wire.begun(toMember(), 100)
    await wire.patch(at, 0, freshBytes(10))
    const before = (await rows()).length
    expect((await wire.send('DELETE', at)).status).toBe(204)
    expect((await rows()).length).toBe(before - 1)
    expect((await wire.send('HEAD', at)).status).toBe(404)
    expect(await codeOf(await wire.patch(at, 10, freshBytes(90)))).toEqual([404, 'not_found'])
  })

  test('gives an upload up after a day', async () => {
    const at = await wire.begun(toMember(), 100)
    await asOwner(house, "update foundation.file_upload set expires_at = now() - interval '1 second' where id = $1", [
      at.split('/').at(-1),
    ])
    expect((await wire.send('HEAD', at)).status).toBe(410)
    expect(await codeOf(await wire.patch(at, 0, freshBytes(100)))).toEqual([410, 'gone'])
  })

  test.each([
    ['no length', { 'upload-length': '' }],
    ['a length that is none', { 'upload-length': '-1' }],
    ['no base64', { 'upload-metadata': 'name mi!nutes' }],
    ['a name twice', { 'upload-metadata': 'name YQ==,name YQ==' }],
    ['bytes that are no text', { 'upload-metadata': 'name /w==' }],
  ])('refuses %s', async (_what, headers) => {
    expect(await codeOf(await wire.begin(toMember(), 10, headers))).toEqual([400, 'malformed'])
  })

  test('takes bytes as nothing else', async () => {
    const at = await wire.begun(toMember(), 10)
    const reply = await wire.patch(at, 0, freshBytes(10), { 'content-type': 'application/octet-stream' })
    expect(reply.status).toBe(415)
  })

  test('answers the same key and the same words with the same upload', async () => {
    const key = { 'idempotency-key': 'scan-1' }
    const [first, again] = [await wire.begin(toMember(), 10, key), await wire.begin(toMember(), 10, key)]
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(await codeOf(await wire.begin(toMember(), 11, key))).toEqual([422, 'key_reused'])
  })
})

describe('before the first byte', () => {
  test.each([
    ['a kind of file that is not taken', { name: 'run.exe' }, 10, 415],
    ['one that hides its ending', { name: 'photo.jpg\0.exe' }, 10, 415],
    ['no name', { name: '' }, 10, 415],
    ['nothing in it', {}, 0, 422],
    ['too much in it', {}, 100_000_001, 413],
    ['no such list', { resource: 'nonsense' }, 10, 422],
    ['a list without files', { resource: 'users' }, 10, 404],
    ['no such field', { field: 'nonsense' }, 10, 404],
    ['a field that holds no file', { field: 'last_name' }, 10, 404],
    ['an id that is none', { record: '7' }, 10, 422],
    ['a record that is not there', { record: crypto.randomUUID() }, 10, 404],
    ['a file that is not there', { file: crypto.randomUUID() }, 10, 404],
    ['a caption that is too long', { caption: 'x'.repeat(501) }, 10, 422],
  ])('refuses %s', async (_what, more, size, status) => {
    const before = (await rows()).length
    const reply = await wire.begin(toMember(more), size)
    expect([await reply.json(), reply.status]).toEqual([expect.objectContaining({ status }), status])
    expect((await rows()).length).toBe(before)
  })

  test('refuses who may not, and asks who it is', async () => {
    const as = async (token: string) => (await new Wire({ ...sender, token }).begin(toMember(), 10)).status
    expect(await as((await house.as(cast.organizer)).token)).toBe(403)
    expect(await as((await house.as(cast.stranger, 'local-100')).token)).toBe(404)
    expect(await as('nonsense')).toBe(401)
  })

  test("tells nobody of somebody else's upload", async () => {
    const at = await wire.begun(toMember(), 10)
    for (const other of [cast.admin, cast.stranger]) {
      const { token } = await house.as(other, 'local-100')
      const theirs = new Wire({ ...sender, token })
      expect((await theirs.send('HEAD', at)).status).toBe(404)
      expect((await theirs.send('GET', at)).status).toBe(404)
      expect((await theirs.patch(at, 0, freshBytes(10))).status).toBe(404)
      expect((await theirs.send('DELETE', at)).status).toBe(404)
    }
    expect(await offsetOf(at)).toBe('0')
  })
})

describe('rights', () => {
  test('that are taken away act on the next request, and at the end', async () => {
    const officer = await house.as(cast.officer)
    const theirs = new Wire({ ...sender, token: officer.token })
    const at = await theirs.begun(toMember(), 200)
    expect((await theirs.patch(at, 0, freshBytes(100))).status).toBe(204)
    const change = (value: string) =>
      asOwner(
        house,
        `update foundation.role set changes = '${value}' where name = 'officer'
        and org_id = (select id from foundation.org where slug = 'local-100')`,
      )
    await change('{"members.member.attach": false}')
    expect(await codeOf(await theirs.patch(at, 100, freshBytes(100)))).toEqual([403, 'forbidden'])
    await change('{}')
    const slowly = Readable.from(
      (async function* () {
        yield freshBytes(50)
        await arrived(theirs, at, 150)
        await change('{"members.member.attach": false}')
        yield freshBytes(50)
      })(),
    )
    expect(await codeOf(await theirs.patch(at, 100, slowly))).toEqual([403, 'forbidden'])
    await change('{}')
    expect((await theirs.send('HEAD', at)).status).toBe(404)
  })

  test('end with the session; whoever signs in again goes on, and nothing is lost', async () => {
    const bytes = freshBytes(200)
    const voice = await house.as(cast.staff)
    const theirs = new Wire({ ...sender, token: voice.token })
    const at = await theirs.begun(toMember(), 200)
    await theirs.patch(at, 0, bytes.subarray(0, 100))
    const slowly = Readable.from(
      (async function* () {
        yield bytes.subarray(100, 150)
        await arrived(theirs, at, 150)
        await asOwner(
          house,
          `update foundation.session set ended_at = now()
          where id = (select id from foundation.session order by id desc limit 1)`,
        )
        yield bytes.subarray(150)
      })(),
    )
    expect(await codeOf(await theirs.patch(at, 100, slowly))).toEqual([401, 'not_signed_in'])
    const again = await wire.send('HEAD', at)
    expect(again.headers.get('upload-offset')).toBe('200')
    expect((await staff.get(again.headers.get('content-location') ?? '')).json().sha256).toBe(sha256Of(bytes))
  })
})
