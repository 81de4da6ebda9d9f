import { expect, test } from 'vitest'
import { asOwner, cast, castPassword } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const ada = await stage.browserOf(cast.admin)

/** What a program gets that comes with the key. */
const asks = async (key: string, path: string) =>
  await fetch(`${stage.url}/api/v1/orgs/local-100/${path}`, { headers: { authorization: `Bearer ${key}` } })

/** The key on the page. */
const shown = () => ada.in('region', 'Copy it now').find('code').innerText()

let key = ''

test('where there is no key yet, the page says what one is good for', async () => {
  await ada.opens('/o/local-100')
  await ada.follows('API keys')
  await ada.arrivesAt('API keys')
  await ada.sees('No program comes in here yet')
  await ada.follows('New key')
  await ada.arrivesAt('New key')
})

test('what is missing is told before anything is made', async () => {
  await ada.presses('Create the key')
  const summary = ada.in('alert', '4 things need your attention')
  await summary.sees('Choose at least one role: without one, the account may do nothing.')
  await summary.follows('Give the key a name, so that you know later what it is for.')
  await ada.hasFocusOn('textbox', /^Name/)
})

test('an admin makes an account for a program, and a key that may only read', async () => {
  await ada.types('Name', 'n8n: newsletter')
  await ada.types('Name of the account', 'n8n')
  await ada.sees('Choose roles above: what they include can be chosen here.')
  await ada.checks('Staff')
  const scopes = ada.in('group', 'What it may do')
  await scopes.in('group', 'Start with').presses('Read only')
  await scopes.in('group', 'Households').find('checkbox', 'See').uncheck()
  await scopes.in('group', 'Members').seesA('checkbox', 'Add')
  await scopes.in('group', 'Members').seesNone('checkbox', 'Archive and restore')
  await ada.chooses('Works for', 'No end')
  await ada.sees(/Such a key works until somebody thinks of revoking it/)
  await ada.chooses('Works for', '90 days')
})

test('with an old proof, "Is it you?" comes first, and nothing typed is lost', async () => {
  ada.trouble.expect(/^403 POST .*\/service-accounts$/)
  await asOwner(stage.house, "update foundation.session set proved_at = proved_at - interval '15 minutes'")
  await ada.presses('Create the key')
  const dialog = ada.in('dialog', 'Is it you?')
  await dialog.types('Password', castPassword)
  await dialog.presses('Go on')
  await ada.arrivesAt(/^Key for /)
})

test('the key is shown this one time, and opens what was chosen and no more', async () => {
  await ada.hasFocusOn('heading', 'Copy it now')
  key = await shown()
  expect(key).toMatch(/^chk_[a-z0-9]{8}_[\w-]{43}$/)
  expect((await asks(key, 'members?limit=1')).status).toBe(200)
  expect((await asks(key, 'households')).status).toBe(403)
  await ada.follows('I have put it away')
  await ada.arrivesAt('API keys')
  await ada.page.reload()
  await ada.sees('n8n: newsletter')
  const [line = ''] = await ada.in('list', 'API keys').rows('listitem')
  for (const words of ['n8n: newsletter', `${key.slice(0, 12)}…`, 'Active until', 'Members: see', 'now from 127.0.0.1'])
    expect(line).toContain(words)
  expect(await ada.page.content()).not.toContain(key.slice(13))
})

test('its page says all that it may do, and what its account has lost since', async () => {
  await ada.follows('n8n: newsletter')
  await ada.arrivesAt('n8n: newsletter')
  await ada.in('region', 'What it may do').sees('Members')
  await ada.in('region', 'About').follows('n8n')
  await ada.arrivesAt('n8n')
  await ada.presses('Take away the role Staff')
  await ada.sees('n8n no longer has the role Staff.')
  expect((await asks(key, 'members?limit=1')).status).toBe(403)
  await ada.page.goBack()
  await ada.arrivesAt('n8n: newsletter')
  await ada.in('region', 'What it may do').sees('not now: n8n may no longer do this')
})

test('a second key acts as the account that is there, or as whoever makes it', async () => {
  await ada.opens('/o/local-100/api-keys/new')
  await ada.arrivesAt('New key')
  await ada.sees('n8n may do nothing here. Give it a role first.')
  await ada.find('radio', /^Me, Ada Okafor/).check()
  await ada.types('Name', 'Trying out')
  await ada.in('group', 'Start with').presses('Everything')
  await ada.chooses('Works for', 'Until a day')
  await ada.types('Last day', '2099-12-31')
  await ada.presses('Create the key')
  await ada.arrivesAt(/^Key for /)
  const mine = await shown()
  expect((await asks(mine, 'households')).status).toBe(200)
})

test('a key that is revoked is refused from the next request on, and stays to be read about', async () => {
  await ada.opens('/o/local-100/api-keys')
  await ada.presses('Revoke n8n: newsletter')
  const dialog = ada.in('dialog', 'Revoke “n8n: newsletter”?')
  await dialog.sees(/This cannot be undone/)
  await dialog.presses('Revoke')
  await ada.sees('“n8n: newsletter” is revoked.')
  expect((await asks(key, 'members?limit=1')).status).toBe(401)
  await ada.presses('1 key that is over')
  await ada.in('list', '1 key that is over').sees('Revoked')
  await ada.in('region', 'Service accounts').seesA('link', 'n8n')
})

test('an officer sees which programs come in, and whom to ask', async () => {
  const olga = await stage.browserOf(cast.officer)
  await olga.opens('/o/local-100/api-keys')
  await olga.sees('Trying out')
  await expect.poll(() => olga.find('button', 'New key').getAttribute('aria-disabled')).toBe('true')
  await olga.opens('/o/local-100/api-keys/new')
  await olga.sees('Your role does not include making API keys. Roles that do: Admin.')
})

test('the pages hold no barrier, on a phone neither', async () => {
  await stage.onEachDevice(cast.admin, async (eye, device) => {
    await eye.opens('/o/local-100/api-keys')
    await eye.presses('1 key that is over')
    await eye.sees('Trying out')
    await eye.meetsNoBarrierInAnyLight(`the keys, ${device}`)
    await eye.scrollsOnlyDown(`the keys, ${device}`)
    await eye.follows('Trying out')
    await eye.arrivesAt('Trying out')
    await eye.seesAllThere()
    await eye.meetsNoBarrierInAnyLight(`a key, ${device}`)
    await eye.opens('/o/local-100/api-keys/new')
    await eye.find('radio', /^A new service account/).check()
    await eye.checks('Officer')
    await eye.types('Name', 'Door')
    await eye.types('Name of the account', `Door by ${device}`)
    await eye.in('group', 'Start with').presses('Read only')
    await eye.chooses('Works for', 'No end')
    await eye.meetsNoBarrierInAnyLight(`a new key, ${device}`)
    await eye.scrollsOnlyDown(`a new key, ${device}`)
    await eye.presses('Create the key')
    await eye.arrivesAt(/^Key for /)
    await eye.meetsNoBarrierInAnyLight(`the key, ${device}`)
    await eye.scrollsOnlyDown(`the key, ${device}`)
  })
})
