import { expect, test } from 'vitest'
import { Secret, TOTP } from 'otpauth'
import { asOwner, cast, castPassword } from '@commonhall/engine/testing'
import type { Person } from './person.ts'
import { raiseStage, signIn } from './stage.ts'

const stage = await raiseStage()
const sam = await stage.stranger()
sam.trouble.expect(/^401 POST .*\/auth\/(login|second-factor)$/)
/** The keys that apps were given, by whose they are. */
const secrets = new Map<Person, string>()
let recovery = ''

/** What the app shows now; half a minute later it is still good. */
const code = (person: Person) => TOTP.generate({ secret: Secret.fromBase32(secrets.get(person) ?? '') })

/** Gives the app its key, confirms it, and reads the recovery codes. */
async function setsUpTheApp(person: Person, start = 'Set up the app'): Promise<string[]> {
  await person.presses(start)
  await person.seesA('img', 'QR code for the authenticator app; the key below says the same.')
  secrets.set(person, (await person.page.locator('code').innerText()).replace(/\s/g, ''))
  await person.hasFocusOn('textbox', 'Six-digit code')
  await person.types('Six-digit code', code(person))
  await person.presses('Confirm the app')
  await person.seesA('heading', 'Your recovery codes')
  await halfMinutesPass()
  return await person.page.locator('li > code').allInnerTexts()
}

/** The codes that were used are those of long ago: the one of now is good again, once. */
const halfMinutesPass = () => asOwner(stage.house, 'update foundation.totp set last_step = last_step - 10')

async function givesThePassword(person: Person, email: string): Promise<void> {
  await person.opens('/logout')
  await person.sees('You are signed out.')
  await person.types('E-mail', email)
  await person.types('Password', castPassword)
  await person.presses('Sign in')
  await person.arrivesAt('One more step')
}

async function enters(person: Person, field: string, text: string): Promise<void> {
  await person.hasFocusOn('textbox', field)
  await person.types(field, text)
  await person.hits('Enter')
}

test('somebody gives an app its key, and confirms it with a first code', async () => {
  await signIn(sam, cast.staff)
  await sam.opens('/account')
  const codes = await setsUpTheApp(sam)
  expect(codes).toHaveLength(10)
  recovery = codes[0] ?? ''
  await sam.presses('I have kept them')
  await sam.sees(/^Set up /)
})

test('the next sign-in asks for the code in place, and the code opens once', async () => {
  const shown = code(sam)
  await givesThePassword(sam, cast.staff)
  await enters(sam, 'Six-digit code', shown)
  await sam.arrivesAt('Harbor Trades Local 100')
  await givesThePassword(sam, cast.staff)
  await enters(sam, 'Six-digit code', shown)
  await sam.in('alert').sees('This code is not right.')
  await sam.hasFocusOn('textbox', 'Six-digit code')
})

test('a recovery code gets in without the phone, and one less is left', async () => {
  await sam.presses('Use a recovery code')
  await enters(sam, 'Recovery code', recovery)
  await sam.arrivesAt('Harbor Trades Local 100')
  await sam.opens('/account')
  await sam.sees('9 codes are left')
  await sam.in('region', 'Where you are signed in').sees('with a recovery code')
})

test('the way back from the second step leads to the password', async () => {
  await givesThePassword(sam, cast.staff)
  await sam.presses('Back to e-mail and password')
  await sam.arrivesAt('Sign in')
  await sam.hasFocusOn('textbox', 'E-mail')
})

const asks = (role: string) =>
  asOwner(stage.house, 'update foundation.role set requires_second_factor = true where name = $1', [role])

test('a role that asks for a second step leads to it first, and then to where one was going', async () => {
  await asks('treasurer')
  const tess = await stage.stranger()
  tess.trouble.expect(/^403 GET .*\/catalog$/, /^403 GET .*\/members/)
  await tess.opens('/o/local-100/members?q=nakamura')
  await tess.types('E-mail', cast.treasurer)
  await tess.types('Password', castPassword)
  await tess.presses('Sign in')
  await tess.arrivesAt('A second step is needed')
  await tess.sees('Harbor Trades Local 100 asks for a second step')
  await setsUpTheApp(tess, 'Use an authenticator app')
  await tess.arrivesAt('You are all set')
  await tess.meetsNoBarrier('recovery codes')
  await tess.presses('Go on to Harbor Trades Local 100')
  await tess.arrivesAt('Members')
  await tess.isAt(/members\?q=nakamura$/)
})

test('whoever is at work when their role begins to ask is told, led there, and back', async () => {
  const olga = await stage.stranger()
  olga.trouble.expect(/^403 GET /)
  await signIn(olga, cast.officer2)
  await olga.opens('/o/local-100/members')
  await olga.arrivesAt('Members')
  await asks('officer')
  await olga.follows('Households')
  await olga.sees('A second step is needed')
  await olga.follows('Set it up')
  await olga.arrivesAt('A second step is needed')
  await setsUpTheApp(olga, 'Use an authenticator app')
  await olga.presses('Go on to Harbor Trades Local 100')
  await olga.arrivesAt('Households')
})

test('the account says which role asks, and the last second step stays while it does', async () => {
  sam.trouble.expect(/^409 DELETE .*\/auth\/totp$/)
  await asks('staff')
  await sam.types('E-mail', cast.staff)
  await sam.types('Password', castPassword)
  await sam.presses('Sign in')
  await halfMinutesPass()
  await enters(sam, 'Six-digit code', code(sam))
  await sam.arrivesAt('Harbor Trades Local 100')
  await sam.opens('/account')
  await sam.sees('Required by Harbor Trades Local 100 for the role Staff.')
  await sam.presses('Remove')
  await sam.in('dialog').presses('Remove')
  await sam.in('dialog').in('alert').sees('this is your last one')
})

test('who is asked over another dialog can leave the question alone and stays in that dialog', async () => {
  sam.trouble.expect(/^403 POST .*\/recovery-codes$/)
  await sam.in('dialog').presses('Cancel')
  await asOwner(stage.house, "update foundation.session set proved_at = proved_at - interval '1 hour'")
  await sam.presses('Make new codes')
  await sam.in('dialog', 'Make new recovery codes?').presses('Make new codes')
  await sam.in('dialog', 'Is it you?').hasFocusOn('textbox', 'Six-digit code')
  await sam.hits('Escape')
  await sam.seesNone('dialog', 'Is it you?')
  await sam.in('dialog', 'Make new recovery codes?').seesA('alert')
  await sam.in('dialog', 'Make new recovery codes?').presses('Cancel')
  await sam.seesNone('dialog')
})
