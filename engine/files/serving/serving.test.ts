import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { inPieces, sha256Of, someBytes } from '../stores/testing/bytes.ts'
import { moving, photo, secrets } from '../previews/testing/photos.ts'
import { lookThrough, put, someMember } from '../testing/put.ts'

let house: TestHouse
let staff: Voice
let member: Voice
beforeAll(async () => {
  house = await openHouse()
  staff = await house.as(cast.staff)
  member = await house.as(cast.member)
})
afterAll(() => house.close())

const minutes = Buffer.from('Minutes of the meeting.\n'.repeat(10))

/** Downloads noted in the trail of the member, newest first. */
const noted = async () => {
  await house.engine.watch.flush()
  return await asOwner<{ actor_name: string | null; detail: Record<string, unknown> }>(
    house,
    `select actor_name, detail from foundation.audit_line
    where record = '${await someMember(house)}' and act = 'read' and detail ? 'file' order by at desc`,
  )
}

describe('downloading', () => {
  test('gives the bytes as an attachment that can do nothing', async () => {
    const id = await put(house, { bytes: minutes, name: 'Protokoll für "Zürich".txt' })
    const reply = await staff.get(`/files/${id}/content`)
    expect(reply.statusCode).toBe(200)
    expect(reply.rawPayload.equals(minutes)).toBe(true)
    expect(reply.headers).toMatchObject({
      'content-type': 'text/plain',
      'content-length': String(minutes.length),
      'content-disposition': expect.stringMatching(/^attachment; filename="Protokoll fur -Zurich-.txt"; filename\*=/),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-cache',
      'accept-ranges': 'bytes',
      etag: `"${sha256Of(minutes)}"`,
    })
    expect(reply.headers['content-encoding']).toBeUndefined()
  })

  test('gives the bytes as they are to a program that takes compressed ones', async () => {
    const bytes = Buffer.from('long '.repeat(2000))
    const id = await put(house, { bytes })
    const reply = await staff.get(`/files/${id}/content`, { 'accept-encoding': 'gzip, br' })
    expect([reply.headers['content-encoding'], reply.rawPayload.equals(bytes)]).toEqual([undefined, true])
  })

  test('gives a part, says what is beyond, and spares what is known', async () => {
    const bytes = someBytes(700_000)
    const id = await put(house, { bytes, name: 'tape.zip', mediaType: 'application/zip' })
    const get = (headers: Record<string, string>) => staff.get(`/files/${id}/content`, headers)
    const etag = `"${sha256Of(bytes)}"`
    const part = await get({ range: 'bytes=600000-600009' })
    expect([part.statusCode, part.headers['content-range'], part.headers['content-length']]).toEqual([
      206,
      'bytes 600000-600009/700000',
      '10',
    ])
    expect(part.rawPayload.equals(bytes.subarray(600_000, 600_010))).toBe(true)
    const beyond = await get({ range: 'bytes=700000-' })
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, 'bytes */700000'])
    expect(beyond.json()).toMatchObject({ code: 'beyond' })
    const known = await get({ 'if-none-match': `"x", W/${etag}` })
    expect([known.statusCode, known.rawPayload.length, known.headers.etag]).toEqual([304, 0, etag])
    expect((await get({ range: 'bytes=0-1', 'if-range': '"another"' })).statusCode).toBe(200)
    expect((await get({ range: 'bytes=0-1', 'if-range': etag })).statusCode).toBe(206)
    const head = await staff.send({ method: 'HEAD', url: `/api/v1/orgs/local-100/files/${id}/content` })
    expect([head.statusCode, head.headers['content-length'], head.rawPayload.length]).toEqual([200, '700000', 0])
  })

  test('gives each version under its own name', async () => {
    const id = await put(house, { bytes: Buffer.from('the first'), name: 'first.txt' })
    await put(house, { bytes: Buffer.from('the second'), name: 'second.txt', file: id })
    expect((await staff.get(`/files/${id}/content`)).payload).toBe('the second')
    const first = await staff.get(`/files/${id}/content?version=1`)
    expect([first.payload, first.headers['content-disposition']]).toEqual([
      'the first',
      expect.stringContaining('first.txt'),
    ])
    expect((await staff.get(`/files/${id}/content?version=3`)).statusCode).toBe(404)
    for (const wrong of ['0', '-1', 'x', '1.5', '']) {
      expect((await staff.get(`/files/${id}/content?version=${wrong}`)).statusCode).toBe(422)
    }
  })

  test('gives the newest under the name that it has now', async () => {
    const id = await put(house, { bytes: Buffer.from('a name that was wrong'), name: 'ann-miller.txt' })
    await staff.patch(`/files/${id}`, { name: 'statement' })
    for (const way of ['content', 'content?version=1']) {
      const { headers } = await staff.get(`/files/${id}/${way}`)
      expect(headers['content-disposition']).toContain('filename="statement.txt"')
    }
  })

  test('gives nothing that could not be told in the trail, in one part or in many', async () => {
    const id = await put(house, { bytes: Buffer.from('nobody may take this unseen') })
    const { database } = house.engine
    const transaction = database.transaction.bind(database)
    database.transaction = () => Promise.reject(new Error('The database does not answer.'))
    const range = { range: 'bytes=0-3' }
    const replies = [await staff.get(`/files/${id}/content`, range), await staff.get(`/files/${id}/content`, range)]
    database.transaction = transaction
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([500, 500])
    const before = (await noted()).length
    expect((await staff.get(`/files/${id}/content`, range)).payload).toBe('nobo')
    expect((await noted()).length - before).toBe(1)
  })

  test('is told in the trail of the record, once however many parts it takes', async () => {
    const id = await put(house, { bytes: Buffer.from('who took it') })
    const before = (await noted()).length
    await staff.get(`/files/${id}/content`)
    for (let at = 0; at < 3; at += 1) await staff.get(`/files/${id}/content`, { range: `bytes=${at}-${at + 1}` })
    await staff.send({ method: 'HEAD', url: `/api/v1/orgs/local-100/files/${id}/content` })
    const after = await noted()
    expect(after.length - before).toBe(1)
    expect(after[0]).toEqual({
      actor_name: expect.any(String),
      detail: { fields: [], rows: 1, file: { id, version: 1 } },
    })
    await staff.get(`/files/${id}/content`)
    expect((await noted()).length - before).toBe(2)
  })

  test('looking is told where the record has sensitive fields, once in a while', async () => {
    const bytes = Buffer.from('seen by whom')
    const id = await put(house, { bytes })
    await lookThrough(house, bytes)
    const before = (await noted()).length
    for (let times = 0; times < 3; times += 1) await staff.get(`/files/${id}/text`)
    expect((await noted()).length - before).toBe(1)
  })
})

