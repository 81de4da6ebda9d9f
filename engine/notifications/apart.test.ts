import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, firstRun, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { gatherMail } from './mail/gather-mail.ts'
import { sendNoticeMail } from './mail/send-mail.ts'
import { board, meeting } from './testing/board.ts'
import { mailbox, queued } from './testing/mailing.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse({ modules: [board] })
  for (const slug of ['local-100', 'riverside'])
    await house.engine.act(await house.caller(slug), (context) =>
      context.notify(meeting, { place: slug }, { to: { role: 'staff' } }),
    )
})
afterAll(() => house.close())

const waiting = async () =>
  (
    await asOwner<{ slug: string }>(
      house,
      `select slug from foundation.notification n join foundation.org o on o.id = n.org_id where mail_id is null`,
    )
  ).map(({ slug }) => slug)

const idOf = async (slug: string) => (await house.caller(slug)).org.id

test('mail is gathered for the org that is asked for, and sent in it alone', async () => {
  await gatherMail(house.engine).run({ org: await idOf('local-100') }, firstRun())
  expect(await waiting()).toEqual(['riverside'])
  const [ofUnion] = await queued(house)
  expect(ofUnion?.org).toBe(await idOf('local-100'))
  await sendNoticeMail(house.engine).run({ org: await idOf('riverside'), mail: ofUnion?.mail ?? '' }, firstRun())
  await sendNoticeMail(house.engine).run({ org: crypto.randomUUID(), mail: ofUnion?.mail ?? '' }, firstRun())
  expect(await mailbox(house)).toEqual([])
  await sendNoticeMail(house.engine).run(ofUnion!, firstRun())
  expect((await mailbox(house)).map(({ recipient, subject }) => [recipient, subject])).toEqual([
    ['staff@local-100.example', 'We meet in local-100'],
  ])
})

test('of all orgs, each has mails of its own; a suspended one waits', async () => {
  const suspend = (at: string) =>
    asOwner(house, `update foundation.org set suspended_at = ${at} where slug = 'riverside'`)
  await suspend('now()')
  await gatherMail(house.engine).run({}, firstRun())
  expect([await queued(house), await waiting()]).toEqual([[], ['riverside']])
  await suspend('null')
  await gatherMail(house.engine).run({}, firstRun())
  expect((await queued(house)).map(({ org }) => org)).toEqual([await idOf('riverside')])
})
