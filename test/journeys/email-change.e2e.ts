import { expect, test } from 'vitest'
import { asOwner, cast, castPassword } from '@commonhall/engine/testing'
import { opensMail } from './mail.ts'
import { raiseStage, signIn } from './stage.ts'

const stage = await raiseStage()
const moved = 'ines@elsewhere.example'
const ines = await stage.stranger()

test('an address changes when the link in the mail to the new one is opened, not before', async () => {
  await signIn(ines, cast.instructor)
  await ines.opens('/account')
  await ines.presses('Change the address')
  await ines.hasFocusOn('textbox', 'New e-mail address')
  await ines.types('New e-mail address', moved)
  await ines.presses('Send the link')
  await ines.sees(`Until you open it, you sign in with ${cast.instructor}.`)
  await opensMail(ines, 'Confirm your e-mail address for Commonhall')
  await ines.follows(/\/confirm-email\//)
  await ines.arrivesAt('Confirm your e-mail address')
  await ines.presses('Confirm the address')
  await ines.arrivesAt('Your address is confirmed')
  await ines.sees(`From now on you sign in with ${moved}.`)
  await ines.follows('Go to Commonhall')
  const anew = await stage.stranger()
  await signIn(anew, moved)
  await anew.opens('/account')
  await anew.in('region', 'You').sees(moved)
  await anew.in('region', 'You').sees('Confirmed')
})

test('the old address is told, and no longer opens', async () => {
  const late = await stage.stranger()
  late.trouble.expect(/^401 POST .*\/auth\/login$/)
  await opensMail(late, 'Your e-mail address for Commonhall is about to change')
  await late.opens('/login')
  await late.types('E-mail', cast.instructor)
  await late.types('Password', castPassword)
  await late.presses('Sign in')
  await late.sees('The e-mail address or the password is not right.')
})

test('the link works once, and says what to do', async () => {
  const late = await stage.stranger()
  late.trouble.expect(/^4\d\d POST .*\/email\/confirm$/)
  await opensMail(late, 'Confirm your e-mail address for Commonhall')
  await late.follows(/\/confirm-email\//)
  await late.presses('Confirm the address')
  await late.arrivesAt('This link cannot be used')
  await late.seesA('link', 'Go to your account')
})

test('an address that was never confirmed can be confirmed from the account', async () => {
  await asOwner(stage.house, 'update foundation.user set email_verified_at = null where email = $1', [cast.staff])
  const sam = await stage.stranger()
  await signIn(sam, cast.staff)
  await sam.opens('/account')
  await sam.in('region', 'You').sees('Not confirmed')
  await sam.presses('Send me the link')
  await sam.sees(`A link is on its way to ${cast.staff}.`)
  const subject = 'Confirm your e-mail address for Commonhall'
  await expect
    .poll(async () => {
      await sam.opens('/dev/mail')
      return await sam.find('link', subject).count()
    })
    .toBe(2)
  await sam.follows(subject)
  await sam.follows(/\/confirm-email\//)
  await sam.presses('Confirm the address')
  await sam.sees(`From now on you sign in with ${cast.staff}.`)
})
