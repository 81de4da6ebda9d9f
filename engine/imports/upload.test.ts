import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice
beforeAll(async () => {
  house = await openHouse()
  staff = await house.as(cast.staff)
})
afterAll(() => house.close())

const boundary = 'a-boundary'
const path = '/api/v1/orgs/local-100/imports'
const head = (name: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`

const send = (content: Buffer | string, more: { query?: string; name?: string; fields?: string } = {}) =>
  staff.send({
    method: 'POST',
    url: path + (more.query ?? '?resource=members'),
    payload: Buffer.concat([
      Buffer.from((more.fields ?? '') + head(more.name ?? 'roll.csv')),
      Buffer.from(content),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  })

const kept = async () => (await staff.get('/imports?limit=200')).json().data.length

test.each([
  ['nothing', '', /empty/],
  ['headings alone', 'Card No,Last name\n', /no records/],
  ['a picture called .csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), /a picture/],
  ['a large PDF', Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(5_000_000, 7)]), /a PDF/],
  ['a torn workbook', Buffer.from('PK\u0003\u0004rubbish'), /damaged/],
  ['an open quotation mark', `a,b\n"${'x'.repeat(1_100_000)}`, /never closed/],
])('%s is refused in a sentence, and leaves nothing', async (_name, content, sentence) => {
  const before = await kept()
  const reply = await send(content)
  expect(reply.json()).toMatchObject({ status: 422, code: 'unreadable', detail: expect.stringMatching(sentence) })
  expect(await kept()).toBe(before)
})

test('a request that is no upload is refused', async () => {
  expect((await staff.post(path, { file: 'x' })).statusCode).toBe(415)
  expect((await send('a,b\n1,2', { query: '?resource=nonsense' })).json().detail).toContain('"nonsense"')
  expect((await send('a,b\n1,2', { query: '' })).statusCode).toBe(422)
  const empty = { method: 'POST' as const, url: path, payload: `--${boundary}--\r\n` }
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  expect((await staff.send({ ...empty, headers })).statusCode).toBe(400)
  expect((await send('Number\n1', { query: '?resource=units' })).json().detail).toContain('"units"')
})

test('the resource may be named in a field in front of the file, and the name of a file is only a name', async () => {
  const fields = `--${boundary}\r\nContent-Disposition: form-data; name="resource"\r\n\r\nmembers\r\n`
  const reply = await send('Card No,Last name,First name\n1,A,B', {
    query: '',
    fields,
    name: '123-45-6789 \u202e../x.csv',
  })
  expect(reply.statusCode).toBe(201)
  expect(reply.json().file_name).not.toContain('123-45')
})

test('a mapping that makes no sense is refused, and one that does is kept', async () => {
  const { id } = (await send('Card No,Nick,Last name,First name\n1,x,A,B')).json()
  const at = `/imports/${id}`
  const refused = async (body: unknown) => (await staff.patch(at, body)).json().detail ?? 'not refused'
  expect(await refused({ mapping: { columns: { Nobody: 'email' } } })).toContain('no heading "Nobody"')
  expect(await refused({ mapping: { columns: { Nick: 'shoe_size' } } })).toContain('"shoe_size"')
  expect(await refused({ mapping: { columns: { Nick: 'last_name', 'Last name': 'last_name' } } })).toContain('Both')
  expect(await refused({ mapping: { columns: 5 } })).toContain('A mapping has')
  expect(await refused({ mapping: { constants: { state: 'gone' } } })).toContain('must be one of')
  expect(await refused({ date_order: 'ydm' })).toContain('mdy')
  expect(await refused({ rows: 1 })).toContain('rows')
  expect(await refused([])).toContain('object')
  const mapped = await staff.patch(at, { mapping: { columns: { nick: 'preferred_name', 'Card No': null } } })
  expect(mapped.json()).toMatchObject({ missing: ['Card number'], left_out: ['Card No'] })
  expect((await staff.post(`${at}/run`)).json().detail).toContain('Card number')
  expect((await staff.delete(at)).statusCode).toBe(204)
  expect((await staff.get(at)).statusCode).toBe(404)
})

test('an upload that is cut off leaves nothing', async () => {
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = house.app.server.address() as AddressInfo
  const before = await kept()
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(
    `POST ${path}?resource=members HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${staff.token}\r\n` +
      `content-type: multipart/form-data; boundary=${boundary}\r\ncontent-length: 90000000\r\n\r\n${head('roll.csv')}` +
      `Card No,Last name,First name\n${'1,Ash,Ann\n'.repeat(100_000)}`,
  )
  await expect.poll(kept).toBe(before + 1)
  socket.destroy()
  await expect.poll(kept).toBe(before)
})

test('nobody imports without the right, nor sees what others imported', async () => {
  const member = await house.as(cast.member)
  const payload = `${head('roll.csv')}Card No,Last name,First name\n1,A,B\r\n--${boundary}--\r\n`
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  const reply = await member.send({ method: 'POST', url: `${path}?resource=members`, payload, headers })
  expect(reply.statusCode).toBe(403)
  expect((await member.get('/imports')).statusCode).toBe(403)
  const { id } = (await send('Card No,Last name,First name\n1,A,B')).json()
  expect((await member.get(`/imports/${id}`)).statusCode).toBe(404)
  const stranger = await house.as(cast.stranger)
  expect((await stranger.get(`/imports/${id}`)).statusCode).toBe(404)
  expect((await stranger.post(`/imports/${id}/run`)).statusCode).toBe(404)
  expect((await staff.get('/imports/nonsense')).statusCode).toBe(404)
})
