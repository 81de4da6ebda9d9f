import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { asOwner, cast } from '@commonhall/engine/testing'
import { Office } from '../../modules/governance/testing/office.ts'
import { Polling, type Question } from '../../modules/governance/testing/polling.ts'
import { Person } from './person.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()

const [self] = await asOwner<{ member: string }>(
  stage.house,
  `select b.member_id as member from foundation.membership b join foundation.user u on u.id = b.user_id
  where u.email = $1 and b.member_id is not null`,
  [cast.member],
)
const mara = { voter: '', member: self?.member ?? '', voice: await stage.house.as(cast.member) }

const council: Question = {
  name: 'Council',
  method: 'stv',
  seats: 2,
  candidates: ['Ana Ortiz', 'Ben Okafor', 'Cleo Vance', 'Dov Marsh'],
}
const president: Question = { name: 'President', method: 'plurality', candidates: ['Edith Hall', 'Finn Duarte'] }
const stewards: Question = {
  name: 'Stewards',
  method: 'plurality',
  seats: 2,
  candidates: ['Gus Lind', 'Hana Sato', 'Ivo Brandt'],
}
const hall: Question = {
  name: 'Which hall',
  method: 'score',
  counting: { max_score: 5 },
  candidates: ['Pier 9', 'Union Street'],
}
const fund: Question = {
  name: 'Solidarity fund',
  method: 'cumulative',
  seats: 3,
  counting: { votes_per_ballot: 3 },
  candidates: ['Food bank', 'Strike fund'],
}
const dues: Question = { name: 'Raise dues by 2 %', method: 'yes-no' }

/** An election in which the member of the cast votes. */
const opened = (...questions: Question[]) => Polling.open(stage.house, [mara], { questions })

const booth = ({ election }: Polling) => `/o/local-100/elections/${election}/ballot`

/** What is in the box: the choices of each ballot, by contest. */
const marked = async (polling: Polling) =>
  (await polling.box()).map(({ ballot }) => Object.values((JSON.parse(ballot) as { choices: object }).choices))

/** Ids of candidates by their names. */
async function idsOf(polling: Polling): Promise<(name: string) => string> {
  const { contests } = await polling.page(mara)
  const all = contests.flatMap(({ candidates }) => candidates)
  return (name) => all.find((candidate) => candidate.name === name)?.id ?? name
}

/** A finger takes something and puts it where something else is. */
async function dragsByTouch(page: Page, handle: string, target: string): Promise<void> {
  const middleOf = async (name: string) => {
    const box = await page.locator('[data-row]', { hasText: name }).boundingBox()
    return { x: 36, y: (box?.y ?? 0) + 20 }
  }
  const finger = await page.context().newCDPSession(page)
  const [from, to] = [await middleOf(handle), await middleOf(target)]
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: from.x, y }] })
  await touch('touchStart', from.y)
  for (const part of [0.3, 0.7, 1]) await touch('touchMove', from.y + (to.y - 6 - from.y) * part)
  await touch('touchEnd')
  await finger.detach()
}

/** Whether nothing of what these buttons say is cut off. */
async function readsWhole(person: Person, ...buttons: readonly string[]): Promise<void> {
  for (const name of buttons) {
    const label = person.find('button', name).locator('.mantine-Button-label')
    expect(await label.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), name).toBe(0)
  }
}

