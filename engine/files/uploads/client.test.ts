import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, eventually, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { type Cable, layCable } from '../../testing/cable.ts'
import { freshBytes, sha256Of } from '../stores/testing/bytes.ts'
import { Sending, type Sender, uploadsOf, Wire } from './testing/uploading.ts'

let house: TestHouse
let staff: Voice
let sender: Sender
let member: string
let cable: Cable

beforeAll(async () => {
  house = await openHouse()
  const url = await house.app.listen({ port: 0, host: '127.0.0.1' })
  cable = await layCable(url)
  staff = await house.as(cast.staff)
  sender = { url: cable.url.replace(/\/$/, ''), org: 'local-100', token: staff.token }
  member = (await staff.get('/members?limit=1')).json().data[0].id
})
afterAll(async () => {
  await cable.close()
  await house.close()
})

const name = 'scan of the lease.pdf'
const told = () => ({ name, resource: 'members', record: member })
const readAt = async (id: string) => (await staff.get(`/uploads/${id}`)).json()
const fileOf = async (id: string) => (await staff.get(`/files/${(await readAt(id)).file}`)).json()

/** The beginning of a request with so many bytes, by a phone that may be slow, or leave without farewell. */
async function dialed(at: string, size: number): Promise<Socket> {
  const { hostname, port } = new URL(sender.url)
  const phone = connect(Number(port), hostname)
  await once(phone, 'connect')
  phone.on('error', () => {})
  const head = [
    `PATCH ${at} HTTP/1.1`,
    'host: x',
    `authorization: Bearer ${staff.token}`,
    'tus-resumable: 1.0.0',
    'content-type: application/offset+octet-stream',
    'upload-offset: 0',
    `content-length: ${size}`,
  ]
  phone.write(`${head.join('\r\n')}\r\n\r\n`)
  return phone
}

