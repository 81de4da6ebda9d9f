import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { mailTo, tokenIn } from '../../invitations/testing/post-office.ts'
import { type KeptMail, listMail } from '../../mail/transports/mailbox.ts'
import { cast, castPassword, openHouse, type TestHouse, type Voice, voiceOf } from '../../testing/index.ts'
import { testSettings } from '../../testing/settings.ts'
import { asOwner, forgetTries, journal } from '../testing/owner.ts'

let house: TestHouse

beforeAll(async () => {
  house = await openHouse()
  await house.engine.startWork()
})
afterAll(() => house.close())
beforeEach(async () => {
  await forgetTries(house)
  await asOwner(house, 'delete from foundation.local_mail')
})

const auth = '/api/v1/auth'
const post = (path: string, payload: object) => house.app.inject({ method: 'POST', url: `${auth}/${path}`, payload })
const confirm = (token: string) => post('email/confirm', { token })
const logIn = (email: string) => post('login', { email, password: castPassword })
const change = (voice: Voice, email: string) => voice.post(`${auth}/email/change`, { email })
const me = async (voice: Voice) => (await voice.get(`${auth}/me`)).json().user
const unverify = (email: string) =>
  asOwner(house, 'update foundation.user set email_verified_at = null where email = $1', [email])

/** Asks to change, and opens the mail at the new address. */
async function changeLink(voice: Voice, email: string): Promise<string> {
  expect((await change(voice, email)).statusCode).toBe(202)
  return tokenIn(await mailTo(house, email))
}

/** Turns the clock of the person's latest session. */
const proveLongAgo = (email: string) =>
  asOwner(
    house,
    `update foundation.session set proved_at = now() - interval '11 minutes'
    where user_id = (select id from foundation.user where email = $1)`,
    [email],
  )