test('the trail tells what was opened by its name, to those who may know it', async () => {
  const id = await put(house, { bytes: Buffer.from('told by its name'), name: 'told.txt' })
  await staff.get(`/files/${id}/content`)
  const admin = await house.as(cast.admin)
  const [line] = (await admin.get(`/audit?filter[act]=read&filter[record]=${await someMember(house)}&limit=1`)).json()
    .data
  expect([line.detail.file.id, line.titles[id]]).toEqual([id, 'told.txt'])
  const csv = (await admin.get(`/audit/export?filter[act]=read&filter[record]=${await someMember(house)}`)).body
  expect(csv).toContain('File: told.txt')
})

describe('what is not there to give', () => {
  test.each([
    ['waiting', 'file_not_ready'],
    ['held', 'file_held'],
  ] as const)('is refused with the reason while its verdict is %s', async (verdict, code) => {
    const bytes = Buffer.from(`a file that is ${verdict}`)
    const id = await put(house, { bytes, verdict })
    for (const way of ['content', 'thumbnail', 'view', 'pages/1', 'text']) {
      const reply = await staff.get(`/files/${id}/${way}`)
      expect([way, reply.statusCode, reply.json().code]).toEqual([way, 409, code])
      expect(reply.json().detail).toMatch(/^[A-Z].+\.$/)
    }
    expect((await staff.post(`/files/${id}/link`)).statusCode).toBe(409)
  })

  test('is refused in words when its bytes are missing, or are others', async () => {
    const { current } = house.engine.files.stores
    const org = (await house.caller()).org.id
    const address = (bytes: Buffer) => ({ org, kind: 'content', sha256: sha256Of(bytes) }) as const
    const gone = Buffer.from('these bytes will be gone')
    const id = await put(house, { bytes: gone })
    await current.remove(address(gone))
    const missing = await staff.get(`/files/${id}/content`)
    expect([missing.statusCode, missing.json().code]).toEqual([503, 'bytes_missing'])
    const whole = Buffer.from('these bytes will be others')
    const other = await put(house, { bytes: whole })
    for (const wrong of ['these bytes will be Others', 'short']) {
      await current.remove(address(whole))
      await current.write(address(whole), inPieces(Buffer.from(wrong)), wrong.length)
      const reply = await staff.get(`/files/${other}/content`)
      expect([reply.statusCode, reply.json().code]).toEqual([500, 'bytes_changed'])
    }
  })
})

