import { expect, test } from 'vitest'
import { cast, castPassword } from '@commonhall/engine/testing'
import { raiseStage, signIn } from './stage.ts'

const stage = await raiseStage()
const chosen = 'Nine-Quiet-Herons-47'

test('who forgot the password chooses a new one by mail, and whoever used the old one is out', async () => {
  const elsewhere = await stage.stranger()
  await signIn(elsewhere, cast.officer2)

  const olga = await stage.stranger()
  await olga.opens('/login')
  await olga.follows('Forgot your password?')
  await olga.arrivesAt('Forgot your password?')
  await olga.types('E-mail', cast.officer2)
  await olga.presses('Send the link')
  await olga.arrivesAt('Check your mail')
  await olga.sees(`If ${cast.officer2} has an account here, a link is on its way.`)

  await expect
    .poll(async () => {
      await olga.opens('/dev/mail')
      return await olga.find('link', 'Choose a new password for Commonhall').count()
    })
    .toBe(1)
  await olga.follows('Choose a new password for Commonhall')
  await olga.follows(/\/reset-password\//)
  await olga.arrivesAt('Choose a new password')

  olga.trouble.expect(/^422 POST .*\/reset-confirm$/)
  await olga.types('New password', 'password1234')
  await olga.presses('Save the password')
  await olga.sees('The password lacks')
  await olga.types('New password', chosen)
  await olga.presses('Save the password')
  await olga.sees('Your password is changed. Sign in with the new one.')
  const link = olga.page.url()
  expect(link).toBe(`${stage.url}/login`)

  elsewhere.trouble.expect(/^401 /)
  await elsewhere.follows('Members')
  await elsewhere.sees('Your session has ended.')
})

test('the new password opens, the old one no longer does', async () => {
  const olga = await stage.stranger()
  olga.trouble.expect(/^401 POST .*\/auth\/login$/)
  await olga.opens('/login')
  await olga.types('E-mail', cast.officer2)
  await olga.types('Password', castPassword)
  await olga.presses('Sign in')
  await olga.sees('The e-mail address or the password is not right.')
  await olga.types('Password', chosen)
  await olga.presses('Sign in')
  await olga.arrivesAt('Harbor Trades Local 100')
})

test('a link works once, and a used one leads to a new one', async () => {
  const olga = await stage.stranger()
  olga.trouble.expect(/^(410|422) POST .*\/reset-confirm$/)
  await olga.opens('/dev/mail')
  await olga.follows('Choose a new password for Commonhall')
  await olga.follows(/\/reset-password\//)
  await olga.types('New password', 'Eleven-Loud-Geese-12')
  await olga.presses('Save the password')
  await olga.sees('This link has been used already or is older than an hour.')
  await olga.follows('Ask for a new link.')
  await olga.arrivesAt('Forgot your password?')
})

test('an address that nobody has is answered in the same words, and gets no mail', async () => {
  const nobody = await stage.stranger()
  await nobody.opens('/forgot-password')
  await nobody.types('E-mail', 'nobody@local-100.example')
  await nobody.presses('Send the link')
  await nobody.sees('If nobody@local-100.example has an account here, a link is on its way.')
})
