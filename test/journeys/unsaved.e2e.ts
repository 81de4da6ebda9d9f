import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const sam = await stage.browserOf(cast.staff)

test('a form in which nothing was typed is left without a question', async () => {
  await sam.opens('/o/local-100/members/new')
  await sam.arrivesAt('New member')
  await sam.follows('Cancel')
  await sam.arrivesAt('Members')
})

test('what was typed is not lost by a wrong click', async () => {
  await sam.follows('New member')
  await sam.types('Last name', 'Half-typed')
  await sam.in('navigation', 'Main navigation').follows('Households')
  const question = sam.in('dialog', 'Leave without saving?')
  await question.presses('Keep editing')
  await sam.seesNone('dialog')
  await expect.poll(() => sam.reads('Last name')).toBe('Half-typed')
})

test('nor by the back button, nor by closing the tab', async () => {
  await sam.page.goBack()
  await sam.in('dialog', 'Leave without saving?').presses('Keep editing')
  await sam.seesNone('dialog')
  await expect.poll(() => sam.reads('Last name')).toBe('Half-typed')
  const asked: string[] = []
  sam.page.once('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  await sam.page.evaluate(() => void setTimeout(() => location.reload()))
  await expect.poll(() => asked).toEqual(['beforeunload'])
  await expect.poll(() => sam.reads('Last name')).toBe('Half-typed')
})

test('whoever wants to leave, leaves', async () => {
  await sam.in('navigation', 'Main navigation').follows('Households')
  await sam.presses('Leave without saving')
  await sam.arrivesAt('Households')
})
