import { afterAll, expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { Receiver } from '../../engine/webhooks/testing/receiver.ts'
import type { Person } from './person.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const ada = await stage.browserOf(cast.admin)
const receiver = await new Receiver().listen()
afterAll(() => receiver.close())
receiver.answer = () => ({ status: 200, body: 'Noted, thank you.' })

const member = await stage.has('members', { card_number: 'WH-1', first_name: 'Ella', last_name: 'Hook' })

/** Somebody else changes a member. */
async function memberChanges(phone: string): Promise<void> {
  const officer = await stage.house.as(cast.officer)
  expect((await officer.patch(`/members/${member.id}`, { phone })).statusCode).toBe(200)
}

/** Light on the desktop, dark on the phone: the colors of these are also those of the others. */
async function inOneLight(eye: Person, device: 'desktop' | 'phone', where: string): Promise<void> {
  await eye.looksAt(device === 'phone' ? 'dark' : 'light')
  await eye.meetsNoBarrier(`${where}, ${device}`)
}

const deliveries = () => ada.in('region', 'Deliveries')

test('where there is no webhook yet, the page says what one is good for', async () => {
  await ada.opens('/o/local-100')
  await ada.follows('Webhooks')
  await ada.arrivesAt('Webhooks')
  await ada.sees('No program is told anything yet')
  await ada.sees(/n8n adds a new member to the newsletter/)
  await ada.follows('New webhook')
  await ada.arrivesAt('New webhook')
})

test('what is missing is told before anything is sent', async () => {
  await ada.presses('Create the webhook')
  const summary = ada.in('alert', '3 things need your attention')
  await summary.sees('Choose at least one event.')
  await summary.follows('Enter the address that the other program has given you.')
  await ada.hasFocusOn('textbox', /^Address/)
})

test('an address inside a closed network is refused beside the field, in a sentence', async () => {
  ada.trouble.expect(/^422 POST .*\/webhooks$/)
  await ada.types('Name', 'n8n: newsletter')
  await ada.types('Address', 'http://169.254.169.254/latest/meta-data')
  await ada.sees(/^With http:\/\/ whoever is on the way can read along/)
  await ada.types('Find an event', 'member changed')
  await ada.checks('Member changed')
  await ada.seesNone('checkbox', 'Member added')
  await ada.types('Find an event', '')
  await ada.presses('Create the webhook')
  await ada.in('alert', 'One thing needs your attention').follows(/^This address leads into a closed network/)
  await ada.hasFocusOn('textbox', /^Address/)
  const described = (await ada.field('Address').getAttribute('aria-describedby')) ?? ''
  const words = await ada.page
    .locator(
      described
        .split(' ')
        .map((id) => `[id="${id}"]`)
        .join(', '),
    )
    .allInnerTexts()
  expect(words.join(' ')).toContain('This address leads into a closed network')
})

test('an admin sets a webhook up, and sees its secret this once', async () => {
  await ada.types('Address', receiver.url())
  await ada.presses('See an example')
  await ada.in('region', 'Example of').sees(/"type": "members.member.updated"/)
  await ada.presses('Create the webhook')
  await ada.arrivesAt('Secret of n8n: newsletter')
  await ada.hasFocusOn('heading', 'Copy it now')
  const secret = await ada.in('region', 'Copy it now').find('code').innerText()
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
  await ada.clicks('Python')
  await ada.in('region', 'Code in Python').sees(/hmac\.compare_digest/)
  await ada.follows('I have put it away')
  await ada.arrivesAt('n8n: newsletter')
  expect(await ada.page.content()).not.toContain(secret.slice(6))
})

test('a test goes out, and the answer stands on the page', async () => {
  await ada.presses('Send a test')
  const outcome = ada.in('status', 'Test')
  await outcome.sees('The test arrived.')
  await outcome.sees(/^The receiver answered with 200 after \d+ ms\.$/)
  await outcome.sees('Noted, thank you.')
  expect(receiver.received[0]?.body).toMatchObject({ type: 'webhook.test', data: { webhook: 'n8n: newsletter' } })
})

test('a member is changed: the delivery appears by itself, with what was sent and answered', async () => {
  await memberChanges('555 0100')
  await deliveries().seesA('button', /^Delivered\s*Member changed/)
  await ada.tabsTo('button', /^Delivered\s*Member changed/)
  await ada.hits('Enter')
  await deliveries()
    .in('region', 'What was sent')
    .sees(/"changed": \[\s*"phone"/)
  await deliveries().in('region', 'Tries').sees('Delivered (200)')
  await deliveries().in('region', 'Tries').sees('Noted, thank you.')
  await ada.in('region', 'It works').seesA('button', 'Pause')
})

test('a receiver that fails is told of, with when the next try is', async () => {
  receiver.answer = () => ({ status: 500, headers: { 'retry-after': '7200' }, body: 'Out of paper' })
  await memberChanges('555 0101')
  const now = ada.in('region', 'Messages are not getting through')
  await now.sees(/The receiver answered with 500\. 1 message waits\. Next try in 2 hours\./)
  await deliveries().presses(/^Waiting\s*Member changed/)
  await deliveries().in('region', 'Tries').sees('Out of paper')
  await deliveries().clicks('Given up')
  await deliveries().sees('None of these.')
  await deliveries().clicks('All')
  await deliveries().in('region', 'Tries').sees('Out of paper')
})

test('once it is well, sending again brings the message there', async () => {
  receiver.answer = () => ({ status: 200, body: 'Back again' })
  await deliveries().presses('Send again')
  await deliveries().in('region', 'Tries').sees('Back again')
  await ada.in('region', 'It works').seesA('button', 'Pause')
  const ids = receiver.received.slice(-2).map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(1)
})

test('while it is paused messages wait, and go out when it is resumed', async () => {
  await ada.presses('Pause')
  await ada.in('region', 'Nothing is being sent').sees(/^Paused by hand/)
  await memberChanges('555 0102')
  const before = receiver.messages.length
  await ada.sees(/1 message waits\./)
  await ada.presses('Resume')
  await ada.in('region', 'It works').seesA('button', 'Pause')
  await expect.poll(() => receiver.messages.length).toBe(before + 1)
})

test('everything since a moment goes out again', async () => {
  const before = receiver.received.length
  await ada.presses('Send again since …')
  const dialog = ada.in('dialog', 'Send everything again?')
  await dialog.chooses('Since', 'An hour ago')
  await dialog.presses('Send again')
  await ada.sees('3 messages go out again.')
  await expect.poll(() => receiver.received.length).toBe(before + 3)
})

test('a new secret is shown once; until tomorrow the old one signs along', async () => {
  await ada.presses('Change the secret')
  const dialog = ada.in('dialog', 'Change the secret of “n8n: newsletter”?')
  await dialog.sees(/For 24 hours from now each message is signed with both/)
  await dialog.presses('Change the secret')
  await ada.in('region', 'Copy it now').sees(/each message is signed with both/)
  await ada.presses('I have put it away')
  await ada.arrivesAt('n8n: newsletter')
  await ada.presses('Send a test')
  await ada.in('status', 'Test').sees('The test arrived.')
  expect(`${receiver.received.at(-1)?.headers['webhook-signature']}`.split(' ')).toHaveLength(2)
})

test('its name and events are changed', async () => {
  await ada.follows('Edit')
  await ada.arrivesAt('Edit n8n: newsletter')
  await ada.types('Name', 'n8n: everything')
  await ada.checks('Everything of Members')
  await ada.presses('Save changes')
  await ada.arrivesAt('n8n: everything')
  await ada.in('region', 'About').sees('Member added')
})

test('a channel in Slack needs no secret, and gets a line', async () => {
  await ada.opens('/o/local-100/webhooks/new')
  await ada.types('Name', 'Slack: #members')
  await ada.types('Address', receiver.url('/slack'))
  await ada.find('radio', 'For a channel in Slack').check()
  await ada.seesNone('button', 'See an example')
  await ada.checks('Member added')
  await ada.presses('Create the webhook')
  await ada.arrivesAt('Slack: #members')
  await ada.seesNone('button', 'Change the secret')
  await ada.presses('Send a test')
  await ada.in('status', 'Test').sees('The test arrived.')
  expect(receiver.received.at(-1)?.text).toContain('This is a test of the webhook “Slack: #members”')
})

test('the pages hold no barrier, on a phone neither', async () => {
  receiver.answer = () => ({ status: 503, body: 'Closed on Sundays' })
  await memberChanges('555 0103')
  await stage.onEachDevice(cast.admin, async (eye, device) => {
    await eye.opens('/o/local-100/webhooks')
    await eye.sees('n8n: everything')
    await eye.seesAllThere()
    await inOneLight(eye, device, 'the webhooks')
    await eye.scrollsOnlyDown(`the webhooks, ${device}`)
    await eye.follows('n8n: everything')
    await eye.arrivesAt('n8n: everything')
    await eye.in('region', 'Deliveries').presses(/^Waiting\s*Member changed/)
    await eye.sees('Closed on Sundays')
    await eye.meetsNoBarrierInAnyLight(`a webhook, ${device}`)
    await eye.scrollsOnlyDown(`a webhook, ${device}`)
  })
})

test('nor does the form of a new one', async () => {
  await stage.onEachDevice(cast.admin, async (eye, device) => {
    await eye.opens('/o/local-100/webhooks/new')
    await eye.arrivesAt('New webhook')
    await eye.types('Name', `Second, ${device}`)
    await eye.types('Address', receiver.url('/second'))
    await eye.checks('Member added')
    await eye.presses('See an example')
    await eye.meetsNoBarrierInAnyLight(`a new webhook, ${device}`)
    await eye.scrollsOnlyDown(`a new webhook, ${device}`)
    await eye.presses('Create the webhook')
    await eye.arrivesAt(`Secret of Second, ${device}`)
    await inOneLight(eye, device, 'the secret')
    await eye.scrollsOnlyDown(`the secret, ${device}`)
  })
})

test('one that is deleted is gone, once that is certain', async () => {
  await ada.opens('/o/local-100/webhooks')
  await ada.follows('Second, phone')
  await ada.presses('Delete')
  const dialog = ada.in('dialog', 'Delete “Second, phone”?')
  await dialog.sees(/This cannot be undone/)
  await dialog.presses('Delete')
  await ada.arrivesAt('Webhooks')
  await ada.sees('“Second, phone” is deleted.')
  await ada.seesNone('link', 'Second, phone')
})

test('an officer, who may not look after webhooks, finds no such page', async () => {
  const olga = await stage.browserOf(cast.officer)
  await olga.opens('/o/local-100/webhooks')
  await olga.sees('Not found')
  await olga.seesNone('link', 'Webhooks')
})
