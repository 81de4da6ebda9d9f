import { expect, test } from 'vitest'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()

test('every letter can be looked at, read by everybody, and fits the smallest phone', async () => {
  const reader = await stage.stranger()
  await reader.opens('/dev/mail/preview')
  const names = await reader.page
    .locator('nav.side a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  expect(names.length).toBeGreaterThan(20)
  await reader.meetsNoBarrier('the list of letters')
  await reader.follows('Receipts for payments')
  await reader.arrivesAt('Receipts for payments')
  await reader.page
    .frameLocator('iframe[title="Phone, dark"]')
    .getByRole('link', { name: 'See your payments' })
    .waitFor()
  await reader.meetsNoBarrier('the page of a letter')
  await reader.scrollsOnlyDown('the page of a letter')

  // In its frame a letter runs no script, and axe is one: so it is looked at on a page of its own.
  const letters = await Promise.all(
    names.map(async (name) => await (await reader.page.request.get(`${stage.url}${name}/html`)).text()),
  )
  const asMail = await stage.stranger()
  await asMail.page.setViewportSize({ width: 320, height: 640 })
  for (const [at, letter] of letters.entries()) {
    const name = names[at] ?? ''
    await asMail.page.emulateMedia({ colorScheme: at % 2 ? 'dark' : 'light' })
    await asMail.page.setContent(letter)
    await asMail.scrollsOnlyDown(name)
    await asMail.meetsNoBarrier(name, [
      'color-contrast',
      'empty-heading',
      'html-has-lang',
      'link-name',
      'aria-valid-attr-value',
      'aria-hidden-focus',
      'document-title',
      'list',
      'meta-viewport',
      'presentation-role-conflict',
    ])
  }
})
