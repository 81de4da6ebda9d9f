import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { board, cardExpires } from '../testing/board.ts'
import { tellAll, userOf } from '../testing/telling.ts'

let house: TestHouse
let staff: Voice
let officer: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [board] })
  ;[staff, officer] = [await house.as(cast.staff), await house.as(cast.officer)]
})
afterAll(() => house.close())
beforeEach(() => asOwner(house, 'delete from foundation.notification_setting'))

const url = '/notification-settings'
const settings = async (voice: Voice) => (await voice.get(url)).json()
const kindOf = async (voice: Voice, kind: string) =>
  (await settings(voice)).kinds.find((one: { kind: string }) => one.kind === kind)

describe('how somebody is told', () => {
  test('is what the notices say, until they choose', async () => {
    expect(await kindOf(staff, 'board.card-expires')).toEqual({
      kind: 'board.card-expires',
      label: 'Cards that expire',
      module: 'Board',
      inbox: true,
      mail: 'daily',
      always: false,
    })
    const { digest, quiet, time_zone: zone, no_mail: noMail, time_zones: zones } = await settings(staff)
    expect([digest, quiet, zone, noMail]).toEqual([{ hour: 7, weekday: 1 }, null, 'America/New_York', false])
    expect(zones).toContain('Europe/Berlin')
  })

  test('offers only what they could get, of modules that are on', async () => {
    expect(await kindOf(staff, 'board.audit')).toBeUndefined()
    expect(await kindOf(officer, 'board.audit')).toBeDefined()
    expect(await kindOf(await house.as('staff@maple-court.example'), 'board.meeting')).toBeUndefined()
  })

  test('is theirs alone to choose, part by part, in each of their organizations', async () => {
    await staff.patch(url, { kinds: [{ kind: 'board.card-expires', mail: 'now' }] })
    await staff.patch(url, { kinds: [{ kind: 'board.card-expires', inbox: false }], digest: { hour: 18 } })
    await staff.patch(url, { quiet: { from: '21:00', until: '07:00' }, time_zone: 'Europe/Berlin' })
    expect(await kindOf(staff, 'board.card-expires')).toMatchObject({ mail: 'now', inbox: false })
    expect(await settings(staff)).toMatchObject({
      digest: { hour: 18, weekday: 1 },
      quiet: { from: '21:00', until: '07:00' },
      time_zone: 'Europe/Berlin',
    })
    expect(await kindOf(officer, 'board.card-expires')).toMatchObject({ mail: 'daily', inbox: true })
    await staff.patch(url, { quiet: null, time_zone: null })
    expect(await settings(staff)).toMatchObject({ quiet: null, time_zone: 'America/New_York', digest: { hour: 18 } })
  })

  test('is heeded: what is off in the inbox is not there', async () => {
    await staff.patch(url, { kinds: [{ kind: 'board.card-expires', inbox: false, mail: 'off' }] })
    await tellAll(house, cardExpires, { name: 'Ann', days: 1, born: null }, { to: { role: 'staff' } })
    expect((await staff.get('/inbox')).json().data).toEqual([])
    const rows = await asOwner(house, 'select from foundation.notification where user_id = $1', [
      await userOf(house, cast.staff),
    ])
    expect(rows).toEqual([])
  })

  test('cannot be that nobody hears what everybody must', async () => {
    for (const off of [{ mail: 'off' }, { mail: 'daily' }, { inbox: false }]) {
      const reply = await staff.patch(url, { kinds: [{ kind: 'board.safety', ...off }] })
      expect([reply.statusCode, reply.json().code]).toEqual([422, 'always'])
      expect(reply.json().detail).toContain('Safety')
    }
    expect((await staff.patch(url, { kinds: [{ kind: 'board.safety', mail: 'now' }] })).statusCode).toBe(200)
    await staff.patch(url, { no_mail: true })
    expect(await kindOf(staff, 'board.safety')).toMatchObject({ inbox: true, mail: 'now', always: true })
  })

  test.each([
    [[], ''],
    [{ nonsense: 1 }, 'nonsense'],
    [{ kinds: 'all' }, 'kinds'],
    [{ kinds: [{ kind: 'board.meeting', mail: 'hourly' }] }, 'kinds.0.mail'],
    [{ kinds: [{ kind: 'board.meeting', inbox: 'yes' }] }, 'kinds.0.inbox'],
    [{ kinds: [{ kind: 'board.meeting', sound: true }] }, 'kinds.0'],
    [{ kinds: [{ kind: 'board.nothing', mail: 'off' }] }, 'kinds.0'],
    [{ kinds: [{ kind: 'board.audit', mail: 'off' }] }, 'kinds.0'],
    [{ digest: { hour: 24 } }, 'digest.hour'],
    [{ digest: { weekday: 0 } }, 'digest.weekday'],
    [{ digest: 7 }, 'digest'],
    [{ quiet: { from: '9pm', until: '07:00' } }, 'quiet.from'],
    [{ quiet: { from: '21:00' } }, 'quiet.until'],
    [{ quiet: { from: '21:00', until: '21:00' } }, 'quiet'],
    [{ quiet: 'always' }, 'quiet'],
    [{ time_zone: 'Mars/Olympus' }, 'time_zone'],
    [{ time_zone: '+01:00' }, 'time_zone'],
    [{ no_mail: 'yes' }, 'no_mail'],
  ])('refuses %o at %s, and changes nothing', async (body, path) => {
    const before = await settings(staff)
    const reply = await staff.patch(url, body)
    expect([reply.statusCode, reply.json().errors[0]?.path]).toEqual([422, path])
    expect(await settings(staff)).toEqual(before)
  })
})
