import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { listMail } from '../../mail/transports/mailbox.ts'
import { cast, castPassword, openHouse, type TestHouse } from '../../testing/index.ts'
import { Browser } from '../testing/browser.ts'
import { asOwner, forgetTries, journal } from '../testing/owner.ts'

let house: TestHouse

beforeAll(async () => {
  house = await openHouse()
  await house.engine.startWork()
})
afterAll(() => house.close())
beforeEach(() => forgetTries(house))

const fresh = 'Blue-Kettle-42'

const post = (path: string, payload: object) =>
  house.app.inject({ method: 'POST', url: `/api/v1/auth/${path}`, payload })
const logIn = (email: string, password: string) => post('login', { email, password })
const ask = (email: string) => post('password/reset-request', { email })
const confirm = (token: string, password: string) => post('password/reset-confirm', { token, password })

/** Asks for a link and reads it in the mailbox. */
async function linkFor(email: string): Promise<string> {
  const before = (await listMail(house.engine.database)).length
  expect((await ask(email)).statusCode).toBe(202)
  await expect.poll(async () => (await listMail(house.engine.database)).length).toBe(before + 1)
  const [mail] = await listMail(house.engine.database)
  expect(mail?.recipient).toBe(email)
  return /\/reset-password\/([\w-]{43})\b/.exec(mail!.plain)![1]!
}

test('the mailed link sets a new password, once, and ends every session', async () => {
  const browser = new Browser(house.app)
  await browser.logIn(cast.staff, castPassword)
  const { access_token, refresh_token } = (await logIn(cast.staff, castPassword)).json()
  const token = await linkFor(cast.staff)
  expect([(await confirm(token, fresh)).statusCode, (await confirm(token, fresh)).statusCode]).toEqual([204, 422])
  const headers = { authorization: `Bearer ${access_token}` }
  expect((await house.app.inject({ url: '/api/v1/auth/me', headers })).statusCode).toBe(401)
  expect((await house.app.inject({ url: '/api/v1/orgs/local-100/members', headers })).statusCode).toBe(401)
  expect((await post('refresh', { refresh_token })).statusCode).toBe(401)
  expect((await browser.post('/api/v1/auth/refresh')).statusCode).toBe(401)
  expect((await logIn(cast.staff, castPassword)).statusCode).toBe(401)
  expect((await logIn(cast.staff, fresh)).statusCode).toBe(200)
  const what = (await journal(house, 12)).map((line) => line.what)
  expect(what).toEqual(expect.arrayContaining(['reset-requested', 'password-changed', 'password-reset', 'signed-in']))
})

test('the mail says who, what and how long, as text and as HTML', async () => {
  await linkFor(cast.organizer)
  const [mail] = await listMail(house.engine.database)
  expect(mail?.subject).toBe('Choose a new password for Commonhall')
  for (const form of [mail!.plain, mail!.html]) {
    expect(form).toContain(cast.organizer)
    expect(form).toContain(`${house.engine.settings.publicUrl}/reset-password/`)
    expect(form).toContain('one hour')
    expect(form).not.toMatch(/undefined|mail\.reset|\{\{/)
  }
})

test('an unknown address gets the same answer, and no mail', async () => {
  const before = (await listMail(house.engine.database)).length
  const [known, unknown] = [await ask(cast.member), await ask('nobody@nowhere.example')]
  expect([unknown.statusCode, unknown.json()]).toEqual([known.statusCode, known.json()])
  await expect.poll(async () => (await listMail(house.engine.database)).length).toBe(before + 1)
})

test('the link opens a locked sign-in', async () => {
  await asOwner(house, 'update foundation.user set locked_at = now() where email = $1', [cast.officer])
  expect((await logIn(cast.officer, castPassword)).statusCode).toBe(423)
  expect((await confirm(await linkFor(cast.officer), fresh)).statusCode).toBe(204)
  expect((await logIn(cast.officer, fresh)).statusCode).toBe(200)
})

test('a refused password says why and leaves the link good', async () => {
  const token = await linkFor(cast.officer2)
  for (const [password, code] of [
    ['short', 'too_short'],
    ['Password123!', 'too_common'],
    [`${cast.officer2}X1`, 'too_personal'],
    ['Local-100-2026!', 'too_personal'],
  ]) {
    const reply = await confirm(token, password!)
    expect(reply.statusCode).toBe(422)
    expect(reply.json().errors).toEqual([{ path: 'password', code, message: reply.json().detail }])
  }
  expect((await confirm(token, 'four words with spaces 🌻')).statusCode).toBe(204)
  expect((await logIn(cast.officer2, 'four words with spaces 🌻')).statusCode).toBe(200)
})

test('of 10 confirmations side by side one counts', async () => {
  const token = await linkFor(cast.treasurer)
  const replies = await Promise.all(Array.from({ length: 10 }, (_, index) => confirm(token, `${fresh}-${index}`)))
  expect(replies.filter(({ statusCode }) => statusCode === 204)).toHaveLength(1)
})

test('a link is good for one hour, and not for who was disabled since', async () => {
  const old = await linkFor(cast.instructor)
  await asOwner(house, "update foundation.reset_token set expires_at = now() - interval '1 second'")
  expect((await confirm(old, fresh)).json().code).toBe('reset_spent')
  const other = await linkFor(cast.instructor)
  await asOwner(house, 'update foundation.user set disabled_at = now() where email = $1', [cast.instructor])
  expect((await confirm(other, fresh)).statusCode).toBe(422)
  expect((await confirm('A'.repeat(43), fresh)).statusCode).toBe(422)
})

test("setting the password spends the person's other links", async () => {
  const [one, other] = [await linkFor(cast.coopStaff), await linkFor(cast.coopStaff)]
  expect((await confirm(other, fresh)).statusCode).toBe(204)
  expect((await confirm(one, fresh)).statusCode).toBe(422)
})

test('nobody is flooded: five mails an hour, and always the same answer', async () => {
  const before = (await listMail(house.engine.database)).length
  for (let time = 0; time < 12; time++) expect((await ask(cast.coopMember)).statusCode).toBe(202)
  await expect.poll(async () => (await listMail(house.engine.database)).length).toBe(before + 5)
})

test('neither the queue nor any table holds a token that works', async () => {
  const token = await linkFor(cast.admin)
  const rows = await asOwner<{ held: string }>(
    house,
    `select data::text as held from queue.job
    union all select encode(token_hash, 'hex') from foundation.reset_token
    union all select to_jsonb(e)::text from foundation.sign_in_event e`,
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter(({ held }) => held.includes(token))).toEqual([])
})
