import { expect, test } from 'vitest'
import { cast, castPassword } from '@commonhall/engine/testing'
import type { Person } from './person.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()

async function tries(person: Person, email: string, password: string): Promise<string> {
  await person.types('E-mail', email)
  await person.types('Password', password)
  const answered = person.page.waitForResponse(/\/auth\/login$/)
  await person.presses('Sign in')
  await (await answered).finished()
  await person.seesA('alert')
  return await person.find('alert').innerText()
}

async function atTheDoor(): Promise<Person> {
  const person = await stage.stranger()
  person.trouble.expect(/^401 POST .*\/auth\/login$/)
  await person.opens('/login')
  return person
}

test('a wrong password and an address that nobody has are told in the same words', async () => {
  const guesser = await atTheDoor()
  const wrong = await tries(guesser, cast.treasurer, 'Not-the-password-1')
  const unknown = await tries(guesser, 'nobody@local-100.example', 'Not-the-password-1')
  expect(wrong).toBe('The e-mail address or the password is not right.')
  expect(unknown).toBe(wrong)
})

test('the address stays typed, the wrong password is marked to be typed over, and the right one gets in', async () => {
  const tess = await atTheDoor()
  await tries(tess, cast.treasurer, 'Not-the-password-1')
  await expect.poll(() => tess.reads('E-mail')).toBe(cast.treasurer)
  await tess.hasFocusOn('textbox', 'Password')
  await tess.writes(castPassword)
  await tess.hits('Enter')
  await tess.arrivesAt('Harbor Trades Local 100')
})

test('after five wrong tries there is a pause, for an address that nobody has as well', async () => {
  const guesser = await atTheDoor()
  guesser.trouble.expect(/^429 POST .*\/auth\/login$/)
  for (const email of [cast.organizer, 'stranger@local-100.example']) {
    for (let time = 1; time <= 5; time++) {
      expect(await tries(guesser, email, `Not-the-password-${time}`), `try ${time}`).toContain('is not right')
    }
    expect(await tries(guesser, email, castPassword)).toMatch(
      /^Too many tries\. Wait \d+ minutes, then try again\. A passkey still gets you in\.$/,
    )
  }
})
