import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, mailOf, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { done, Hall, seen } from '../../testing/hall.ts'

const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()
const union = { union_election: true, notice_days: 15 }
const far = { opens_at: days(15.5), closes_at: days(17) }

let house: TestHouse
let hall: Hall
let election: string
beforeAll(async () => {
  house = await openHouse()
  hall = await Hall.open(house, union)
  // A small local: what is told to each takes a mail each.
  await asOwner(
    house,
    `update members.member m set state = 'retired' where state = 'active' and card_number not in (
      select card_number from members.member where state = 'active' and email is not null and org_id = m.org_id
      order by card_number limit 8)`,
  )
  ;({ election } = await hall.published(far))
})
afterAll(() => house.close())

interface Counted {
  readonly notices: Record<string, number>
}
const notices = async () => (await seen<Counted>(hall.staff, `/elections/${election}/watch`)).notices
const send = (body: object) => done<Record<string, unknown>>(hall.staff, `/elections/${election}/notices`, body)
const listed = () =>
  asOwner<{ id: string; voter: string; state: string; proof: string | null; address: string }>(
    house,
    'select id, voter, state, proof, address from governance.voter_notice where election = $1 order by id',
    [election],
  )

test('a union publishes its ballot early enough for everybody to have notice', async () => {
  const { election: soon } = await hall.drafted({ opens_at: days(10), closes_at: days(11) })
  await done(hall.officer, `/elections/${soon}/open-nominations`)
  await hall.passed(soon, 'nominations_until_at', '2 hours')
  const refused = await hall.officer.post(`/elections/${soon}/publish`)
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    expect.stringContaining('Everybody needs notice 15 days before.'),
  ])
  expect(await hall.election(soon)).toMatchObject({ state: 'nominations', seed: null })
})

test('mail brings each their notice, and brings the proof back', async () => {
  expect(await notices()).toEqual({ missing: 8, sent: 0, failed: 0, proven: 0 })
  expect(await send({ way: 'mail' })).toEqual({ recorded: 8, left_out: 0, first: [] })
  expect(await notices()).toMatchObject({ missing: 0, sent: 8 })
  await hall.work()
  const mails = await mailOf(house)
  const told = mails.filter(({ subject }) => subject === 'Officers: notice of election')
  expect(new Set(told.map(({ recipient }) => recipient)).size).toBe(8)
  expect(told[0]?.plain).toContain(`/elections/${election}`)
  expect(told[0]?.unsubscribe).toBeNull()
  await hall.tick()
  expect(await notices()).toEqual({ missing: 0, sent: 0, failed: 0, proven: 8 })
  expect(
    (await listed()).every(({ state, proof, address }) => state === 'sent' && proof && address.includes('@')),
  ).toBe(true)
})

test('is sent once: asked again, nobody has none', async () => {
  expect(await send({ way: 'mail' })).toMatchObject({ recorded: 0 })
  await hall.work()
  expect(await mailOf(house)).toEqual([])
})

test('mail that came back later is a notice that nobody had; a second one goes out and counts', async () => {
  const [mail] = await asOwner<{ id: string; org: string }>(
    house,
    `select m.id, m.org_id as org from foundation.mail_message m where m.kind = 'governance.election-notice' limit 1`,
  )
  await house.engine.post.settle(mail!, 'bounced', '550 no such mailbox')
  await hall.tick()
  expect(await notices()).toMatchObject({ failed: 1, proven: 7 })
  expect((await listed()).find(({ state }) => state === 'failed')?.proof).toBe('bounced: 550 no such mailbox')
  expect(await send({ way: 'mail' })).toMatchObject({ recorded: 1 })
  await hall.work()
  await mailOf(house)
  await hall.tick()
  // The address gets no mail any more: it is suppressed, and so is the second.
  expect(await notices()).toMatchObject({ failed: 1, proven: 7 })
})

test('voting cannot open while one is missing, neither through the database', async () => {
  await hall.daysPass(election, 16)
  const refused = await hall.officer.post(`/elections/${election}/open`)
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    expect.stringMatching(/^One voter had no proven notice 15 days before: .+, .+\.$/),
  ])
  expect(await hall.election(election)).toMatchObject({ state: 'published', public_key: null, opened_at: null })
  expect(await asOwner(house, 'select from governance.election_key where election = $1', [election])).toEqual([])
  const around = () =>
    hall.written("update governance.election set state = 'voting', public_key = 'k', opened_at = now() where id = $1", [
      election,
    ])
  await expect(around()).rejects.toThrow('governance:held.unnoticed')
})

