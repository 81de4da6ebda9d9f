import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { standingNews } from '../../modules/members/notices/standing-news.ts'
import { tellAll, userOf } from '../../engine/notifications/testing/telling.ts'
import { opensMail } from './mail.ts'
import type { Person } from './person.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const sam = await stage.browserOf(cast.staff)
const ann = await stage.has('members', {
  card_number: 'LO92001',
  first_name: 'Ann',
  last_name: 'Ferris',
  state: 'active',
})

/** Sam is told something about Ann. */
const tells = async (state: 'suspended' | 'active') =>
  await tellAll(
    stage.house,
    standingNews,
    { member: ann.id, state, reason: null },
    { to: { user: await userOf(stage.house, cast.staff) }, about: { resource: 'members.member', id: ann.id } },
  )

/** Waits until the page hears of what happens. */
async function hears(person: Person, path: string) {
  const heard = person.page.waitForResponse((answer) => answer.url().includes('/live?'))
  await person.opens(path)
  await heard
}

test('a notification arrives while one works, and leads to what it is about', async () => {
  await hears(sam, '/o/local-100')
  await sam.seesA('button', 'Notifications')
  await tells('active')
  await tells('suspended')
  await sam.seesA('button', 'Notifications, 2 unread')
  await sam.presses('Notifications, 2 unread')
  const panel = sam.in('dialog', 'Notifications')
  await panel.seesA('listitem')
  await expect.poll(() => panel.rows('listitem')).toHaveLength(2)
  await sam.meetsNoBarrier('the newest notifications')
  await panel
    .find('button', /^Mark as read: /)
    .first()
    .click()
  await sam.seesA('button', 'Notifications, 1 unread')
  await panel.follows('All notifications')
  await sam.arrivesAt('Notifications')
})

test('the inbox is walked through with the keyboard', async () => {
  await sam.in('main').seesA('listitem')
  await sam.hits('j', 'u')
  await sam.seesA('button', 'Notifications, 2 unread')
  await sam.hits('u')
  await sam.seesA('button', 'Notifications, 1 unread')
  await sam.in('radiogroup', 'Which notifications').clicks('Unread')
  await sam.isAt(/show=unread/)
  await expect.poll(async () => (await sam.in('main').rows('listitem')).length).toBe(1)
  await sam.presses('Mark all as read')
  await sam.seesA('button', 'Notifications')
  await sam.page.reload()
  await sam.sees('You have read everything')
})

const label = standingNews.label

test('what reaches one is chosen kind by kind, saved at once, and can be taken back', async () => {
  await sam.follows('Notification settings')
  await sam.arrivesAt('Notification settings')
  const at = (pace: string) => sam.find('radio', `${label} by e-mail: ${pace}`)
  await at('Weekly').click()
  await sam.sees(`${label}, e-mail: weekly.`)
  await sam.find('button', 'Undo').last().click()
  await sam.sees('As it was before.')
  await expect.poll(() => at('At once').isChecked()).toBe(true)
  await sam.page.getByLabel('Keep some hours quiet').click()
  await sam.sees('No e-mail from 9:00 PM to 7:00 AM.')
  await sam.page.reload()
  await sam.arrivesAt('Notification settings')
  await expect.poll(() => at('At once').isChecked()).toBe(true)
  await expect.poll(() => sam.reads('From')).toBe('21:00')
  await sam.page.getByLabel('Keep some hours quiet').click()
  await sam.sees('E-mail comes at any hour.')
})

test('an e-mail of which there is enough is ended with its link, and wanted again', async () => {
  const nobody = await stage.stranger()
  await tells('active')
  await opensMail(nobody, 'You are an active member of Harbor Trades Local 100')
  await nobody.follows(/unsubscribe/i)
  await nobody.arrivesAt('Stop these e-mails?')
  await nobody.presses('Stop these e-mails')
  await nobody.arrivesAt('Stopped')
  await nobody.meetsNoBarrier('the end of an e-mail')
  await nobody.presses('Stop all e-mail from Harbor Trades Local 100')
  await nobody.sees('Harbor Trades Local 100 sends no more e-mail')
  await nobody.presses('I want them after all')
  await nobody.arrivesAt('You get them again')
  await nobody.opens('/unsubscribe/nothing-of-the-kind')
  await nobody.arrivesAt('This link cannot be used')
  nobody.trouble.expect(/^404 GET .*\/unsubscribe\//)
})
