import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { journal } from '../sign-in/testing/owner.ts'
import type { Outgoing } from './post.ts'
import { hastyPost } from './testing/hasty-post.ts'
import { MailServer } from './testing/mail-server.ts'

const server = new MailServer()
let house: TestHouse
let admin: Voice
let org: string

beforeAll(async () => {
  const url = await server.open()
  house = await openHouse({ settings: { environment: { SMTP_URL: url }, publicUrl: 'https://hall.example.org' } })
  admin = await house.as(cast.admin)
  org = (await house.caller()).org.id
})
afterAll(async () => {
  await server.close()
  await house.close()
})

const letterTo = (email: string, more: Partial<Outgoing> = {}): Outgoing => ({
  kind: 'members.dues',
  org,
  user: null,
  to: { name: 'Ann Lee', email },
  subject: 'Dues of March',
  text: 'The words of the letter',
  html: '<p>The words of the letter</p>',
  ...more,
})
const send = (email: string, more: Partial<Outgoing> = {}) => house.engine.post.send(letterTo(email, more))

interface Line {
  readonly id: string
  readonly state: string
  readonly answer: string | null
  readonly attempts: number
  readonly email: string
  readonly can: Readonly<Record<string, unknown>>
}
const list = async (path: string, voice = admin) => (await voice.get(path)).json().data as Line[]
const linesOf = (email: string) => list(`/mails?filter[email]=${email}`)
const ready = () => house.app.inject({ url: '/health/ready' })
const suppressed = async (email: string) =>
  (await list(`/suppressed-addresses?filter[state]=suppressed`)).filter((one) => one.email === email)
const trailOf = async (id = '') =>
  (await admin.get(`/audit?filter[resource]=foundation.mail_message&limit=200`))
    .json()
    .data.filter((line: { record: string }) => line.record === id)