describe('changing the address', () => {
  test('asks the new address, tells the old one, and takes place once the link is opened', async () => {
    const staff = await house.as(cast.staff)
    const token = await changeLink(staff, 'sam@new.example')
    const note = await mailTo(house, cast.staff)
    expect(note.subject).toMatch(/about to change/)
    for (const form of [note.plain, note.html]) {
      for (const part of [cast.staff, 'sam@new.example', 'Was it not you?', '/forgot-password'])
        expect(form).toContain(part)
      expect(form).not.toMatch(/undefined|engine:|\{\{|confirm-email/)
    }
    expect((await me(staff)).email).toBe(cast.staff)
    const reply = await confirm(token)
    expect([reply.statusCode, reply.json()]).toEqual([200, { email: 'sam@new.example' }])
    expect((await logIn(cast.staff)).statusCode).toBe(401)
    expect((await logIn('sam@new.example')).statusCode).toBe(200)
    const lines = await journal(house, 8)
    expect(lines.map(({ what, email }) => [what, email])).toEqual(
      expect.arrayContaining([
        ['email-change-requested', 'sam@new.example'],
        ['email-changed', 'sam@new.example'],
      ]),
    )
  })

  test('lets sessions live: a token that names the old address goes on, and speaks for the new one', async () => {
    const officer = await house.as(cast.officer2, 'local-100')
    expect((await officer.get('/catalog')).json().actor.email).toBe(cast.officer2)
    await confirm(await changeLink(officer, 'olga@new.example'))
    expect(await me(officer)).toMatchObject({ email: 'olga@new.example', email_verified: true })
    expect((await officer.get('/catalog')).json().actor.email).toBe('olga@new.example')
    const { refresh_token } = (await logIn('olga@new.example')).json()
    const { access_token } = (await post('refresh', { refresh_token })).json()
    const claims = JSON.parse(Buffer.from(access_token.split('.')[1], 'base64url').toString())
    expect(claims.email).toBe('olga@new.example')
  })

  test('asks for fresh proof', async () => {
    const treasurer = await house.as(cast.treasurer)
    await proveLongAgo(cast.treasurer)
    const reply = await change(treasurer, 'tess@new.example')
    expect([reply.statusCode, reply.json().code]).toEqual([403, 'proof_needed'])
    expect(await listMail(house.engine.database)).toEqual([])
  })

  test('to an address that somebody has answers the same, and only its owner learns of it', async () => {
    const organizer = await house.as(cast.organizer)
    const asked = async () => (await journal(house, 50)).filter(({ what }) => what === 'email-change-requested')
    const before = (await asked()).length
    const [free, taken] = [await change(organizer, 'ora@new.example'), await change(organizer, cast.coopMember)]
    const blank = (text: string) => text.replaceAll(/\S+@\S+/g, '')
    expect(taken.statusCode).toBe(free.statusCode)
    expect(blank(taken.json().detail)).toBe(blank(free.json().detail))
    const mail = await mailTo(house, cast.coopMember)
    expect(mail.plain).toContain('belongs to yours already')
    for (const secret of [cast.organizer, 'Ora', 'Delgado', 'confirm-email']) expect(mail.plain).not.toContain(secret)
    await mailTo(house, cast.organizer, 2)
    expect((await asked()).length).toBe(before + 2)
    // Whether mail went to the free one would tell that nobody has it.
    const sent = (await journal(house, 50)).filter(({ what }) => what === 'mail-sent').map(({ email }) => email)
    expect(sent).toContain(cast.coopMember)
    expect(sent).not.toContain('ora@new.example')
  })

  test('to one that somebody takes in between is refused, and everything stays', async () => {
    const instructor = await house.as(cast.instructor)
    const token = await changeLink(instructor, 'wanted@new.example')
    await asOwner(house, "insert into foundation.user (email, name) values ('wanted@new.example', 'Quick')")
    const reply = await confirm(token)
    expect([reply.statusCode, reply.json().code]).toEqual([409, 'conflict'])
    expect((await me(instructor)).email).toBe(cast.instructor)
    expect((await confirm(token)).statusCode).toBe(422)
  })

  test('of the letter case alone is a change, too', async () => {
    const admin = await house.as(cast.admin)
    const spelled = 'Admin@Local-100.example'
    expect((await change(admin, spelled)).statusCode).toBe(202)
    const link = async () =>
      (await listMail(house.engine.database)).find(({ plain }) => plain.includes('/confirm-email/'))
    await expect.poll(link).toBeTruthy()
    expect((await confirm(tokenIn((await link()) as KeptMail))).json()).toEqual({ email: spelled })
    expect((await me(admin)).email).toBe(spelled)
    expect((await logIn(cast.admin)).statusCode).toBe(200)
  })

  test.each(['nobody', 'a b@c.example', 'a\u0000@b.example', '@', ''])('refuses %j', async (email) => {
    const reply = await change(await house.as(cast.member), email)
    expect([reply.statusCode, reply.json().errors[0]?.path]).toEqual([422, 'email'])
  })
})

describe('a link', () => {
  test('works once; of ten tries side by side one counts', async () => {
    const member = await house.as(cast.member)
    const token = await changeLink(member, 'max@new.example')
    const replies = await Promise.all(Array.from({ length: 10 }, () => confirm(token)))
    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    const spent = replies.find(({ statusCode }) => statusCode !== 200)
    expect([spent?.statusCode, spent?.json().code]).toEqual([422, 'link_spent'])
  })

  test('works for 24 hours, and not for somebody who was disabled', async () => {
    const staff = await house.as(cast.coopStaff)
    const old = await changeLink(staff, 'old@new.example')
    await asOwner(house, "update foundation.email_token set expires_at = now() - interval '1 second'")
    expect((await confirm(old)).statusCode).toBe(422)
    const other = await changeLink(staff, 'other@new.example')
    await asOwner(house, 'update foundation.user set disabled_at = now() where email = $1', [cast.coopStaff])
    expect((await confirm(other)).statusCode).toBe(422)
    await asOwner(house, 'update foundation.user set disabled_at = null where email = $1', [cast.coopStaff])
    expect((await confirm('A'.repeat(43))).statusCode).toBe(422)
  })

  test('to the address before is dead after a change, as is a link for a new password there', async () => {
    const email = 'treasurer@local-200.example'
    const treasurer = await house.as(email)
    await unverify(email)
    await treasurer.post(`${auth}/email/verification`, {})
    const verification = tokenIn(await mailTo(house, email))
    await post('password/reset-request', { email })
    const reset = /\/reset-password\/([\w-]{43})/.exec((await mailTo(house, email, 2)).plain)![1]
    await confirm(await changeLink(treasurer, 'tina@new.example'))
    expect((await confirm(verification)).statusCode).toBe(422)
    const replaced = await post('password/reset-confirm', { token: reset, password: 'Blue-Kettle-42' })
    expect(replaced.statusCode).toBe(422)
    expect((await me(treasurer)).email).toBe('tina@new.example')
  })

  test('that an intruder asked for is dead once the owner has chosen a new password', async () => {
    const email = 'officer@local-200.example'
    const token = await changeLink(await house.as(email), 'intruder@new.example')
    await post('password/reset-request', { email })
    const reset = /\/reset-password\/([\w-]{43})/.exec((await mailTo(house, email, 2)).plain)![1]
    expect((await post('password/reset-confirm', { token: reset, password: 'Blue-Kettle-42' })).statusCode).toBe(204)
    expect((await confirm(token)).statusCode).toBe(422)
  })

  test('is in no table and no queue as it stands', async () => {
    const token = await changeLink(await house.as('staff@maple-court.example'), 'maple@new.example')
    const rows = await asOwner<{ held: string }>(
      house,
      `select data::text as held from queue.job union all select encode(token_hash, 'hex') from foundation.email_token
      union all select to_jsonb(e)::text from foundation.sign_in_event e`,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ held }) => held.includes(token))).toEqual([])
  })
})

