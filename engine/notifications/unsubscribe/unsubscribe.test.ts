import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { board, cardExpires, meeting, safety } from '../testing/board.ts'
import { later, mailOf, queued } from '../testing/mailing.ts'
import { memberWithout, tellAll } from '../testing/telling.ts'
import { UnsubscribeLinks } from './links.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse({ modules: [board] })
})
afterAll(() => house.close())
beforeEach(async () => {
  for (const table of ['notification', 'notification_setting', 'local_mail'])
    await asOwner(house, `delete from foundation.${table}`)
  await queued(house)
})

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const multipart = { 'content-type': 'multipart/form-data; boundary=x' }

/** Sends to the address of a mail's header, as nobody. */
const send = (method: 'GET' | 'POST' | 'DELETE', token: string, payload?: string | object, headers = {}) =>
  house.app.inject({ method, url: `/api/v1/unsubscribe/${token}`, headers, ...(payload ? { payload } : {}) })

/** What is told of meetings goes to `to`; answers the link in the mail. */
async function linkIn(to: Parameters<typeof tellAll>[3]['to']): Promise<string> {
  await tellAll(house, meeting, { place: 'the hall' }, { to })
  const [mail] = await mailOf(house)
  return /unsubscribe\/([\w-]+)/.exec(mail?.plain ?? '')?.[1] ?? ''
}

const isMailed = async (to: Parameters<typeof tellAll>[3]['to']) => {
  await tellAll(house, meeting, { place: 'the yard' }, { to })
  return (await mailOf(house)).length > 0
}

describe('the link under a mail', () => {
  test.each(['%0d%0aSet-Cookie:x=1', '%E2%98%83', '..%2F..%2Flogin'])(
    'that nobody has made leads to a page that says so, and nowhere else: %s',
    async (token) => {
      const { statusCode, headers } = await send('GET', token, undefined, { accept: 'text/html' })
      const whole = `/unsubscribe/${encodeURIComponent(decodeURIComponent(token))}`
      expect([statusCode, headers['location']]).toEqual([303, whole])
    },
  )

  test('says what it would end, and looking ends nothing', async () => {
    const token = await linkIn({ role: 'staff' })
    for (let looks = 0; looks < 2; looks += 1) {
      const reply = await send('GET', token)
      expect([reply.statusCode, reply.json()]).toEqual([
        200,
        {
          org: expect.stringContaining('100'),
          label: 'Meetings',
          email: 's•••@local-100.example',
          mail: 'now',
          unsubscribed: false,
          all: false,
          still: expect.arrayContaining(['Safety']),
          one_click: true,
        },
      ])
    }
    expect(await isMailed({ role: 'staff' })).toBe(true)
  })

  test('leads people who open it in a browser to the page', async () => {
    const token = await linkIn({ role: 'staff' })
    const reply = await send('GET', token, undefined, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `/unsubscribe/${token}`])
  })

  test.each([
    ['a form, as mail programs do', 'List-Unsubscribe=One-Click', form],
    [
      'a form in parts',
      '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--',
      multipart,
    ],
    ['JSON, as the page does', {}, {}],
    ['nothing', undefined, {}],
  ])('ends that kind with %s, twice as once, and can be taken back', async (_how, payload, headers) => {
    const token = await linkIn({ role: 'staff' })
    for (let tries = 0; tries < 2; tries += 1) {
      const reply = await send('POST', token, payload, headers)
      expect([reply.statusCode, reply.json().unsubscribed]).toEqual([200, true])
    }
    expect(await isMailed({ role: 'staff' })).toBe(false)
    const inbox = (await (await house.as(cast.staff)).get('/inbox')).json()
    expect(inbox.data.length).toBe(2)
    expect((await send('DELETE', token)).json()).toMatchObject({ unsubscribed: false, mail: 'now' })
    expect(await isMailed({ role: 'staff' })).toBe(true)
  })

  test('ends all mail of the organization but what everybody gets', async () => {
    const token = await linkIn({ role: 'staff' })
    await tellAll(house, cardExpires, { name: 'Ann', days: 1, born: null }, { to: { role: 'staff' } })
    expect((await send('POST', token, { all: true })).json()).toMatchObject({ all: true, unsubscribed: true })
    expect(await mailOf(house, later('PT25H'))).toEqual([])
    await tellAll(house, safety, {}, { to: { role: 'staff' } })
    const [mail] = await mailOf(house)
    expect(mail?.subject).toBe('Leave the building')
    expect(mail?.plain).not.toContain('/unsubscribe/')
    expect((await send('DELETE', token)).json()).toMatchObject({ all: false, unsubscribed: false })
  })

  test('gives back what was chosen before', async () => {
    const token = await linkIn({ role: 'staff' })
    const staff = await house.as(cast.staff)
    await staff.patch('/notification-settings', { kinds: [{ kind: 'board.meeting', mail: 'weekly' }] })
    await send('POST', token)
    expect((await send('DELETE', token)).json().mail).toBe('weekly')
  })

  test('ends mail to the address of a member who does not sign in', async () => {
    const member = await memberWithout(house, 'ann@people.example')
    const token = await linkIn({ member })
    expect((await send('GET', token)).json().email).toBe('a•••@people.example')
    await send('POST', token, 'List-Unsubscribe=One-Click', form)
    expect(await isMailed({ member })).toBe(false)
    await send('DELETE', token)
    expect(await isMailed({ member })).toBe(true)
  })

  test('under a digest ends them all', async () => {
    for (const name of ['Ann', 'Ben'])
      await tellAll(house, cardExpires, { name, days: 1, born: null }, { to: { role: 'staff' } })
    const [digest] = await mailOf(house, later('PT25H'))
    const token = /unsubscribe\/([\w-]+)/.exec(digest?.plain ?? '')?.[1] ?? ''
    expect((await send('GET', token)).json()).toMatchObject({ label: expect.stringContaining('News'), mail: 'daily' })
    await send('POST', token)
    expect(await isMailed({ role: 'staff' })).toBe(false)
  })

  test('that is none of ours leads nowhere', async () => {
    const token = await linkIn({ role: 'staff' })
    const other = new UnsubscribeLinks({ secret: 'somebody else' })
    const said = new UnsubscribeLinks(house.engine.settings).open(token)!
    const flipped = (token.startsWith('A') ? 'B' : 'A') + token.slice(1)
    for (const wrong of ['x', flipped, token.slice(0, -4), `${token}AAAA`, other.seal(said), 'A'.repeat(90)])
      for (const method of ['GET', 'POST', 'DELETE'] as const) {
        const reply = await send(method, wrong)
        expect([wrong, reply.statusCode, reply.json().code]).toEqual([wrong, 404, 'not_found'])
      }
    const gone = new UnsubscribeLinks(house.engine.settings)
    const nobody = { ...said, person: { user_id: crypto.randomUUID(), member_id: null } }
    expect((await send('POST', gone.seal(nobody))).statusCode).toBe(404)
    expect((await send('POST', token, { nonsense: 1 })).statusCode).toBe(422)
  })
})

test('whoever tells the provider of mail is heard too', async () => {
  const { org } = await house.caller()
  const member = await memberWithout(house, 'ben@people.example')
  expect(await isMailed({ member })).toBe(true)
  const { unsubscribeByPost } = await import('./unsubscribing.ts')
  await unsubscribeByPost(house.engine, { org: org.id, user: null, email: 'Ben@people.example', kind: 'board.meeting' })
  expect(await isMailed({ member })).toBe(false)
})