describe('the client that the page uses', () => {
  test.each([
    ['in one piece', {}, /^POST 201,PATCH 204$/],
    ['in many', { chunkSize: 300_000 }, /^POST 201(,PATCH 204){4}$/],
    ['with the request that begins it', { uploadDataDuringCreation: true }, /^POST 201$/],
    [
      'in many, from the one that begins it',
      { uploadDataDuringCreation: true, chunkSize: 500_000 },
      /^POST 201(,PATCH 204){2}$/,
    ],
  ])('sends a file %s', async (_how, options, requests) => {
    const bytes = freshBytes(1_200_000)
    const sending = new Sending(sender, bytes, told(), options)
    const file = await fileOf(await sending.run())
    expect(file).toMatchObject({ name, size: bytes.length, sha256: sha256Of(bytes) })
    expect(sending.told.join()).toMatch(requests)
  })

  test('pauses, and goes on where it stood', async () => {
    const bytes = freshBytes(2_000_000)
    const paused = Promise.withResolvers<void>()
    const sending = new Sending(sender, bytes, told(), {
      chunkSize: 400_000,
      onChunkComplete: (_size, accepted) => {
        if (accepted === 800_000) void sending.upload.abort().then(paused.resolve)
      },
    })
    sending.upload.start()
    await paused.promise
    expect((await readAt(sending.id)).received).toBe(800_000)
    sending.upload.start()
    await sending.done
    expect(sending.told.filter((line) => line.startsWith('HEAD'))).toEqual(['HEAD 200'])
    expect((await fileOf(sending.id)).sha256).toBe(sha256Of(bytes))
  })

  test('goes on after the connection broke, from what had come', async () => {
    const bytes = freshBytes(30_000_000)
    const sending = new Sending(sender, bytes, told())
    const broken = cable.breakAfter(4_000_000)
    const id = await sending.run()
    await broken
    expect(sending.told.filter((line) => line === 'HEAD 200').length).toBeGreaterThan(0)
    expect((await fileOf(id)).sha256).toBe(sha256Of(bytes))
  })

  test('is taken back to where its silent connection stood', async () => {
    const bytes = freshBytes(400_000)
    const wire = new Wire(sender)
    const at = await wire.begun(told(), bytes.length)
    const phone = await dialed(at, bytes.length)
    phone.write(bytes.subarray(0, 150_000))
    const sending = new Sending(sender, bytes, told(), { uploadUrl: `${sender.url}${at}` })
    await eventually(async () => expect((await staff.get(at)).json().received).toBe(150_000))
    // No farewell: as a phone that has left its network.
    await sending.run()
    expect((await fileOf(sending.id)).sha256).toBe(sha256Of(bytes))
    phone.destroy()
  })

  test('is alone with its upload: another window waits, and both end with one file', async () => {
    const bytes = freshBytes(3_000_000)
    const before = await asOwner<{ count: number }>(house, 'select count(*)::integer from foundation.file')
    const at = await new Wire(sender).begun(told(), bytes.length)
    const tabs = [1, 2].map(
      () => new Sending(sender, bytes, told(), { uploadUrl: `${sender.url}${at}`, chunkSize: 200_000 }),
    )
    await Promise.all(tabs.map((tab) => tab.run()))
    expect((await fileOf(tabs[0]?.id ?? '')).sha256).toBe(sha256Of(bytes))
    const after = await asOwner<{ count: number }>(house, 'select count(*)::integer from foundation.file')
    expect(after[0]?.count).toBe((before[0]?.count ?? 0) + 1)
  })

  test('goes on at another process', async () => {
    const bytes = freshBytes(500_000)
    const twin = await house.twin()
    const other = await twin.server()
    try {
      const url = await other.listen({ port: 0, host: '127.0.0.1' })
      const at = await new Wire(sender).begun(told(), bytes.length)
      await new Wire(sender).patch(at, 0, bytes.subarray(0, 200_000))
      const last = await new Wire({ ...sender, url }).patch(at, 200_000, bytes.subarray(200_000))
      expect((await staff.get(last.headers.get('content-location') ?? '')).json().sha256).toBe(sha256Of(bytes))
    } finally {
      await other.close()
      await twin.close()
    }
  })

  test('stops for good when the upload is not theirs', async () => {
    const at = await new Wire(sender).begun(told(), 10)
    const { token } = await house.as(cast.admin)
    const sending = new Sending({ ...sender, token }, freshBytes(10), told(), {
      uploadUrl: `${sender.url}${at}`,
      endpoint: null as never,
    })
    await expect(sending.run()).rejects.toThrow(/unable to resume/)
  })

  test('may be a browser, which shows that no other site sends', async () => {
    const reply = await house.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { email: cast.staff, password: 'Solidarity-forever-1915', session: 'cookie' },
    })
    const cookies = reply.cookies.map(({ name: cookie, value }) => `${cookie}=${value}`).join('; ')
    const csrf = reply.cookies.find(({ name: cookie }) => cookie.endsWith('csrf'))?.value ?? ''
    const bytes = freshBytes(1000)
    const by = (headers: Record<string, string>) =>
      new Sending(sender, bytes, told(), { headers: { cookie: cookies, ...headers }, retryDelays: null })
    await expect(by({}).run()).rejects.toThrow(/"code":"csrf"/)
    const sending = by({ 'x-csrf-token': csrf })
    await sending.run()
    expect((await fileOf(sending.id)).sha256).toBe(sha256Of(bytes))
  })

  test('may be a program with a key, as far as its scopes go', async () => {
    const admin = await house.as(cast.admin)
    const keyWith = async (scopes: string[]) =>
      (await admin.post('/api-keys', { name: scopes.join(), scopes })).json().key
    const bytes = freshBytes(1000)
    const reads = { ...sender, token: await keyWith(['members.member.read']) }
    await expect(new Sending(reads, bytes, told()).run()).rejects.toThrow(/403/)
    const writes = {
      ...sender,
      token: await keyWith([
        'members.member.read',
        'members.member.read-files',
        'members.member.attach',
        'foundation.file.read',
      ]),
    }
    const sending = new Sending(writes, bytes, told())
    await sending.run()
    const { file } = (await (await new Wire(writes).send('GET', `${uploadsOf(sender)}/${sending.id}`)).json()) as {
      file: string
    }
    expect((await staff.get(`/files/${file}`)).json().sha256).toBe(sha256Of(bytes))
  })
})

describe('who is slow', () => {
  test('is given up, and what came is kept', async () => {
    const wire = new Wire(sender)
    const at = await wire.begun(told(), 1000)
    const usual = house.engine.files.pace
    // On a busy machine nothing may have been read yet when the first stretch is over; then a longer one is needed.
    for (let stretch = 500; (await staff.get(at)).json().received === 0; stretch *= 3) {
      house.engine.files.pace = { stretch, least: 100 }
      const phone = await dialed(at, 1000)
      phone.write(freshBytes(10))
      await once(phone, 'close')
      // The next to ask has the place: whoever was given up holds nothing.
      expect((await wire.send('HEAD', at)).status).toBe(200)
    }
    house.engine.files.pace = usual
    expect((await staff.get(at)).json()).toMatchObject({ received: 10, file: null })
  })
})
