import { describe, expect, test } from 'vitest'
import { asOwner, cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const org = '/o/local-100'
const inHours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString()

/** Local 100 votes by roll call: these of the cast are the only members on its roll. */
await asOwner(
  stage.house,
  `update foundation.org set modules = modules || '{governance}'
    where slug = 'local-100' and not 'governance' = any (modules)`,
)
await asOwner(
  stage.house,
  `with free as (
    select m.id, row_number() over (order by m.card_number) as n from members.member m
    join foundation.org o on o.id = m.org_id and o.slug = 'local-100'
    where m.state = 'active' and m.archived_at is null
      and not exists (select from foundation.membership b where b.member_id = m.id)),
  who as (select u.id, email.n from unnest($1::text[]) with ordinality email (name, n)
    join foundation.user u on u.email = email.name)
  update foundation.membership b set member_id = free.id from who join free using (n)
  where b.user_id = who.id and b.org_id = (select id from foundation.org where slug = 'local-100')`,
  [[cast.officer, cast.organizer]],
)
const { id: rules } = await stage.has('rule-sets', {
  name: 'Members decide',
  from_on: '2020-01-01',
  quorum: 'number',
  quorum_number: 2,
})

/** A proposal that is open for voting by roll call. */
async function opened(title: string): Promise<string> {
  const body = { title, text: 'The roof of the hall is mended this summer.', rule_set: rules, closes_at: inHours(48) }
  const { id } = await stage.has('proposals', body)
  const otis = await stage.house.as(cast.officer)
  for (const act of ['discuss', 'open-vote'])
    expect((await otis.post(`/proposals/${id}/${act}`, {})).statusCode).toBe(200)
  return id
}

/** The time at which voting closes has come. */
const isOver = (id: string) =>
  asOwner(
    stage.house,
    `with off as (select set_config('session_replication_role', 'replica', true))
    update governance.proposal set opens_at = now() - interval '2 hours', closes_at = now() - interval '1 second'
    from off where id = $1`,
    [id],
  )

/** In the browser's own time zone, as its field for a day and a time wants it. */
const localTime = (at: string) => at.slice(0, 16)

describe('a proposal is discussed, amended, voted on and explained', async () => {
  const mia = await stage.browserOf(cast.member, { device: 'phone' })
  const otis = await stage.browserOf(cast.officer)
  let path = ''

  test('a member proposes, and opens it for discussion', async () => {
    await mia.opens(`${org}/proposals`)
    await mia.arrivesAt('Proposals')
    await mia.follows('New proposal')
    await mia.types('Title', 'A new boiler')
    await mia.types('Text', 'The boiler is replaced.\n\nIt may cost up to $12,000.')
    await mia.presses('Create proposal')
    await mia.arrivesAt(/A new boiler$/)
    await mia.sees('This is a draft. Only its author and the office see it.')
    path = new URL(mia.page.url()).pathname
    await mia.presses('Open for discussion')
    await mia.sees('Everybody may comment, and propose another wording.')
  })

  test('an officer answers in the discussion', async () => {
    await mia.types('Your comment', 'The old one is from 1987.')
    await mia.presses('Comment')
    await otis.opens(path)
    await otis.sees('The old one is from 1987.')
    await otis.presses(/^Answer to /)
    await otis.hasFocusOn('textbox', /^Your answer to /)
    await otis.writes('Then it is time.')
    await otis.presses('Answer')
    await mia.sees('Then it is time.')
  })

  test('an amendment shows word by word what it changes, and becomes the text', async () => {
    await mia.follows('Propose an amendment')
    await mia.types('What it changes, in one sentence', 'Raise the amount')
    await mia.types('The text as it would stand', 'The boiler is replaced.\n\nIt may cost up to $20,000.')
    await expect.poll(() => mia.page.locator('[data-changes] ins').innerText()).toMatch(/20/)
    await mia.presses('Propose it')
    await otis.sees('Raise the amount')
    await expect.poll(() => otis.page.locator('[data-changes] del').innerText()).toMatch(/12/)
    await otis.presses('Accept: Raise the amount')
    await otis.in('region', 'The proposal').sees('It may cost up to $20,000.')
    await otis.presses('What changed')
    await otis.sees('What changed from version 1 to version 2')
  })

  test('the officer opens the vote', async () => {
    await otis.presses('Set up the vote')
    const dialog = otis.in('dialog', 'Set up the vote')
    await dialog.field('By which rules').click()
    await otis.picks('Members decide', 'option')
    await dialog.types('Voting closes', localTime(inHours(48)))
    await dialog.presses('Open the vote')
    await otis.seesA('heading', 'How it stands')
  })

  test('two vote, and a third who looks on sees it at once', async () => {
    const orla = await stage.browserOf(cast.organizer)
    await orla.opens(path)
    await orla.seesA('heading', 'How it stands')
    await mia.in('group', 'Your vote').presses('Yes')
    await mia.sees(/^You voted yes\. You can change it until/)
    await otis.in('group', 'Your vote').find('button', 'No').focus()
    await otis.hits('Enter')
    await otis.sees(/^You voted no\./)
    await orla.sees(/^2 of \d+ have voted$/)
    await orla.sees('2 of 2 needed: reached')
    await otis.in('group', 'Your vote').presses('Yes')
    await expect.poll(() => orla.in('region', 'How it stands').figure('Yes')).toMatch(/^2/)
  })

  test('the list says what I voted', async () => {
    await mia.opens(`${org}/proposals`)
    await mia.in('region', 'Open for voting').sees(/You voted yes\. You can change it until/)
    await mia.meetsNoBarrierInAnyLight('proposals')
    await mia.scrollsOnlyDown('proposals')
  })

  test('once it is closed, the decision is explained', async () => {
    await isOver(path.split('/').at(-1) ?? '')
    await otis.opens(path)
    await otis.presses('More acts')
    await otis.picks('Close the vote')
    const decision = otis.in('region', 'Passed')
    await decision.sees(/^2 of \d+ members voted \(quorum 2 reached\)\.$/)
    await decision.sees(/more than 1\/2: passed\.$/)
    await mia.opens(path)
    await mia.seesA('heading', 'Passed')
  })
})

test('where streams are blocked one votes and sees others vote', async () => {
  const id = await opened('Mend the roof')
  const mia = await stage.browserOf(cast.member, { device: 'phone' })
  mia.trouble.expect(/^net::ERR_FAILED GET .*\/live$/)
  await mia.page.route(
    (url) => url.pathname.endsWith('/live') && !url.searchParams.has('wait'),
    (route) => route.abort(),
  )
  const asks = mia.page.waitForRequest((request) => request.url().includes('wait=25'))
  await mia.opens(`${org}/proposals/${id}`)
  await mia.in('group', 'Your vote').presses('No')
  await mia.sees(/^1 of \d+ have voted$/)
  await asks
  const otis = await stage.house.as(cast.officer)
  expect((await otis.post(`/proposals/${id}/vote`, { choice: 'yes' })).statusCode).toBe(200)
  await mia.sees(/^2 of \d+ have voted$/)
})
