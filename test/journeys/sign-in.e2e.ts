import { expect, test } from 'vitest'
import { cast, castPassword } from '@commonhall/engine/testing'
import { raiseStage, signIn } from './stage.ts'

const stage = await raiseStage()

test('whoever opens a page without a session signs in first and comes back to it', async () => {
  const sam = await stage.stranger()
  await sam.opens('/o/local-100/members?q=nakamura')
  await sam.arrivesAt('Sign in')
  await sam.types('E-mail', cast.staff)
  await sam.types('Password', castPassword)
  await sam.presses('Sign in')
  await sam.arrivesAt('Members')
  await sam.isAt(/\/o\/local-100\/members\?q=nakamura$/)
  await sam.sees('Nakamura')
})

test('the start page leads to the org; signing out says so, and the way back is shut', async () => {
  const otis = await stage.browserOf(cast.officer)
  otis.trouble.expect(/^401 (GET .*\/auth\/me|POST .*\/auth\/refresh)$/)
  await otis.opens('/')
  await otis.arrivesAt('Harbor Trades Local 100')
  await otis.presses('Otis Brandt, account menu')
  await otis.picks('Sign out')
  await otis.sees('You are signed out.')
  await otis.opens('/o/local-100/members')
  await otis.arrivesAt('Sign in')
})

test('an outside address behind "next" is not followed', async () => {
  const sam = await stage.stranger()
  await sam.opens('/login?next=//elsewhere.example/')
  await sam.types('E-mail', cast.staff)
  await sam.types('Password', castPassword)
  await sam.presses('Sign in')
  await sam.arrivesAt('Harbor Trades Local 100')
  expect(sam.page.url().startsWith(stage.url)).toBe(true)
})

test('a session that ended elsewhere leads to the sign-in page, says why, and goes on where one was', async () => {
  const first = await stage.stranger()
  await signIn(first, cast.treasurer)
  await first.opens('/o/local-100/members')
  await first.arrivesAt('Members')
  await first.page.context().clearCookies()
  first.trouble.expect(/^401 /)
  await first.follows('Home')
  await first.sees('Your session has ended. Sign in again to go on where you were.')
  await first.types('E-mail', cast.treasurer)
  await first.types('Password', castPassword)
  await first.presses('Sign in')
  await first.arrivesAt('Harbor Trades Local 100')
})
