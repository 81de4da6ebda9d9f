import { expect, test } from 'vitest'
import { asOwner, cast, castPassword } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const sam = await stage.browserOf(cast.staff)

/** A quarter of an hour goes by since anybody showed who they are. */
const timePasses = () =>
  asOwner(stage.house, "update foundation.session set proved_at = proved_at - interval '15 minutes'")

test('an export asks once more who one is, and then comes', async () => {
  sam.trouble.expect(/^403 (HEAD|GET) .*\/members\/export$/, /^422 POST .*\/auth\/prove$/)
  await timePasses()
  await sam.opens('/o/local-100/members?filter[state]=suspended')
  await sam.seesA('table', 'Members')
  await sam.presses('Import and export')
  const file = sam.downloads(async () => {
    await sam.picks('As CSV')
    const dialog = sam.in('dialog', 'Is it you?')
    await dialog.hasFocusOn('textbox', 'Password')
    await dialog.types('Password', 'Not-the-password-1')
    await dialog.presses('Go on')
    await dialog.in('alert').sees('The password is not right.')
    await dialog.types('Password', castPassword)
    await dialog.presses('Go on')
  })
  expect((await file).name).toMatch(/^local-100-members-.*\.csv$/)
  await sam.seesNone('dialog')
})

test('within ten minutes it is not asked again', async () => {
  await sam.presses('Import and export')
  const { bytes } = await sam.downloads(() => sam.picks('As CSV'))
  expect(bytes.toString()).toContain('suspended')
})

test('whoever does not want to is left where they were, and told of no fault', async () => {
  await timePasses()
  await sam.presses('Import and export')
  await sam.picks('As CSV')
  await sam.in('dialog', 'Is it you?').presses('Not now')
  await sam.seesNone('dialog', 'Is it you?')
  await sam.arrivesAt('Members')
  await sam.seesNo('That did not work')
})
