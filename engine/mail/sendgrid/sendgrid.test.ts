import { generateKeyPairSync, sign } from 'node:crypto'
import { Registry as Meters } from 'prom-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { journal } from '../../sign-in/testing/owner.ts'
import { Post } from '../post.ts'
import { sendgrid, sendgridHeaders, sendgridServer } from './sendgrid.ts'
import { readWebhookKey } from './signature.ts'
import { openSmtp } from '../transports/smtp.ts'
import { MailServer } from '../testing/mail-server.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const keyText = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
const url = '/api/v1/mail/sendgrid-events'

let house: TestHouse
let admin: Voice
let org: string

beforeAll(async () => {
  house = await openHouse({ settings: { environment: { SENDGRID_WEBHOOK_KEY: keyText } } })
  admin = await house.as(cast.admin)
  org = (await house.caller()).org.id
})
afterAll(() => house.close())

interface Signing {
  readonly at?: number
  readonly key?: typeof privateKey
  readonly signature?: string
}

/** Tells events as SendGrid does: the signature is over the time and the bytes of the body. */
function tell(body: string, { at = Date.now(), key = privateKey, signature }: Signing = {}) {
  const timestamp = String(Math.floor(at / 1000))
  const made = sign('sha256', Buffer.from(timestamp + body), key).toString('base64')
  const headers = {
    'content-type': 'application/json',
    'x-twilio-email-event-webhook-timestamp': timestamp,
    'x-twilio-email-event-webhook-signature': signature ?? made,
  }
  return house.app.inject({ method: 'POST', url, payload: body, headers })
}

/** A mail that SendGrid took, with what comes back in its events. */
async function taken(email: string, inOrg: string | null = org) {
  const id = crypto.randomUUID()
  const to = { name: 'Ann', email }
  await house.engine.post.send({
    id,
    kind: 'members.dues',
    org: inOrg,
    user: null,
    to,
    subject: '',
    text: '',
    html: '',
  })
  return { id, commonhall_mail: id, ...(inOrg ? { commonhall_org: inOrg } : {}), email }
}

const stateOf = async (id: string) => (await admin.get(`/mails/${id}`)).json().state
const suppressed = async (email: string) =>
  (await admin.get('/suppressed-addresses?filter[state]=suppressed&limit=200'))
    .json()
    .data.filter((one: { email: string }) => one.email === email)
const everything = () =>
  asOwner<{ all: string }>(
    house,
    `select (select string_agg(m::text, '|' order by id) from foundation.mail_message m) || 'and' ||
      coalesce((select string_agg(s::text, '|' order by id) from foundation.mail_suppression s), '') as all`,
  )

describe('events that SendGrid has signed', () => {
  test.each([
    [{ event: 'bounce', type: 'bounce', status: '5.1.1' }, 'bounced', 'bounced'],
    [{ event: 'bounce', type: 'blocked', status: '5.7.1' }, 'failed', undefined],
    [{ event: 'dropped', reason: 'Bounced Address' }, 'bounced', 'bounced'],
    [{ event: 'dropped', reason: 'Spam Reporting Address' }, 'complained', 'complained'],
    [{ event: 'spamreport' }, 'complained', 'complained'],
    [{ event: 'delivered', response: '250 OK' }, 'sent', undefined],
    [{ event: 'open' }, 'sent', undefined],
  ])('%j: %s', async (event, state, reason) => {
    const email = `e${crypto.randomUUID().slice(0, 8)}@people.example`
    const { id, ...told } = await taken(email)
    const body = JSON.stringify([{ ...event, ...told, sg_event_id: 'x' }])
    expect((await tell(body)).statusCode).toBe(204)
    expect([await stateOf(id), (await suppressed(email)).map((one: { reason: string }) => one.reason)]).toEqual([
      state,
      reason ? [reason] : [],
    ])
    const before = await everything()
    expect((await tell(body)).statusCode).toBe(204)
    expect(await everything()).toEqual(before)
  })

  test('an old event that is told again does not undo "mail again"', async () => {
    const { id: _, ...told } = await taken('again@people.example')
    const body = JSON.stringify([{ event: 'bounce', type: 'bounce', ...told }])
    await tell(body)
    const [one] = await suppressed('again@people.example')
    await admin.post(`/suppressed-addresses/${one.id}/mail-again`)
    await tell(body)
    expect(await suppressed('again@people.example')).toEqual([])
  })

  test('who complained is still told what concerns their account, and nothing else', async () => {
    const { id: _, ...told } = await taken('cross@people.example')
    await tell(JSON.stringify([{ event: 'spamreport', ...told }]))
    const mail = { kind: 'a.b', org, user: null, to: { name: '', email: 'cross@people.example' } }
    const words = { subject: 's', text: 't', html: 'h' }
    expect(await house.engine.post.send({ ...mail, ...words })).toBe('suppressed')
    expect(await house.engine.post.send({ ...mail, ...words, always: true })).toBe('sent')
  })

  test('about mail of a sign-in stand in its journal', async () => {
    const { id: _, ...told } = await taken(cast.organizer, null)
    expect((await tell(JSON.stringify([{ event: 'bounce', type: 'bounce', ...told }]))).statusCode).toBe(204)
    expect((await journal(house, 1))[0]).toMatchObject({ what: 'mail-bounced', email: cast.organizer })
  })

  test('about mails of another org, or of nobody, change nothing', async () => {
    const { id, ...told } = await taken('mine@people.example')
    const stranger = (await house.caller('riverside')).org.id
    const before = await everything()
    const events = [
      { ...told, event: 'bounce', commonhall_org: stranger },
      { ...told, event: 'bounce', commonhall_org: crypto.randomUUID() },
      { ...told, event: 'bounce', commonhall_mail: crypto.randomUUID() },
      { ...told, event: 'bounce', commonhall_mail: "x' or true" },
      { event: 'bounce', email: 'mine@people.example' },
      null,
      'bounce',
    ]
    expect((await tell(JSON.stringify(events))).statusCode).toBe(204)
    expect([await stateOf(id), await everything()]).toEqual(['sent', before])
  })

  test.each(['unsubscribe', 'group_unsubscribe'])('%s: goes to whoever keeps what people want', async (event) => {
    const heard: unknown[] = []
    house.engine.post.onUnsubscribe(async (one) => void heard.push(one))
    const { id: _, ...told } = await taken('enough@people.example')
    await tell(JSON.stringify([{ event, ...told }]))
    expect(heard).toEqual([{ org, user: null, email: 'enough@people.example', kind: 'members.dues' }])
    expect(await suppressed('enough@people.example')).toEqual([])
  })

  test('of unsubscribing are kept as suppressions where nobody takes them', async () => {
    const { id } = await taken('gone@people.example')
    const { settings, database } = house.engine
    const post = new Post({ settings, database, fittings: [], meters: new Meters(), told: () => {} })
    await post.hear({ id, org, state: 'unsubscribed', answer: 'unsubscribe' })
    expect(await suppressed('gone@people.example')).toMatchObject([{ reason: 'unsubscribed' }])
  })
})