describe('a mail that a server takes', () => {
  test('is written down with its outcome, once, and stands in the audit trail', async () => {
    expect(await send('ann@people.example')).toBe('sent')
    const [line] = await linesOf('ann@people.example')
    expect(line).toMatchObject({ state: 'sent', attempts: 1, answer: '250', name: 'Ann Lee', kind: 'members.dues' })
    const [told, ...more] = await trailOf(line?.id)
    expect([told.act, told.changes.email, told.changes.kind, more]).toEqual([
      'mail-sent',
      [null, 'ann@people.example'],
      [null, 'members.dues'],
      [],
    ])
  })

  const longLink = `https://hall.example.org/api/v1/unsubscribe/${'a-token-'.repeat(20)}`

  test('carries a Message-ID of its own, and what keeps machines from answering', async () => {
    const id = crypto.randomUUID()
    await send('head@people.example', { id, unsubscribe: { url: longLink } })
    const text = server.to('head@people.example')[0]?.text.replaceAll(/\r\n(?=[ \t])/g, '')
    expect(text).toContain(`Message-ID: <${id}@hall.example.org>`)
    expect(text).toContain('Auto-Submitted: auto-generated')
    expect(text).toContain(`List-Unsubscribe: <${longLink}>`)
    expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  })

  test('is not sent a second time when its job runs twice', async () => {
    const id = crypto.randomUUID()
    expect([await send('twice@people.example', { id }), await send('twice@people.example', { id })]).toEqual([
      'sent',
      'sent',
    ])
    expect(server.to('twice@people.example').length).toBe(1)
  })

  test('leaves none of its words in the database', async () => {
    const tables = await asOwner<{ name: string }>(
      house,
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = relnamespace
      where relkind = 'r' and n.nspname in ('foundation', 'queue')`,
    )
    for (const { name } of tables) {
      const found = await asOwner(house, `select from ${name} t where t::text ~ 'words of the letter|Dues of March'`)
      expect([name, found]).toEqual([name, []])
    }
  })
})

describe('an address that is dead', () => {
  test.each([
    [550, 'no such user here', '550'],
    [550, '5.1.1 <gone2@people.example> unknown', '550 5.1.1'],
    [553, '5.1.3 bad address syntax', '553 5.1.3'],
  ])('%i %s: bounces, gets no more mail, and admins see why', async (code, words, answer) => {
    const email = `gone-${answer.replaceAll(/\W/g, '-')}@people.example`
    server.answer(email, { code, words })
    expect(await send(email)).toBe('bounced')
    expect(await send(email)).toBe('suppressed')
    expect(await send(email, { always: true })).toBe('suppressed')
    expect(server.asked.filter((one) => one === email).length).toBe(1)
    expect((await linesOf(email)).map(({ state }) => state).toSorted()).toEqual(['bounced', 'suppressed', 'suppressed'])
    expect(await suppressed(email)).toMatchObject([{ reason: 'bounced', answer }])
  })

  test('is mailed again once an admin says so, and by nobody else', async () => {
    const email = 'back@people.example'
    server.answer(email, { code: 550 }, undefined)
    await send(email)
    const [one] = await suppressed(email)
    const officer = await house.as(cast.officer)
    expect(one?.can['mail-again']).toBe(true)
    expect((await officer.post(`/suppressed-addresses/${one?.id}/mail-again`)).statusCode).toBe(403)
    expect((await admin.post(`/suppressed-addresses/${one?.id}/mail-again`)).json()).toMatchObject({ state: 'lifted' })
    expect(await send(email)).toBe('sent')
  })

  test('stays the business of the org whose mail came back', async () => {
    const email = 'shared@people.example'
    server.answer(email, { code: 550 }, undefined)
    await send(email)
    const other = await house.as('admin@riverside.example')
    expect((await list('/suppressed-addresses', other)).length).toBe(0)
    expect(await send(email, { org: (await house.caller('riverside')).org.id })).toBe('sent')
  })
})

describe('what a server refuses', () => {
  test.each([
    [550, '5.7.1 we take no bulk mail'],
    [554, 'looks like spam'],
    [552, '5.2.2 mailbox full'],
  ])('%i %s: fails for good, and says nothing against the address', async (code, words) => {
    const email = `picky${code}${words.length}@people.example`
    server.answer(email, { code, words })
    expect(await send(email)).toBe('failed')
    expect(await suppressed(email)).toEqual([])
    expect((await linesOf(email))[0]).toMatchObject({ state: 'failed' })
  })

  test('for now, is tried again under the same id, and then taken', async () => {
    const email = 'busy@people.example'
    server.answer(email, { code: 451, words: '4.3.0 <busy@people.example> later' }, undefined)
    const id = crypto.randomUUID()
    const failure: Error = await send(email, { id }).catch((error) => error)
    expect([failure.name, failure.message]).toEqual(['MailWaits', expect.stringContaining('451 4.3.0')])
    expect(failure.message).not.toContain('people.example')
    expect((await ready()).json()).toEqual({ status: 'ok', down: [], degraded: ['mail'] })
    expect(await linesOf(email)).toMatchObject([{ id, state: 'queued' }])
    expect(await send(email, { id })).toBe('sent')
    expect((await ready()).json()).toEqual({ status: 'ok', down: [] })
    expect(await linesOf(email)).toMatchObject([{ id, state: 'sent', attempts: 2 }])
    expect(server.to(email)[0]?.text).toContain(`<${id}@`)
    expect((await trailOf(id)).map((line: { act: string }) => line.act)).toEqual(['mail-sent'])
  })

  test('for four days, is given up', async () => {
    const email = 'never@people.example'
    server.answer(email, { code: 451 })
    const id = crypto.randomUUID()
    await expect(send(email, { id })).rejects.toThrow(/451/)
    await asOwner(house, "update foundation.mail_message set created_at = now() - interval '5 days' where id = $1", [
      id,
    ])
    expect(await send(email, { id })).toBe('failed')
  })
})

describe('a server', () => {
  test.each([
    ['that is dead', () => Promise.resolve('smtp://127.0.0.1:1'), /ECONN|ESOCKET|ETIMEDOUT/],
    ['that takes the connection and never answers', () => Promise.resolve(silent()), /ETIMEDOUT|EABORT|ECONN/],
    [
      'that hears the recipient and never answers',
      () => {
        server.answer('mute@people.example', 'never')
        return Promise.resolve(`smtp://127.0.0.1:${server.port}`)
      },
      /ETIMEDOUT|EABORT|ECONN/,
    ],
  ])('%s: the mail waits and is tried again', async (_what, url, why) => {
    const post = hastyPost(house, await url())
    const id = crypto.randomUUID()
    const started = performance.now()
    await expect(post.send(letterTo('mute@people.example', { id }))).rejects.toThrow(why)
    expect(performance.now() - started).toBeLessThan(9000)
    expect((await linesOf('mute@people.example')).find((line) => line.id === id)).toMatchObject({ state: 'queued' })
    await post.close()
  })

  const closing: (() => void)[] = []
  afterAll(() => closing.forEach((close) => close()))
  async function silent(): Promise<string> {
    const { createServer } = await import('node:net')
    const mute = createServer(() => {})
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    closing.push(() => mute.close())
    return `smtp://127.0.0.1:${(mute.address() as { port: number }).port}`
  }

  test('can be greeted without sending anything', async () => {
    await expect(house.engine.post.check()).resolves.toBeUndefined()
    const post = hastyPost(house, 'smtp://127.0.0.1:1', { soon: 30_000, silence: 30_000, longest: 30_000 })
    await expect(post.check()).rejects.toThrow(/ECONNREFUSED/)
    await post.close()
  })
})