test('on a phone one ranks by touch, reads it all once more, votes and keeps the receipt', async () => {
  const polling = await opened(council, president)
  const person = await stage.browserOf(cast.member, { device: 'phone' })
  await person.opens(booth(polling))
  await person.seesA('heading', 'Council')
  await person.find('button', 'Cleo Vance as number 1').tap()
  await person.find('button', 'Ana Ortiz as number 2').tap()
  await dragsByTouch(person.page, 'Dov Marsh', 'Cleo Vance')
  await person.sees('Dov Marsh is now number 1 of 3.')
  await person.chooses('Place of Ana Ortiz', '2')
  await expect.poll(() => person.in('list', 'Your order').rows('listitem')).toHaveLength(3)
  await person.scrollsOnlyDown('a ranking')
  await person.meetsNoBarrierInAnyLight('a ranking')
  await person.page.reload()
  await person.sees('3 of 4 ranked')
  await person.presses('Next')
  await person.sees('Nothing is marked. You leave this blank.')
  await person.page.setViewportSize({ width: 320, height: 640 })
  await readsWhole(person, 'Back', 'Check your ballot')
  await person.presses('Check your ballot')
  await person.sees('You leave this blank.')
  await readsWhole(person, 'Back', 'Cast my ballot')
  await person.meetsNoBarrierInAnyLight('the whole ballot')
  await person.presses('Cast my ballot')
  await person.seesA('heading', 'Your ballot is in the box')
  await person.scrollsOnlyDown('a receipt')
  await person.meetsNoBarrierInAnyLight('a receipt')
  const id = await idsOf(polling)
  const ranks = ['Dov Marsh', 'Ana Ortiz', 'Cleo Vance'].map((name) => [id(name)])
  expect(await marked(polling)).toEqual([[{ ranks }, { choices: [] }]])
  const [{ receipt } = { receipt: '' }] = await polling.box()
  const { bytes } = await person.downloads(() => person.presses('Save as a file'))
  expect(bytes.toString()).toContain(receipt)
  await person.presses('Remove it from this device')
  await person.sees('You have voted')
  const kept = () => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)])
  expect(await person.page.evaluate(kept)).not.toMatch(/marks|[0-9a-f]{64}/)
})

test('with the keyboard alone one marks every kind of contest', async () => {
  const polling = await opened(council, stewards, hall, fund, dues)
  const person = await stage.browserOf(cast.member)
  await person.opens(booth(polling))
  await person.tabsTo('button', 'Ana Ortiz as number 1')
  await person.hits('Enter', 'Enter')
  await person.hasFocusOn('button', 'Cleo Vance as number 3')
  await person.find('button', 'Move Ben Okafor, number 2 of 2').focus()
  await person.hits('ArrowUp')
  await person.sees('Ben Okafor is now number 1 of 2.')
  await person.hasFocusOn('button', 'Move Ben Okafor, number 1 of 2')
  await person.tabsTo('button', 'Next')
  await person.hits('Enter')
  await person.hasFocusOn('heading', 'Stewards')
  await person.hits('Tab', 'Space', 'Tab', 'Space', 'Tab', 'Space')
  await person.sees('You have chosen 2 of 2. Take one back to choose another.')
  await person.meetsNoBarrier('several marks')
  await person.tabsTo('button', 'Next')
  await person.hits('Enter')
  await person.hasFocusOn('heading', 'Which hall')
  await person.hits('Tab', 'ArrowRight', 'ArrowRight')
  await person.sees('1 of 2 have points')
  await person.meetsNoBarrierInAnyLight('points')
  await person.tabsTo('button', 'Next')
  await person.hits('Enter')
  await person.hasFocusOn('heading', 'Solidarity fund')
  await person.tabsTo('button', 'One more for Strike fund')
  await person.hits('Enter', 'Enter', 'Enter', 'Enter')
  await person.sees('All 3 votes are handed out.')
  await person.meetsNoBarrier('votes to hand out')
  await person.tabsTo('button', 'Next')
  await person.hits('Enter')
  await person.hasFocusOn('heading', 'Raise dues by 2 %')
  await person.hits('Tab', 'Space', 'ArrowDown')
  await person.sees('You chose No.')
  await person.tabsTo('button', 'Check your ballot')
  await person.hits('Enter')
  await person.tabsTo('button', 'Cast my ballot')
  await person.hits('Enter')
  await person.hasFocusOn('heading', 'Your ballot is in the box')
  const id = await idsOf(polling)
  expect(await marked(polling)).toEqual([
    [
      { ranks: [[id('Ben Okafor')], [id('Ana Ortiz')]] },
      { choices: [id('Gus Lind'), id('Hana Sato')] },
      { points: { [id('Pier 9')]: 2 } },
      { points: { [id('Strike fund')]: 3 } },
      { choices: ['no'] },
    ],
  ])
})

/** Chooses the first of one contest, and casts. */
async function votes(person: Person, name: string): Promise<void> {
  await person.find('radio', name).check()
  await person.presses('Check your ballot')
  await person.presses('Cast my ballot')
}

