import { expect, test } from 'vitest'
import { asOwner, cast, eventually } from '@commonhall/engine/testing'
import { done, Hall, seen } from '../../modules/governance/testing/hall.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const hall = await Hall.open(stage.house)
const names = ['Vela', 'Wynn', 'Yoder'] as const

/** Three members who sign in, with the password of the cast. */
await asOwner(
  stage.house,
  `with o as (select id from foundation.org where slug = 'local-100'),
    m as (insert into members.member (org_id, card_number, last_name, first_name, state, joined_on)
      select o.id, 'LE' || n, n, 'Ida', 'active', '2020-01-01' from o, unnest($1::text[]) n
      returning id, org_id, lower(last_name) || '@voters.example' as email),
    u as (insert into foundation.user (email, name, email_verified_at, password_hash)
      select m.email, m.email, now(), c.password_hash from m, foundation.user c where c.email = $2 returning id, email),
    b as (insert into foundation.membership (org_id, user_id, member_id)
      select m.org_id, u.id, m.id from u join m using (email) returning org_id, user_id)
  insert into foundation.grant (org_id, user_id, role_id)
  select b.org_id, b.user_id, r.id from b join foundation.role r on r.org_id = b.org_id and r.name = 'member'`,
  [[...names], cast.officer],
)

const org = '/o/local-100'
const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
const { id } = await stage.has('elections', {
  name: 'Officers 2027',
  rule_set: hall.ruleSet,
  about: 'The local elects its president for three years.',
  nominations_until_at: later(1),
  opens_at: later(2),
  closes_at: later(5),
})
const otis = await stage.browserOf(cast.officer, { device: 'phone' })
const office = `${org}/elections/${id}/office`

test('an officer names the office and opens nominations', async () => {
  await otis.opens(`${org}/elections`)
  await otis.follows('Run this election: Officers 2027')
  await otis.arrivesAt('Run Officers 2027')
  await otis.sees('Say what is voted on: add an office or a question.')
  await otis.presses('Add one')
  const dialog = otis.in('dialog', 'Add to the ballot')
  await dialog.types('Name', 'President')
  await dialog.presses('Save')
  await otis.seesNone('dialog')
  await otis.sees('Nothing is missing.')
  await otis.presses('Open nominations')
  await otis.sees('Nominations open')
})

test('two are nominated and accept', async () => {
  for (const name of names.slice(0, 2)) {
    await otis.presses('Nominate for President')
    const dialog = otis.in('dialog', 'Nominate for President')
    await dialog.types('Member', name)
    await otis.picks(new RegExp(name), 'option')
    await dialog.presses('Nominate')
    await otis.seesNone('dialog')
  }
  const vela = await stage.browserOf('vela@voters.example', { device: 'phone' })
  await vela.opens(`${org}/elections/${id}`)
  await vela.sees('You were nominated for President')
  await vela.presses('Accept')
  await vela.sees('You stand for President')
  await vela.presses('Write a statement')
  await vela.types('Statement', 'I have served as a steward for eight years.')
  await vela.presses('Save the statement')
  await vela.seesA('button', 'Change the statement')
  await otis.presses(/^Accept for .*Wynn/)
  await otis.seesNone('button', /^Accept for .*Wynn/)
})

test('the ballot is looked at and published, once nominations are over', async () => {
  await hall.passed(id, 'nominations_until_at', '2 days')
  await otis.opens(office)
  await otis.sees('Step 2 of 6')
  await otis.presses('Try it')
  const dialog = otis.in('dialog')
  await dialog.seesA('radio', /Vela/)
  await dialog.presses('Done')
  await otis.seesNone('dialog')
  await otis.presses('Publish the ballot')
  await otis.sees('Step 3 of 6')
  await otis.types('Search the roll', 'wynn')
  await otis.in('list', 'The roll').sees(/Wynn/)
})

test('the clock opens voting, and three members vote', async () => {
  await hall.passed(id, 'opens_at', '3 days')
  await hall.tick()
  await otis.sees('Members vote. You see how many, never how.')
  for (const name of names) {
    const voter = await stage.browserOf(`${name.toLowerCase()}@voters.example`, { device: 'phone' })
    await voter.opens(`${org}/elections`)
    if (name === 'Yoder') {
      await voter.sees(/^You can vote until/)
      await voter.follows('Officers 2027')
      await voter.seesA('link', 'Vote')
      await voter.meetsNoBarrier('an election')
      await voter.scrollsOnlyDown('an election')
      await voter.follows('Vote')
    } else await voter.follows('Vote: Officers 2027')
    await voter.find('radio', name === 'Yoder' ? /Vela/ : new RegExp(name)).check()
    await voter.presses('Check your ballot')
    await voter.presses('Cast my ballot')
    await voter.sees('Your ballot is in the box')
    await voter.page.close()
  }
})

test('voting is closed, counted and certified, and everybody reads the result', async () => {
  await otis.opens(office)
  await expect.poll(() => otis.figure('Have voted').catch(() => '')).toMatch(/^3/)
  await otis.scrollsOnlyDown('the room of an election')
  await otis.meetsNoBarrierInAnyLight('the room of an election')
  await otis.presses('Close voting')
  await otis.types('Why now', 'Whoever is here has voted.')
  await otis.in('dialog').presses('Close voting')
  await otis.sees('Step 5 of 6')
  await otis.sees('The box is counted.')
  await otis.presses('Certify the result')
  await otis.in('dialog').presses('Certify the result')
  await otis.sees('Step 6 of 6')
  await otis.follows('See the result')
  await otis.sees(/Vela/)
  await eventually(() => expect(hall.election(id)).resolves.toMatchObject({ state: 'certified' }))
})

test('a paper is entered by two people, and the second sees nothing of the first', async () => {
  const { election, contest } = await hall.published()
  await hall.passed(election, 'opens_at', '3 hours')
  await hall.tick()
  const { data } = await seen<{ data: { id: string }[] }>(hall.officer, `/elections/${election}/roll?show=not_taken`)
  await done(hall.officer, `/voters/${data[0]?.id}/paper`, {})
  await done(hall.officer, `/elections/${election}/close`, { reason: 'All are here.' })
  const first = await seen<{ data: { id: string }[] }>(hall.officer, `/candidates?filter[contest]=${contest}`)
  const choices = { [contest]: { choices: [first.data[0]?.id] } }
  await done(hall.staff, `/elections/${election}/paper-ballots`, { number: '7', kind: 'ballot', choices })
  await otis.opens(`${org}/elections/${election}/paper`)
  await otis.sees('Entered once')
  await otis.types('Number on the paper', '7')
  await otis.hits('Enter', 'Space')
  expect(await otis.find('checkbox').first().isChecked()).toBe(true)
  await otis.meetsNoBarrier('papers')
  await otis.hits('Control+Enter')
  await otis.sees(/^Paper 7: /)
  await otis.hasFocusOn('textbox', 'Number on the paper')
})