describe('who gets it', () => {
  test('nobody of another org, nor who may not read the files of such records', async () => {
    const id = await put(house, { bytes: minutes })
    const ways = ['content', 'thumbnail', 'view', 'pages/1', 'text']
    const [stranger, treasurer] = [await house.as(cast.stranger), await house.as(cast.treasurer)]
    for (const way of ways) {
      expect((await stranger.get(`/files/${id}/${way}`)).statusCode).toBe(404)
      expect((await stranger.get(`/api/v1/orgs/local-100/files/${id}/${way}`)).statusCode).toBe(404)
      // May read members, but not their files.
      expect((await treasurer.get(`/files/${id}/${way}`)).statusCode).toBe(404)
      const nobody = await house.app.inject({ url: `/api/v1/orgs/local-100/files/${id}/${way}` })
      expect(nobody.statusCode).toBe(401)
    }
    expect((await stranger.post(`/files/${id}/link`)).statusCode).toBe(404)
    expect((await treasurer.post(`/files/${id}/link`)).statusCode).toBe(404)
  })

  test('a member those of their own record, and no others', async () => {
    const [own, other] = await asOwner<{ id: string }>(
      house,
      `select m.id from members.member m join foundation.org o on o.id = m.org_id
      left join foundation.membership s on s.org_id = m.org_id and s.member_id = m.id
      where o.slug = 'local-100' order by s.user_id = (select id from foundation.user where email = '${cast.member}')
        desc nulls last limit 2`,
    )
    const mine = await put(house, { bytes: minutes, record: own?.id ?? '' })
    const others = await put(house, { bytes: minutes, record: other?.id ?? '' })
    expect((await member.get(`/files/${mine}/content`)).statusCode).toBe(200)
    expect((await member.get(`/files/${others}/content`)).statusCode).toBe(404)
  })

  test('of a deleted file those who may bring it back', async () => {
    const id = await put(house, { bytes: minutes })
    await asOwner(house, `update foundation.file set archived_at = now() where id = '${id}'`)
    expect((await staff.get(`/files/${id}/content`)).statusCode).toBe(200)
    expect((await member.get(`/files/${id}/content`)).statusCode).toBe(404)
    expect((await staff.post(`/files/${id}/link`)).statusCode).toBe(404)
  })
})

describe('pictures', () => {
  test('go to those who may attach as they are, and to others without what the camera wrote', async () => {
    const bytes = await photo()
    for (const secret of secrets) expect(bytes.includes(secret)).toBe(true)
    const id = await put(house, { bytes, name: 'leak.jpg', mediaType: 'image/jpeg' })
    await lookThrough(house, bytes)
    const whole = await staff.get(`/files/${id}/content`)
    expect(whole.rawPayload.equals(bytes)).toBe(true)
    const replies = [
      await member.get(`/files/${id}/content`),
      await member.get(`/files/${id}/view`),
      await member.get(`/files/${id}/thumbnail`),
      await staff.get(`/files/${id}/view`),
    ]
    for (const reply of replies) {
      expect(reply.statusCode).toBe(200)
      expect(reply.headers['content-disposition']).toMatch(/^attachment/)
      for (const secret of [...secrets, 'Exif']) expect(reply.rawPayload.includes(secret)).toBe(false)
    }
    const [clean, view] = replies
    expect([clean?.headers['content-type'], clean?.headers['content-disposition']]).toEqual([
      'image/jpeg',
      expect.stringContaining('leak.jpg'),
    ])
    expect(view?.headers['content-type']).toBe('image/webp')
    const again = await member.get(`/files/${id}/content`, { 'if-none-match': String(clean?.headers.etag) })
    expect(again.statusCode).toBe(304)
  })

  test('that nobody can copy go to those who may attach alone', async () => {
    const bytes = Buffer.from('ftypheic and so on')
    const id = await put(house, { bytes, name: 'phone.heic', mediaType: 'image/heic' })
    await lookThrough(house, bytes)
    expect((await staff.get(`/files/${id}/content`)).rawPayload.equals(bytes)).toBe(true)
    const reply = await member.get(`/files/${id}/content`)
    expect([reply.statusCode, reply.json().code]).toEqual([409, 'no_clean_copy'])
    expect((await staff.get(`/files/${id}/view`)).statusCode).toBe(404)
  })

  test('that move still move when they are copied', async () => {
    const bytes = await moving()
    const id = await put(house, { bytes, name: 'wave.gif', mediaType: 'image/gif' })
    const reply = await member.get(`/files/${id}/content`)
    expect(reply.headers['content-type']).toBe('image/gif')
    // A block of two bytes before each frame says how long it stays.
    expect(reply.rawPayload.toString('latin1').split('\u0021\u00f9\u0004').length - 1).toBe(2)
  })
})
