import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()

test.each([
  ['a member', cast.member, ['Elections', 'Proposals']],
  ['the staff', cast.staff, ['Elections', 'Proposals']],
  ['the board', cast.admin, ['Elections', 'Proposals', 'Rule sets']],
])('governance offers %s what they decide on, not the lists behind it', async (_who, email, offered) => {
  const person = await stage.browserOf(email)
  await person.opens('/o/local-100/proposals')
  await person.arrivesAt('Proposals')
  const part = person.page
    .getByRole('navigation', { name: 'Main navigation' })
    .locator('div')
    .filter({ has: person.page.getByRole('heading', { name: 'Governance', exact: true }) })
    .last()
  const links = async () => (await part.getByRole('link').allInnerTexts()).map((label) => label.trim()).toSorted()
  await expect.poll(links).toEqual(offered)
})