describe('what SendGrid has not signed writes nothing', () => {
  test('no signature, a wrong one, another key, other bytes, another time', async () => {
    const { id: _, ...told } = await taken('victim@people.example')
    const body = JSON.stringify([{ event: 'bounce', type: 'bounce', ...told }])
    const before = await everything()
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
    const signature = sign('sha256', Buffer.from(body), privateKey).toString('base64')
    const replies = [
      await house.app.inject({ method: 'POST', url, payload: body, headers: { 'content-type': 'application/json' } }),
      await tell(body, { signature }),
      await tell(body, { signature: 'AAAA' }),
      await tell(body, { signature: '' }),
      await tell(body, { key: other }),
      await tell(body, { at: Date.now() - 11 * 60_000 }),
      await tell(body, { at: Date.now() + 11 * 60_000 }),
    ]
    expect(replies.map(({ statusCode }) => statusCode)).toEqual(replies.map(() => 403))
    expect(await everything()).toEqual(before)
  })

  test('what is no list of events is refused, signed or not', async () => {
    expect((await tell('{"event":"bounce"}')).statusCode).toBe(400)
    expect((await tell('no json')).statusCode).toBe(400)
    expect((await tell(`[${'{},'.repeat(5000)}{}]`)).statusCode).toBe(400)
    expect((await tell(`["${'x'.repeat(1024 * 1024)}"]`)).statusCode).toBe(413)
  })

  test('without its key there is no such place; a key that is none stops the server', async () => {
    const keyless = await openHouse()
    expect((await keyless.app.inject({ method: 'POST', url, payload: [] })).statusCode).toBe(404)
    await keyless.close()
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
    for (const wrong of ['hello', rsa.export({ format: 'der', type: 'spki' }).toString('base64')])
      expect(() => readWebhookKey(wrong)).toThrow(/SENDGRID_WEBHOOK_KEY/)
  })
})

test('mail goes over its SMTP, encrypted, with what its events bring back, and its links untouched', async () => {
  expect(sendgrid.fits({})).toBe(false)
  const options = sendgridServer({ SENDGRID_API_KEY: 'SG.x' })
  expect(options).toEqual({
    host: 'smtp.sendgrid.net',
    port: 587,
    requireTLS: true,
    auth: { user: 'apikey', pass: 'SG.x' },
  })
  expect(sendgridServer({ SENDGRID_HOST: 'smtp.eu.sendgrid.net' }).host).toBe('smtp.eu.sendgrid.net')
  const signedIn: string[] = []
  const server = new MailServer({
    authOptional: false,
    disabledCommands: [],
    onAuth: ({ username, password }, _session, done) => {
      signedIn.push(`${username} ${password}`)
      done(null, { user: username })
    },
  })
  await server.open()
  const local = { ...options, host: '127.0.0.1', port: server.port, tls: { rejectUnauthorized: false } }
  const from = 'no-reply@hall.example.org'
  const mailer = await openSmtp({ name: 'sendgrid', server: local, from, headersOf: sendgridHeaders })
  const id = crypto.randomUUID()
  await mailer.send({ id, org, to: { name: '', email: 'ann@people.example' }, subject: 'Hello', text: 't', html: 'h' })
  await mailer.close()
  await server.close()
  expect(signedIn).toEqual(['apikey SG.x'])
  const header = /^X-SMTPAPI: (.*(?:\r\n[ \t].*)*)/m.exec(server.taken[0]?.text ?? '')?.[1] ?? ''
  expect(JSON.parse(header.replaceAll(/\r\n/g, ''))).toMatchObject({
    unique_args: { commonhall_mail: id, commonhall_org: org },
    filters: { clicktrack: { settings: { enable: 0 } } },
  })
})
