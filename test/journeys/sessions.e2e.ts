import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import type { Person } from './person.ts'
import { raiseStage, signIn } from './stage.ts'

const stage = await raiseStage()
const [desk, phone] = [await stage.stranger(), await stage.stranger({ device: 'phone' })]

/** Out with the next click, or before it: whoever listens live is sent away within seconds. */
async function isOut(person: Person, click: () => Promise<void>): Promise<void> {
  await Promise.race([click().catch(() => {}), person.arrivesAt('Sign in')])
  await person.arrivesAt('Sign in')
}

test('somebody sees where they are signed in and ends one session: that browser is out on its next click', async () => {
  await signIn(phone, cast.staff)
  await signIn(desk, cast.staff)
  await desk.opens('/account')
  const there = desk.in('region', 'Where you are signed in')
  await there.sees('this browser')
  await expect.poll(() => there.rows('listitem')).toHaveLength(2)
  phone.trouble.expect(/^401 /)
  await there.presses(/^End the session of /)
  await desk.sees(/^The session of .* is ended\.$/)
  await expect.poll(async () => (await there.rows('listitem')).length).toBe(1)
  await isOut(phone, async () => {
    await phone.presses('Open the menu')
    await phone.in('dialog', 'Main navigation').follows('Members')
  })
  await phone.sees('Your session has ended. Sign in again to go on where you were.')
})

test('all others end at once, and this one stays', async () => {
  await signIn(phone, cast.staff)
  const third = await stage.stranger()
  await signIn(third, cast.staff)
  await desk.opens('/account')
  third.trouble.expect(/^401 /)
  await desk.presses('End all others')
  await desk.sees('2 sessions are ended.')
  await isOut(third, () => third.follows('Members'))
  await desk.page.reload()
  await desk.arrivesAt('Your account')
})
