import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cast, castPassword, openHouse, type TestHouse } from '../../testing/index.ts'
import { Browser } from '../testing/browser.ts'
import { asOwner, forgetTries, journal } from '../testing/owner.ts'

interface Shown {
  readonly id: string
  readonly device: string
  readonly address: string
  readonly current: boolean
}

let house: TestHouse

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  await forgetTries(house)
  await asOwner(house, 'update foundation.session set ended_at = now() where ended_at is null')
})

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'
const auth = '/api/v1/auth'

async function signedIn(email: string, agent = firefox, address = '127.0.0.1'): Promise<Browser> {
  const browser = new Browser(house.app, address)
  const body = { email, password: castPassword, session: 'cookie' }
  expect((await browser.post(`${auth}/login`, body, { 'user-agent': agent })).statusCode).toBe(200)
  return browser
}

const sessionsOf = async (browser: Browser): Promise<Shown[]> => (await browser.get(`${auth}/sessions`)).json().data

test('one sees where one is signed in, with device, address and times, this one first', async () => {
  await signedIn(cast.staff, 'curl/8.5.0', '203.0.113.9')
  const here = await signedIn(cast.staff)
  await signedIn(cast.officer)
  const [first, second, ...more] = await sessionsOf(here)
  expect(more).toEqual([])
  expect(first).toEqual({
    id: expect.any(String),
    device: 'Firefox on Windows',
    address: '127.0.0.1',
    started_at: expect.stringMatching(/^\d{4}-.*Z$/),
    last_seen_at: expect.stringMatching(/^\d{4}-.*Z$/),
    second_factor: null,
    current: true,
  })
  expect(second).toMatchObject({ device: 'curl', address: '203.0.113.9', current: false })
})

test('a session that is ended is out with its next request, and the journal says so', async () => {
  const [here, there] = [await signedIn(cast.staff), await signedIn(cast.staff)]
  expect((await there.get('/api/v1/orgs/local-100/members')).statusCode).toBe(200)
  const other = (await sessionsOf(here)).find(({ current }) => !current)!
  expect((await here.delete(`${auth}/sessions/${other.id}`)).statusCode).toBe(204)
  expect((await there.get('/api/v1/orgs/local-100/members')).statusCode).toBe(401)
  expect((await there.get(`${auth}/me`)).statusCode).toBe(401)
  expect((await there.post(`${auth}/refresh`)).statusCode).toBe(401)
  expect((await sessionsOf(here)).map(({ current }) => current)).toEqual([true])
  expect((await journal(house, 1))[0]).toMatchObject({ what: 'session-ended', address: '127.0.0.1' })
  expect((await here.delete(`${auth}/sessions/${other.id}`)).statusCode).toBe(404)
})

test("nobody ends another person's session, nor one that is not there", async () => {
  const [mine, theirs] = [await signedIn(cast.staff), await signedIn(cast.officer)]
  const [session] = await sessionsOf(theirs)
  for (const id of [session!.id, crypto.randomUUID(), 'all', `${session!.id}%20`]) {
    const reply = await mine.delete(`${auth}/sessions/${id}`)
    expect([id, reply.statusCode, reply.json().code]).toEqual([id, 404, 'not_found'])
  }
  expect((await theirs.get(`${auth}/me`)).statusCode).toBe(200)
})

test('all others end at once; this one goes on', async () => {
  const others = [await signedIn(cast.staff), await signedIn(cast.staff), await signedIn(cast.staff)]
  const [here, bystander] = [await signedIn(cast.staff), await signedIn(cast.member)]
  expect((await here.post(`${auth}/sessions/end-others`)).json()).toEqual({ ended: 3 })
  for (const other of others) expect((await other.get(`${auth}/me`)).statusCode).toBe(401)
  for (const browser of [here, bystander]) expect((await browser.get(`${auth}/me`)).statusCode).toBe(200)
  expect((await here.post(`${auth}/sessions/end-others`)).json()).toEqual({ ended: 0 })
})

test('ending this one signs out here, cookies and all', async () => {
  const here = await signedIn(cast.staff)
  const [session] = await sessionsOf(here)
  expect((await here.delete(`${auth}/sessions/${session!.id}`)).statusCode).toBe(204)
  expect([...here.cookies.keys()]).toEqual(['__Host-device'])
})

test('sessions of API keys are not listed, are not ended with the others, and may do none of this', async () => {
  const here = await signedIn(cast.staff)
  const program = await house.as(cast.staff)
  await asOwner(
    house,
    `update foundation.session set scopes = '{members.member.read}',
      only_org = (select id from foundation.org where slug = 'local-100')
    where id = (select id from foundation.session where device like 'test %' order by started_at desc limit 1)`,
  )
  expect(await sessionsOf(here)).toHaveLength(1)
  expect((await here.post(`${auth}/sessions/end-others`)).json()).toEqual({ ended: 0 })
  expect((await program.get('/members')).statusCode).toBe(200)
  expect((await program.get(`${auth}/sessions`)).statusCode).toBe(401)
  expect((await program.post(`${auth}/email/change`, { email: 'a@b.example' })).statusCode).toBe(401)
})

test('without a sign-in there is nothing to see, and without its token nothing is ended', async () => {
  expect((await house.app.inject({ url: `${auth}/sessions` })).statusCode).toBe(401)
  const here = await signedIn(cast.staff)
  const [session] = await sessionsOf(here)
  const forged = { 'x-csrf-token': 'forged' }
  expect((await here.delete(`${auth}/sessions/${session!.id}`, forged)).statusCode).toBe(403)
  expect((await here.post(`${auth}/sessions/end-others`, {}, forged)).statusCode).toBe(403)
  expect((await here.get(`${auth}/me`)).statusCode).toBe(200)
})
