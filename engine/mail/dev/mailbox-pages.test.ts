import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../testing/index.ts'
import { findMail, listMail, openMailbox } from '../transports/mailbox.ts'

let house: TestHouse

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const get = (url: string) => house.app.inject({ url })

test('an empty box says what will arrive here', async () => {
  const reply = await get('/dev/mail')
  expect(reply.statusCode).toBe(200)
  expect(reply.body).toContain('No mail yet')
})

test('mail is listed, shown with its links, and nothing in it is taken for markup of the page', async () => {
  await openMailbox(house.engine.database).send({
    id: crypto.randomUUID(),
    org: null,
    to: { name: 'Ann', email: 'ann@example.org' },
    subject: 'Hello <script>',
    text: 'See http://127.0.0.1/a?b=1&c=2 <img>',
    html: '<p>Hello</p>',
  })
  const [mail] = await listMail(house.engine.database)
  const list = await get('/dev/mail')
  expect(list.body).toContain(`<a href="/dev/mail/${mail!.id}">Hello &lt;script&gt;</a>`)
  expect(list.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
  const page = (await get(`/dev/mail/${mail!.id}`)).body
  expect(page).toContain('<a href="http://127.0.0.1/a?b=1&amp;c=2">')
  expect(page).not.toMatch(/<script>|<img>/)
  const html = await get(`/dev/mail/${mail!.id}/html`)
  expect([html.body, html.headers['x-frame-options']]).toEqual(['<p>Hello</p>', 'SAMEORIGIN'])
  expect(html.headers['content-security-policy']).toMatch(/^sandbox/)
})

test('what is not there is 404', async () => {
  expect((await get('/dev/mail/x')).statusCode).toBe(404)
  expect((await get(`/dev/mail/${crypto.randomUUID()}/html`)).statusCode).toBe(404)
})

test.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])('%s is this machine', async (remoteAddress) => {
  expect((await house.app.inject({ url: '/dev/mail', remoteAddress })).statusCode).toBe(200)
})

test.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000'])('%s leads to it', async (host) => {
  expect((await house.app.inject({ url: '/dev/mail', headers: { host } })).statusCode).toBe(200)
})

test.each(['evil.example', 'evil.example:3000', 'localhost.evil.example', '127.0.0.1.evil.example'])(
  'a page of %s, whose name was turned to this machine, cannot read it',
  async (host) => {
    for (const path of ['/dev/mail', '/dev/mail/preview'])
      expect((await house.app.inject({ url: path, headers: { host } })).statusCode).toBe(404)
  },
)

test.each(['203.0.113.9', '10.0.0.1', '::ffff:10.0.0.1', '2001:db8::1', '128.0.0.1'])(
  'to another machine, %j, there is no mailbox',
  async (remoteAddress) => {
    const [kept] = await listMail(house.engine.database)
    for (const path of ['/dev/mail', `/dev/mail/${kept?.id}`, `/dev/mail/${kept?.id}/html`])
      expect((await house.app.inject({ url: path, remoteAddress })).statusCode).toBe(404)
  },
)

test('a request that a proxy passes on does not come from this machine, whatever it says', async () => {
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip'])
    expect((await house.app.inject({ url: '/dev/mail', headers: { [name]: '127.0.0.1' } })).statusCode).toBe(404)
})

test('the box keeps the newest two hundred', async () => {
  const box = openMailbox(house.engine.database)
  const [first] = await listMail(house.engine.database)
  for (let number = 0; number < 201; number++) {
    await box.send({
      id: '',
      org: null,
      to: { name: '', email: 'a@b.example' },
      subject: `${number}`,
      text: '',
      html: '',
    })
  }
  const kept = await listMail(house.engine.database)
  expect([kept.length, kept[0]?.subject, kept.at(-1)?.subject]).toEqual([200, '200', '1'])
  expect(await findMail(house.engine.database, first!.id)).toBeUndefined()
})
