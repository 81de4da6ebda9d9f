import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { board, cardExpires, meeting } from '../testing/board.ts'
import { later, mailOf } from '../testing/mailing.ts'
import { tellAll } from '../testing/telling.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse({ modules: [board] })
})
afterAll(() => house.close())

const people = 60

// The bar is 1,000 in 60 seconds: `npm run bench -- --only digests` builds as many.
test('a digest for each of sixty people holds all that they were told, and is built in a moment', async () => {
  await asOwner(
    house,
    `with person as (insert into foundation.user (email, name)
      select 'reader-' || n || '@people.example', 'Reader ' || n from generate_series(1, $1) n returning id),
    belongs as (insert into foundation.membership (org_id, user_id)
      select o.id, p.id from foundation.org o cross join person p where o.slug = 'local-100' returning org_id, user_id)
    insert into foundation.grant (org_id, user_id, role_id)
    select b.org_id, b.user_id, r.id from belongs b join foundation.role r on r.org_id = b.org_id
    where r.name = 'organizer'`,
    [people],
  )
  const daily = JSON.stringify({ 'board.meeting': { mail: 'daily' } })
  await asOwner(
    house,
    `insert into foundation.notification_setting (org_id, user_id, choices)
    select org_id, user_id, $1 from foundation.membership where disabled_at is null`,
    [daily],
  )
  for (const name of ['Ann', 'Ben'])
    await tellAll(house, cardExpires, { name, days: 3, born: null }, { to: { role: 'organizer' } })
  await tellAll(house, meeting, { place: 'the hall' }, { to: { role: 'organizer' } })
  const began = performance.now()
  const digests = await mailOf(house, later('PT25H'))
  const perDigest = (performance.now() - began) / digests.length
  expect(new Set(digests.map(({ recipient }) => recipient)).size).toBe(people + 1)
  expect(digests.length).toBe(people + 1)
  for (const { plain } of digests)
    expect(['Ann', 'Ben', 'the hall'].filter((said) => !plain.includes(said))).toEqual([])
  // One after the other here, five side by side at work; generous, for machines that do much else.
  expect(perDigest).toBeLessThan(1000)
})
