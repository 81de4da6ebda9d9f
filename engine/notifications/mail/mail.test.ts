import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, cast, firstRun, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { gatherMail } from './gather-mail.ts'
import { sendNoticeMail } from './send-mail.ts'
import { audit, board, cardExpires, meeting, safety } from '../testing/board.ts'
import { later, mailbox, mailOf, queued } from '../testing/mailing.ts'
import { memberWithout, tellAll, userOf } from '../testing/telling.ts'

let house: TestHouse
let staff: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [board] })
  staff = await house.as(cast.staff)
})
afterAll(() => house.close())
beforeEach(async () => {
  for (const table of ['notification', 'notification_setting', 'local_mail'])
    await asOwner(house, `delete from foundation.${table}`)
  await queued(house)
})

const aWeek = later('PT170H')
const subjects = async (now?: string) =>
  (await mailOf(house, now)).map(({ recipient, subject }) => [recipient, subject])

/** Quiet hours that hold now, and for another hour or two. */
function quietNow() {
  const here = Temporal.Now.zonedDateTimeISO('America/New_York')
  const clock = (hours: number) => here.add({ hours }).toPlainTime().toString({ smallestUnit: 'minute' })
  return { from: clock(-1), until: clock(2) }
}

describe('mail that goes out at once', () => {
  test('is a letter for each, leads to what it is about, and can be ended with one click', async () => {
    await tellAll(house, meeting, { place: 'the hall' }, { to: { role: 'staff' } })
    await tellAll(house, meeting, { place: 'the yard' }, { to: { role: 'staff' } })
    const letters = await mailOf(house)
    expect(letters.map(({ recipient, subject }) => [recipient, subject])).toEqual([
      [cast.staff, 'We meet in the hall'],
      [cast.staff, 'We meet in the yard'],
    ])
    const { publicUrl } = house.engine.settings
    expect(letters[0]?.plain).toContain(`${publicUrl}/o/local-100/members`)
    expect(letters[0]?.plain).toContain(`${publicUrl}/unsubscribe/`)
    expect(letters[0]?.plain).toContain(`${publicUrl}/o/local-100/inbox/settings`)
  })

  test('goes out although it was read meanwhile, and not again when the work is done twice', async () => {
    await tellAll(house, meeting, { place: 'the hall' }, { to: { role: 'staff' } })
    await staff.post('/inbox/read', { all: true })
    await gatherMail(house.engine).run({}, firstRun())
    const [wanted] = await queued(house)
    for (let tries = 0; tries < 3; tries += 1) await sendNoticeMail(house.engine).run(wanted!, firstRun())
    expect(await subjects(aWeek)).toEqual([[cast.staff, 'We meet in the hall']])
  })

  test('waits while the organization is suspended, though it was about to go out', async () => {
    await tellAll(house, meeting, { place: 'the hall' }, { to: { role: 'staff' } })
    await gatherMail(house.engine).run({}, firstRun())
    const suspend = (at: string | null) =>
      asOwner(house, "update foundation.org set suspended_at = $1 where slug = 'local-100'", [at])
    await suspend('2026-03-01')
    for (const wanted of await queued(house)) await sendNoticeMail(house.engine).run(wanted, firstRun())
    expect(await subjects()).toEqual([])
    await suspend(null)
    expect(await subjects()).toEqual([[cast.staff, 'We meet in the hall']])
  })

  test('is sent once when the process dies between the mail and its note', async () => {
    await tellAll(house, meeting, { place: 'the hall' }, { to: { role: 'staff' } })
    await gatherMail(house.engine).run({}, firstRun())
    const [wanted] = await queued(house)
    await sendNoticeMail(house.engine).run(wanted!, firstRun())
    await asOwner(house, 'update foundation.notification set mailed_at = null')
    await sendNoticeMail(house.engine).run(wanted!, firstRun())
    expect(await mailbox(house)).toHaveLength(1)
  })

  test('is gathered once, however many do it at the same time', async () => {
    await tellAll(house, meeting, { place: 'the hall' }, { to: [{ role: 'staff' }, { role: 'officer' }] })
    await Promise.all(Array.from({ length: 5 }, () => gatherMail(house.engine).run({}, firstRun())))
    const people = [cast.officer, cast.officer2, cast.staff]
    expect((await queued(house)).length).toBe(people.length)
  })

  test('reaches members who do not sign in, by their address, unless they have none or are put aside', async () => {
    const member = await memberWithout(house, 'ann@people.example')
    const silent = await memberWithout(house, null, `and m.id <> '${member}'`)
    await tellAll(house, meeting, { place: 'the hall' }, { to: [{ member }, { member: silent }] })
    const [letter, ...more] = await mailOf(house)
    expect([letter?.recipient, more]).toEqual(['ann@people.example', []])
    expect(letter?.plain).toContain('Hello,\n')
    await asOwner(house, 'update members.member set archived_at = now() where id = $1', [member])
    await tellAll(house, meeting, { place: 'the hall' }, { to: { member } })
    await asOwner(house, 'update members.member set archived_at = null where id = $1', [member])
    expect(await subjects()).toEqual([])
  })
})

