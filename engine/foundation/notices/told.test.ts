import { afterAll, beforeAll, expect, test } from 'vitest'
import { bringIn } from '../../imports/testing/upload.ts'
import { mailTo, rolesOf, tokenIn } from '../../invitations/testing/post-office.ts'
import { cast, openHouse, type TestHouse, type Voice, voiceOf } from '../../testing/index.ts'

let house: TestHouse
let admin: Voice

beforeAll(async () => {
  house = await openHouse()
  await house.engine.startWork()
  admin = await house.as(cast.admin)
})
afterAll(() => house.close())

interface Item {
  readonly kind: string
  readonly title: string
  readonly path: string | null
}

const inboxOf = async (voice: Voice): Promise<Item[]> => (await voice.get('/inbox')).json().data
/** The titles of what somebody was told of one kind. */
const toldOf = async (voice: Voice, kind: string) =>
  (await inboxOf(voice)).filter((item) => item.kind === kind).map(({ title }) => title)

test('whoever accepts an invitation is welcomed, in the inbox and by mail', async () => {
  const email = 'newcomer@people.example'
  const roles = await rolesOf(admin)
  await admin.post('/invitations', { email, name: 'Nora Field', roles: [roles['staff']] })
  const token = tokenIn(await mailTo(house, email))
  const url = `/api/v1/auth/invitations/${token}/accept`
  const reply = await house.app.inject({ method: 'POST', url, payload: { password: 'Blue-Kettle-42' } })
  const nora = voiceOf(house.app, reply.json().access_token, 'local-100')
  const mail = await mailTo(house, email, 2)
  expect(mail.subject).toBe('Welcome to Harbor Trades Local 100')
  expect(mail.plain).toContain('Invited by:     Ada Okafor')
  await expect.poll(() => toldOf(nora, 'foundation.welcome')).toEqual(['Welcome to Harbor Trades Local 100'])
})

test('whoever gets or loses a role learns of it, from whom', async () => {
  const roles = await rolesOf(admin)
  const staff = await house.as(cast.staff)
  const [{ id }] = (await admin.get(`/users?q=${encodeURIComponent(cast.staff)}`)).json().data
  expect((await admin.post(`/users/${id}/grants`, { role: roles['instructor'] })).statusCode).toBe(201)
  await expect
    .poll(() => toldOf(staff, 'foundation.role-given'))
    .toEqual(['You are now Instructor at Harbor Trades Local 100'])
  expect((await admin.delete(`/users/${id}/grants/${roles['instructor']}`)).statusCode).toBe(204)
  await expect
    .poll(() => toldOf(staff, 'foundation.role-taken'))
    .toEqual(['You are no longer Instructor at Harbor Trades Local 100'])
})

test('a member learns that their standing has changed', async () => {
  const member = await house.as(cast.member)
  const officer = await house.as(cast.officer)
  const [me] = (await member.get('/members')).json().data
  const away = await officer.post(`/members/${me.id}/suspend`, { reason: 'Dues are open.' })
  expect(away.statusCode, away.body).toBe(200)
  await expect
    .poll(() => toldOf(member, 'members.standing-news'))
    .toEqual(['Your membership in Harbor Trades Local 100 is suspended'])
})

test('whoever starts an import learns how it ended, once', async () => {
  const staff = await house.as(cast.staff)
  await bringIn(staff, 'local-100', 'Card No,Last name,First name\nZ-901,Ito,Mei\nZ-902,,Nameless\n')
  await expect.poll(() => toldOf(staff, 'foundation.import-finished')).toEqual(['Imported: 1 of 2 rows from roll.csv'])
})