test('a lost reply is told, trying again is safe, and there is one ballot', async () => {
  const polling = await opened(president)
  const person = await stage.browserOf(cast.member, { device: 'phone' })
  person.trouble.expect(/^net::ERR_FAILED POST .*\/ballots$/)
  let isLost = true
  await person.page.route('**/ballots', async (route) => {
    if (!isLost) return await route.continue()
    await route.fetch()
    await route.abort()
  })
  await person.opens(booth(polling))
  await votes(person, 'Edith Hall')
  await person.sees('The answer did not arrive')
  await person.meetsNoBarrierInAnyLight('a lost reply')
  expect(await polling.box()).toHaveLength(1)
  // Whoever leaves the page now finds the ballot as it was sealed.
  await person.page.reload()
  await person.sees('A ballot waits on this device')
  isLost = false
  await person.presses('Cast it now')
  await person.seesA('heading', 'Your ballot is in the box')
  const [only, ...others] = await polling.box()
  expect(others).toEqual([])
  const shown = await person.page.locator('code').first().getAttribute('aria-label')
  expect(shown).toBe(only?.receipt)
})

test('a second window hears that the ballot is cast, with streams blocked too', async () => {
  const polling = await opened(president)
  const person = await stage.browserOf(cast.member)
  person.trouble.expect(/^net::ERR_FAILED GET .*\/live$/)
  const context = person.page.context()
  await context.route(
    (url) => url.pathname.endsWith('/live'),
    (route) => route.abort(),
  )
  const second = new Person(await context.newPage(), person.trouble)
  person.trouble.watch(second.page)
  await second.opens(booth(polling))
  await second.find('radio', 'Finn Duarte').check()
  await person.opens(booth(polling))
  await votes(person, 'Edith Hall')
  await person.seesA('heading', 'Your ballot is in the box')
  await second.seesA('heading', 'Your ballot is in the box')
  await second.sees('It was cast from another window of this device.')
  await second.page.close()
  const id = await idsOf(polling)
  expect(await marked(polling)).toEqual([[{ choices: [id('Edith Hall')] }]])
})

/** Ballots that rank by place: 1, 3 means the first and then the third of the ballot. */
const ranking =
  (...order: readonly number[]) =>
  ({ contests }: Awaited<ReturnType<Polling['page']>>) =>
    Object.fromEntries(
      contests.map(({ id, candidates, method }) => [
        id,
        method === 'stv'
          ? { ranks: order.map((place) => [candidates[place - 1]?.id ?? '']) }
          : { choices: [candidates[(order[0] ?? 1) > 1 ? 1 : 0]?.id ?? ''] },
      ]),
    )

test('until voting closes there is turnout alone; then who won, every round, and the box', async () => {
  const office = await Office.open(stage.house, 5, [council, dues])
  const { polling } = office
  const orders = [[1, 3], [1, 3], [1, 2], [3], [2, 3]]
  const receipts = await Promise.all(
    orders.map((order, index) => polling.vote(polling.voters[index] ?? mara, ranking(...order))),
  )
  const results = `/o/local-100/elections/${polling.election}/results`
  const [desk, phone] = [
    await stage.browserOf(cast.member),
    await stage.browserOf(cast.member, { device: 'phone', scheme: 'dark' }),
  ]
  await Promise.all([desk.opens(results), phone.opens(results)])
  await phone.sees('5 of 5')
  await desk.sees('Until it closes, how many have voted is known, and nothing else.')
  await office.close()
  await desk.sees('Ana Ortiz and Cleo Vance are elected.')
  await phone.sees('Passed: 3 yes, 2 no.')
  await Promise.all([
    desk.meetsNoBarrier('results'),
    phone.scrollsOnlyDown('results').then(() => phone.meetsNoBarrierInAnyLight('results on a phone')),
  ])
  await desk.presses('Next round')
  await desk.sees('Round 2 of')
  await desk.clicks('All rounds in figures: Council')
  expect((await desk.in('table', 'All rounds in figures: Council').rows())[1]).toMatch(/^Ana Ortiz 3 elected/)
  const { bytes } = await desk.downloads(() => desk.presses('Download the ballot box'))
  for (const receipt of receipts) expect(bytes.toString()).toContain(receipt)
  await phone.follows('Look for my ballot')
  await phone.types('Your receipt', receipts[2] ?? '')
  await phone.presses('Look for it')
  await phone.sees('It is in the box')
  await phone.in('region', 'Council').sees('Ben Okafor')
  await phone.meetsNoBarrier('a receipt that is found')
})