describe('a digest', () => {
  test('comes at its hour, with what is unread by then, a section for each kind', async () => {
    const to = { user: await userOf(house, cast.staff) }
    await staff.patch('/notification-settings', { kinds: [{ kind: 'board.meeting', mail: 'daily' }] })
    for (const name of ['Ann', 'Ben']) await tellAll(house, cardExpires, { name, days: 3, born: null }, { to })
    for (const place of ['the hall', 'the yard']) await tellAll(house, meeting, { place }, { to })
    expect(await subjects()).toEqual([])
    const { data } = (await staff.get('/inbox')).json() as { data: { id: string; title: string }[] }
    const hall = data.find(({ title }) => title.includes('hall'))
    await staff.post('/inbox/read', { ids: [hall?.id] })
    const [digest, ...more] = await mailOf(house, later('PT25H'))
    expect([digest?.recipient, more]).toEqual([cast.staff, []])
    for (const said of ['Cards that expire', 'Ann', 'Ben', 'Meetings', 'the yard'])
      expect(digest?.plain).toContain(said)
    expect(digest?.plain).not.toContain('the hall')
    expect(await subjects(aWeek)).toEqual([])
  })

  test('of one piece of news is its letter; of none, nothing', async () => {
    const to = { user: await userOf(house, cast.staff) }
    await tellAll(house, cardExpires, { name: 'Ann', days: 3, born: null }, { to })
    expect(await subjects(later('PT25H'))).toEqual([[cast.staff, 'The card of Ann expires']])
    await tellAll(house, cardExpires, { name: 'Ben', days: 3, born: null }, { to })
    await staff.post('/inbox/read', { all: true })
    expect(await subjects(later('PT25H'))).toEqual([])
  })

  test('once a week, for what comes weekly', async () => {
    await tellAll(house, audit, {}, { to: { role: 'officer' } })
    expect(await subjects(aWeek)).toEqual([cast.officer, cast.officer2].map((one) => [one, 'The books were audited']))
  })
})

describe('quiet hours', () => {
  test('hold mail back, and what waited comes as one; what nobody may miss comes at once', async () => {
    await staff.patch('/notification-settings', { quiet: quietNow() })
    const to = { user: await userOf(house, cast.staff) }
    for (const place of ['the hall', 'the yard']) await tellAll(house, meeting, { place }, { to })
    await tellAll(house, safety, {}, { to })
    expect(await subjects()).toEqual([[cast.staff, 'Leave the building']])
    const [digest, ...more] = await mailOf(house, later('PT3H'))
    expect(more).toEqual([])
    expect(digest?.subject).toBe('Harbor Trades Local 100: 2 things from your quiet hours')
    expect(digest?.plain).toContain('the hall')
    expect(digest?.plain).toContain('the yard')
  })

  test('end when somebody says so: what waited goes out', async () => {
    await staff.patch('/notification-settings', { quiet: quietNow() })
    await tellAll(house, meeting, { place: 'the hall' }, { to: { role: 'staff' } })
    await staff.patch('/notification-settings', { quiet: null })
    expect(await subjects()).toEqual([[cast.staff, 'We meet in the hall']])
  })
})

describe('nothing is mailed any more', () => {
  const told = async () =>
    await tellAll(house, cardExpires, { name: 'Ann', days: 3, born: null }, { to: { role: 'officer' } })
  const without = async (change: string, back: string) => {
    await told()
    await asOwner(house, change)
    const sent = await subjects(aWeek)
    await asOwner(house, back)
    return sent
  }

  test('to people who were shut out meanwhile', async () => {
    const of = (at: string) => `update foundation.membership set disabled_at = ${at} where user_id =
      (select id from foundation.user where email = '${cast.officer}')`
    expect(await without(of('now()'), of('null'))).toEqual([[cast.officer2, 'The card of Ann expires']])
  })

  test('to people who may not read the record any more', async () => {
    const about = { resource: 'members.member', id: await memberWithout(house, 'ann@people.example') }
    await tellAll(house, cardExpires, { name: 'Ann', days: 3, born: null }, { to: { role: 'treasurer' }, about })
    const change = (changes: object) =>
      asOwner(house, `update foundation.role set changes = $1 where name = 'treasurer'`, [JSON.stringify(changes)])
    await change({ 'members.member.read': false })
    expect(await subjects(aWeek)).toEqual([])
    await change({})
  })

  test('of a module that was switched off meanwhile', async () => {
    const of = (change: string) => `update foundation.org set modules = ${change} where slug = 'local-100'`
    expect(await without(of("array_remove(modules, 'board')"), of("modules || '{board}'"))).toEqual([])
  })

  test('of a kind that they have switched off, or with all mail off', async () => {
    const officers = await Promise.all([cast.officer, cast.officer2].map((one) => house.as(one)))
    await told()
    await officers[0]?.patch('/notification-settings', { kinds: [{ kind: 'board.card-expires', mail: 'off' }] })
    await officers[1]?.patch('/notification-settings', { no_mail: true })
    await told()
    expect(await subjects(aWeek)).toEqual([])
  })
})