test('a server that is slow holds up a few mails, and the jobs of the others go on to something else', async () => {
  const slow = ['slow1', 'slow2', 'slow3', 'slow4'].map((name) => `${name}@people.example`)
  for (const email of slow) server.answer(email, 'never', undefined)
  const ending = (email: string) => send(email).catch((error: Error) => error.name)
  const held = slow.map(ending)
  await expect.poll(() => server.asked).toEqual(expect.arrayContaining(slow))
  const started = performance.now()
  await expect(send('quick@people.example')).rejects.toThrow(/busy/)
  expect(performance.now() - started).toBeLessThan(20_000)
  server.hangUp()
  for (const end of await Promise.all(held)) expect(['sent', 'MailWaits']).toContain(end)
  await expect.poll(() => ending('quick@people.example')).toBe('sent')
})

describe('mail about a sign-in', () => {
  test('stands in the journal of sign-in, and so in the trail of the orgs of its person', async () => {
    const account = { org: null, kind: 'foundation.password-reset', always: true }
    expect(await send(cast.staff, account)).toBe('sent')
    expect(await journal(house, 1)).toMatchObject([{ what: 'mail-sent', email: cast.staff }])
    await house.engine.watch.flush()
    const told = (await admin.get('/audit?filter[kind]=sign-in&filter[act]=mail-sent')).json().data
    expect(told.length).toBe(1)
    expect(await linesOf(cast.staff)).toEqual([])
  })

  test('that bounces is shown to the admins of its person, and who confirms the address is mailed again', async () => {
    const account = { org: null, kind: 'foundation.password-reset', always: true }
    server.answer(cast.organizer, { code: 550 }, undefined)
    expect(await send(cast.organizer, account)).toBe('bounced')
    expect(await send(cast.organizer, account)).toBe('suppressed')
    expect(await suppressed(cast.organizer)).toMatchObject([{ reason: 'bounced' }])
    await asOwner(house, 'update foundation.user set email_verified_at = now() where email = $1', [cast.organizer])
    expect(await suppressed(cast.organizer)).toEqual([])
    expect(await send(cast.organizer, account)).toBe('sent')
  })
})

test('no name, subject or address smuggles in headers or further recipients', async () => {
  const evil = 'Ann\r\nBcc: eve@people.example'
  await send('safe@people.example', { to: { name: evil, email: 'safe@people.example' }, subject: evil })
  expect(server.to('safe@people.example')[0]?.text).not.toMatch(/^Bcc:/im)
  for (const email of [
    'a@x.example,eve@people.example',
    'a@x.example\r\nRCPT TO:<eve@people.example>',
    'Ann <a@x.example>',
  ])
    expect(await send(email)).toBe('failed')
  expect(server.asked.filter((one) => /\beve@|x\.example/.test(one))).toEqual([])
})

test('requests never wait for mail: with a mail server that is mute they are answered as ever', async () => {
  await house.engine.startWork()
  for (const email of [cast.treasurer, cast.instructor]) server.answer(email, 'never')
  const staff = await house.as(cast.staff)
  const ask = (email: string) =>
    house.app.inject({ method: 'POST', url: '/api/v1/auth/password/reset-request', payload: { email } })
  const slowest = async () => {
    const times: number[] = []
    for (const email of [cast.treasurer, cast.instructor, 'nobody@people.example']) {
      const started = performance.now()
      expect((await ask(email)).statusCode).toBe(202)
      expect((await staff.get('/members?limit=1')).statusCode).toBe(200)
      times.push(performance.now() - started)
    }
    return Math.max(...times)
  }
  expect(await slowest()).toBeLessThan(9000)
  await expect.poll(() => server.asked).toContain(cast.treasurer)
  // By now the server has been asked and is silent; everything else goes on.
  expect(await slowest()).toBeLessThan(9000)
  expect((await ready()).statusCode).toBe(200)
})