describe('confirming the present address', () => {
  test('people of the demo world count as confirmed, and are told so', async () => {
    const voice = await house.as('staff@riverside.example')
    expect((await me(voice)).email_verified).toBe(true)
    const reply = await voice.post(`${auth}/email/verification`, {})
    expect([reply.statusCode, reply.json().detail]).toEqual([202, expect.stringContaining('confirmed already')])
    expect(await listMail(house.engine.database)).toEqual([])
  })

  test('a link comes by mail, and confirms', async () => {
    const email = 'officer@riverside.example'
    const voice = await house.as(email)
    await unverify(email)
    expect((await me(voice)).email_verified).toBe(false)
    expect((await voice.post(`${auth}/email/verification`)).statusCode).toBe(202)
    expect((await confirm(tokenIn(await mailTo(house, email)))).json()).toEqual({ email })
    expect((await me(voice)).email_verified).toBe(true)
    expect((await journal(house, 1))[0]).toMatchObject({ what: 'email-verified', email })
  })

  test('choosing a new password by mail confirms it as well', async () => {
    const email = 'member@maple-court.example'
    await unverify(email)
    await post('password/reset-request', { email })
    const reset = /\/reset-password\/([\w-]{43})/.exec((await mailTo(house, email)).plain)![1]
    await post('password/reset-confirm', { token: reset, password: 'Blue-Kettle-42' })
    const { access_token } = (await post('login', { email, password: 'Blue-Kettle-42' })).json()
    expect((await me(voiceOf(house.app, access_token, ''))).email_verified).toBe(true)
  })

  test('five mails an hour, then wait', async () => {
    const email = 'admin@local-200.example'
    const voice = await house.as(email)
    await unverify(email)
    for (let time = 0; time < 5; time++)
      expect((await voice.post(`${auth}/email/verification`, {})).statusCode).toBe(202)
    const reply = await voice.post(`${auth}/email/verification`, {})
    expect([reply.statusCode, Number(reply.headers['retry-after']) > 3000]).toEqual([429, true])
    expect(reply.json().detail).toMatch(/Wait 60 minutes/)
  })
})

test('the mails go out over SMTP, from one house to a real server', { timeout: 60_000 }, async () => {
  const received: { to: string; text: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({ to: envelope.rcptTo[0]?.address ?? '', text: String(Buffer.concat(chunks)) })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  const posted = await openHouse({ settings: { environment: { ...testSettings.environment, SMTP_URL } } })
  try {
    await posted.engine.startWork()
    const admin = await posted.as(cast.admin)
    await change(admin, 'ada@new.example')
    const roles = (await admin.get('/roles?limit=1')).json().data.map(({ id }: { id: string }) => id)
    await admin.post('/invitations', { email: 'nora@people.example', name: 'Nora "N" Field', roles })
    await expect
      .poll(() => received.map(({ to }) => to).toSorted())
      .toEqual(['ada@new.example', cast.admin, 'nora@people.example'])
    const invitation = received.find(({ to }) => to === 'nora@people.example')
    expect(invitation?.text).toMatch(/Subject: Your invitation to Harbor Trades Local 100/)
    expect(invitation?.text.replaceAll('=\r\n', '')).toMatch(/\/invitation\/[\w-]{43}/)
  } finally {
    await posted.close()
    await new Promise<void>((resolve) => server.close(resolve))
  }
})
