import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import type { Person } from './person.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const otis = await stage.browserOf(cast.officer)
const sam = await stage.browserOf(cast.staff)
const ben = await stage.has('members', {
  card_number: 'LO91001',
  first_name: 'Ben',
  last_name: 'Quill',
  state: 'active',
  phone: '555-0100',
})

/** Waits until the page hears of what happens. */
const listens = (person: Person) =>
  person.page.waitForResponse((answer) => answer.url().includes('/live?') && answer.status() === 200)

/** Opens a page and waits until it hears of what happens there. */
async function watches(person: Person, path: string, topic: string) {
  const heard = person.page.waitForResponse((answer) => {
    const url = new URL(answer.url())
    return url.pathname.endsWith('/live') && (url.searchParams.get('topics') ?? '').split(',').includes(topic)
  })
  await person.opens(path)
  await heard
}

const list = '/o/local-100/members?q=quill'
const record = `/o/local-100/members/${ben.id}`

test('what one changes, the other sees in the list, where it stands', async () => {
  await watches(sam, list, 'members')
  await sam.seesA('link', 'Quill, Ben')
  await (await stage.house.as(cast.officer)).patch(`/members/${ben.id}`, { classification: 'Millwright' })
  await sam.page.locator('tr[data-fresh]', { hasText: 'Quill' }).waitFor()
})

test('a new record waits until it is wanted, and what has left the list is struck through', async () => {
  await stage.has('members', { card_number: 'LO91002', first_name: 'Ann', last_name: 'Quill', state: 'active' })
  await sam.sees('1 new')
  await expect.poll(() => sam.rows()).toHaveLength(2)
  await sam.presses('Show')
  await sam.hasFocusOn('link', 'Quill, Ann')
  await sam.seesNo('1 new')
  await (await stage.house.as(cast.officer)).patch(`/members/${ben.id}`, { last_name: 'Quell' })
  await sam.sees('1 no longer in this list')
  await expect.poll(() => sam.rows()).toHaveLength(3)
  await sam.presses('Update the list')
  await expect.poll(async () => (await sam.rows()).length).toBe(2)
})

test('a record shows what somebody else has just changed, and who it was', async () => {
  await watches(sam, record, `members/${ben.id}`)
  await sam.arrivesAt('Quell, Ben')
  await watches(otis, `${record}/edit`, `members/${ben.id}`)
  await sam.sees('Otis Brandt is editing this')
  await otis.types('Phone', '555-0188')
  await otis.presses('Save changes')
  await otis.arrivesAt('Quell, Ben')
  await sam.sees('555-0188')
  await sam.seesNo('Otis Brandt is editing this')
  await sam.in('complementary', 'History').sees(/Otis Brandt edited this/)
  await sam.meetsNoBarrier('a record that has just changed')
})

test('whoever edits sees at once that another saved, and goes on with both', async () => {
  await watches(sam, `${record}/edit`, `members/${ben.id}`)
  await sam.arrivesAt('Edit Quell, Ben')
  await watches(otis, `${record}/edit`, `members/${ben.id}`)
  await sam.sees('Otis Brandt is editing this')
  await otis.sees('Sam Whitaker is editing this')
  await sam.types('Phone', '555-0199')
  await sam.types('Suffix', 'Jr.')
  await otis.types('Phone', '555-0177')
  await otis.types('Chapter', 'Harbor')
  await otis.presses('Save changes')
  await otis.arrivesAt('Quell, Ben')
  await sam.sees('Otis Brandt has saved changes while you were editing.')
  await sam.meetsNoBarrier('a form whose record has just changed')
  await sam.presses('See what changed')
  const dialog = sam.in('dialog', 'Somebody else changed this record')
  await dialog.in('radiogroup', 'Phone').clicks('Take theirs')
  await dialog.presses('Go on editing')
  await sam.seesNo('Otis Brandt has saved changes while you were editing.')
  await expect
    .poll(() => Promise.all(['Phone', 'Suffix', 'Chapter'].map((label) => sam.reads(label))))
    .toEqual(['555-0177', 'Jr.', 'Harbor'])
  await sam.presses('Save changes')
  await sam.arrivesAt('Quell, Ben')
  await sam.sees('Jr.')
})

test('a record that somebody archives says so where it is open', async () => {
  await watches(sam, record, `members/${ben.id}`)
  await sam.arrivesAt(/^Quell/)
  await (await stage.house.as(cast.officer)).delete(`/members/${ben.id}`)
  await sam.sees('This record is archived')
})

test('all tabs of a browser share one line', async () => {
  const tab = await sam.page.context().newPage()
  const asked: string[] = []
  tab.on('request', (request) => void (request.url().includes('/live?') && asked.push(request.url())))
  const heard = listens(sam)
  await tab.goto('/o/local-100/households')
  await heard
  await stage.has('households', { name: 'Quill family' })
  await tab.getByText('Quill family').waitFor()
  expect(asked).toEqual([])
  await tab.close()
})

test('where streams are blocked the page asks, and hears all the same', async () => {
  sam.trouble.expect(/^net::ERR_FAILED GET .*\/live$/)
  await sam.page.route(
    (url) => url.pathname.endsWith('/live') && !url.searchParams.has('wait'),
    (route) => route.abort(),
  )
  const asks = sam.page.waitForRequest((request) => request.url().includes('wait=25'))
  await sam.opens('/o/local-100/members?q=quill')
  await asks
  await (
    await stage.house.as(cast.officer)
  ).post('/members', {
    card_number: 'LO91003',
    first_name: 'Cleo',
    last_name: 'Quill',
    state: 'active',
  })
  await sam.sees('1 new')
})
