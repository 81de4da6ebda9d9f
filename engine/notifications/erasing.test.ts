import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { board, cardExpires, meeting } from './testing/board.ts'
import { forgetOldNotifications } from './forget-old.ts'
import { memberWithout, tellAll } from './testing/telling.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse({ modules: [board] })
})
afterAll(() => house.close())

const left = async () =>
  (
    await asOwner<{ payload: { name?: string; place?: string } }>(
      house,
      'select payload from foundation.notification order by id',
    )
  ).map(({ payload }) => payload.name ?? payload.place)

test('erasing a person reaches what they were told, and what others were told of them', async () => {
  const member = await memberWithout(house, 'ann@people.example')
  const other = await memberWithout(house, 'ben@people.example', `and m.id <> '${member}'`)
  await asOwner(
    house,
    `update members.member set first_name = 'Zylla', last_name = 'Quorn', state = 'retired' where id = $1`,
    [member],
  )
  const to = { role: 'officer' } as const
  const card = (name: string) => ({ name, days: 1, born: null })
  await tellAll(house, cardExpires, card('by her record'), { to, about: { resource: 'members.member', id: member } })
  await tellAll(house, cardExpires, card('ANN@people.example'), { to })
  await tellAll(house, cardExpires, card('Quorn, Zylla'), { to })
  await tellAll(house, meeting, { place: 'to herself' }, { to: { member } })
  await tellAll(house, cardExpires, card('Quorn, Otto'), { to })
  await tellAll(house, meeting, { place: 'to another' }, { to: { member: other } })
  await asOwner(
    house,
    `insert into foundation.notification_setting (org_id, email) select id, 'ann@people.example' from foundation.org
    where slug = 'local-100'`,
  )
  const officer = await house.as('officer@local-100.example')
  const reply = await officer.post(`/members/${member}/erase`, { reason: 'She asked for it' })
  expect([reply.statusCode, reply.json()]).toEqual([200, { id: member, account: 'none' }])
  expect(new Set(await left())).toEqual(new Set(['Quorn, Otto', 'to another']))
  expect(await asOwner(house, 'select from foundation.notification_setting')).toEqual([])
})

test('whoever leaves the organization takes what they were told along', async () => {
  await tellAll(house, meeting, { place: 'the hall' }, { to: { role: 'organizer' } })
  expect(await left()).toContain('the hall')
  const admin = await house.as('admin@local-100.example')
  const people = (await admin.get('/users?limit=200')).json().data as { id: string; email: string }[]
  const organizer = people.find(({ email }) => email.startsWith('organizer@'))
  expect((await admin.delete(`/users/${organizer?.id}`)).statusCode).toBe(204)
  expect(await left()).not.toContain('the hall')
})

test('what is old is forgotten: read ones after 90 days, others after 400', async () => {
  await asOwner(house, 'delete from foundation.notification')
  const ages = [
    ['read long ago', '91 days', '91 days'],
    ['read lately', '399 days', '1 day'],
    ['never read', '399 days', null],
    ['never read, and old', '401 days', null],
  ]
  for (const [place, made, read] of ages) {
    await tellAll(house, meeting, { place: place ?? '' }, { to: { role: 'staff' } })
    await asOwner(
      house,
      `update foundation.notification set created_at = now() - $2::interval, read_at = now() - $3::interval
      where payload ->> 'place' = $1`,
      [place, made, read],
    )
  }
  await house.engine.runJob(forgetOldNotifications, await house.caller(), {})
  expect(await left()).toEqual(['read lately', 'never read'])
})
