import { expect, test } from 'vitest'
import { asOwner, cast, castPassword } from '@commonhall/engine/testing'
import { handPasskeys } from './authenticator.ts'
import { raiseStage, signIn } from './stage.ts'

const stage = await raiseStage()
const otis = await stage.stranger({ byName: true })
await handPasskeys(otis)

/** The device offers its passkey by itself under the address field; these journeys press the button. */
const offersNothingByItself = () =>
  otis.page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)
  })

test('somebody adds a passkey, gives it a name, and gets recovery codes this one time', async () => {
  await signIn(otis, cast.officer)
  await otis.presses('Otis Brandt, account menu')
  await otis.picks('Your account')
  await otis.arrivesAt('Your account')
  await otis.presses('Add a passkey')
  await otis.hasFocusOn('textbox', 'Name of this passkey')
  await otis.types('Name of this passkey', 'Desk at the hall')
  await otis.presses('Create the passkey')
  await otis.hasFocusOn('heading', 'Your recovery codes')
  const codes = otis.in('region', 'Second step').find('code')
  await expect.poll(() => codes.count()).toBe(10)
  const { name, bytes } = await otis.downloads(() => otis.presses('Download'))
  expect(name).toBe('commonhall-recovery-codes.txt')
  expect(bytes.toString()).toContain(await codes.last().innerText())
  await otis.presses('I have kept them')
  await otis.sees('10 codes are left')
  await otis.page.reload()
  await otis.sees('Desk at the hall')
  await expect.poll(() => codes.count()).toBe(0)
})

test('next time the browser offers it under the address, and nothing is typed', async () => {
  await otis.opens('/logout')
  await otis.arrivesAt('Harbor Trades Local 100')
})

test('the button does the same where the browser offers nothing by itself, and leads where one was going', async () => {
  await offersNothingByItself()
  await otis.opens('/logout')
  await otis.sees('You are signed out.')
  await otis.opens('/o/local-100/members?q=nakamura')
  await otis.arrivesAt('Sign in')
  await otis.presses('Sign in with a passkey')
  await otis.arrivesAt('Members')
  await otis.isAt(/members\?q=nakamura$/)
})

test('a password alone no longer opens; the passkey is the second step too', async () => {
  otis.trouble.expect(/^401 POST .*\/auth\/login$/)
  await otis.opens('/logout')
  await otis.sees('You are signed out.')
  await otis.types('E-mail', cast.officer)
  await otis.types('Password', castPassword)
  await otis.presses('Sign in')
  await otis.arrivesAt('One more step')
  await otis.hasFocusOn('button', 'Use a passkey')
  await otis.presses('Use a passkey')
  await otis.arrivesAt('Harbor Trades Local 100')
})

test('it gets in while the account is locked, and the page says that it will', async () => {
  otis.trouble.expect(/^423 POST .*\/auth\/login$/)
  await otis.opens('/logout')
  await otis.sees('You are signed out.')
  await otis.page.context().clearCookies()
  await asOwner(stage.house, 'update foundation.user set locked_at = now() where email = $1', [cast.officer])
  await otis.types('E-mail', cast.officer)
  await otis.types('Password', castPassword)
  await otis.presses('Sign in')
  await otis.sees('A passkey still gets you in.')
  await otis.presses('Sign in with a passkey')
  await otis.arrivesAt('Harbor Trades Local 100')
})

test('it is renamed; once removed it opens nothing, and the page says so', async () => {
  await otis.opens('/account')
  await otis.presses('Rename Desk at the hall')
  await otis.hasFocusOn('textbox', 'New name')
  await otis.types('New name', 'Old desk')
  await otis.presses('Save')
  await otis.sees('The passkey is now called Old desk.')
  await otis.presses('Remove Old desk')
  await otis.in('dialog').sees('It is your only second step')
  await otis.in('dialog').presses('Remove')
  await otis.sees('The passkey Old desk is removed.')
  await otis.sees('You sign in with your password alone.')
  otis.trouble.expect(/^401 POST .*\/passkey\/login$/)
  await otis.opens('/logout')
  await otis.sees('You are signed out.')
  await otis.presses('Sign in with a passkey')
  await otis.in('alert').sees('This passkey does not open Commonhall here.')
})

test('at an address of figures the page leads to the one with a name', async () => {
  const sam = await stage.stranger()
  sam.trouble.expect(/^409 POST .*\/passkey\/challenge$/)
  await sam.opens('/login?next=/account')
  await sam.presses('Sign in with a passkey')
  await sam.follows(/^Open http:\/\/localhost:\d+ instead$/)
  await sam.isAt(/^http:\/\/localhost:\d+\/login\?next=/)
  await sam.arrivesAt('Sign in')
})