test('a notice by hand that came too late does not count either', async () => {
  expect(await send({ way: 'hand', proof: 'List of today' })).toMatchObject({ recorded: 1 })
  expect(await notices()).toMatchObject({ proven: 8 })
  const refused = await hall.officer.post(`/elections/${election}/open`)
  expect(refused.json().detail).toContain('One voter had no proven notice 15 days before')
})

test('with a notice in time it opens', async () => {
  await asOwner(house, 'update governance.voter_notice set sent_on = sent_on - 16 where election = $1', [election])
  expect(await done(hall.officer, `/elections/${election}/open`)).toMatchObject({ state: 'voting' })
})

describe('notices by post', () => {
  test('are recorded for many at once, with a proof of each; without one they are refused', async () => {
    ;({ election } = await hall.published(far))
    const path = `/elections/${election}/notices`
    const without = await hall.staff.post(path, { way: 'post' })
    expect([without.statusCode, without.json().errors[0].code]).toEqual([422, 'no_proof'])
    const tomorrow = days(2).slice(0, 10)
    const early = await hall.staff.post(path, { way: 'post', proof: 'R 1', sent_on: tomorrow })
    expect([early.statusCode, early.json().errors[0].code]).toEqual([422, 'in_future'])
    const { data } = await seen<{ data: { id: string }[] }>(hall.staff, `/elections/${election}/roll?show=no_notice`)
    await asOwner(house, "update members.member set address = '1 Main Street' where state = 'active'")
    const voters = data.slice(0, 2).map(({ id }, n) => ({ voter: id, proof: `R ${n}` }))
    expect(await send({ way: 'post', voters })).toMatchObject({ recorded: 2 })
    expect(new Set((await listed()).map(({ proof }) => proof))).toEqual(new Set(['R 0', 'R 1']))
    expect((await hall.member.post(path, { way: 'mail' })).statusCode).toBe(403)
  })

  test('leave out whoever has no address, and name them', async () => {
    await asOwner(house, "update members.member set address = null where state = 'active'")
    const told = await send({ way: 'post', proof: 'Certificate of mailing 12' })
    expect(told).toMatchObject({ recorded: 0, left_out: 6 })
    expect(told['first']).toHaveLength(5)
  })

  test('that came back are none', async () => {
    const [first] = await listed()
    expect(await done(hall.staff, `/voter-notices/${first?.id}/returned`, { reason: 'Moved away' })).toMatchObject({
      state: 'failed',
    })
    expect((await hall.staff.post(`/voter-notices/${first?.id}/returned`, { reason: 'Again' })).statusCode).toBe(409)
    expect(await notices()).toMatchObject({ failed: 1, proven: 1, missing: 6 })
  })

  test('prove nothing once the days have changed', async () => {
    await done(hall.officer, `/elections/${election}/take-back`)
    const changed = await hall.officer.patch(`/elections/${election}`, { opens_at: days(16), closes_at: days(18) })
    expect(changed.statusCode, changed.body).toBe(200)
    expect(await notices()).toMatchObject({ missing: 8, proven: 0 })
    expect(new Set((await listed()).map(({ state }) => state))).toEqual(new Set(['outdated']))
  })
})

test('a thousand notices are handed over in pieces, each once, whoever is at it', async () => {
  ;({ election } = await hall.published(far))
  await asOwner(
    house,
    `insert into members.member (org_id, card_number, last_name, first_name, email, state)
    select o.id, 'N-' || n, 'Many', 'N' || n, 'n' || n || '@many.example', 'active'
    from foundation.org o, generate_series(1, 1200) n where o.slug = 'local-100'`,
  )
  await done(hall.officer, `/elections/${election}/draw-roll`)
  expect(await send({ way: 'mail' })).toMatchObject({ recorded: 1208 })
  await hall.work()
  await hall.work()
  const [told] = await asOwner<{ all: number; each: number }>(
    house,
    `select count(*)::int as all, count(distinct recipient)::int as each from foundation.notification
    where notice = 'governance.election-notice' and key like $1 || '%'`,
    [election],
  )
  expect([told?.all, told?.each]).toEqual([1208, 1208])
  expect(new Set((await listed()).map(({ state }) => state))).toEqual(new Set(['mailing']))
})
