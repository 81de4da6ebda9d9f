import { test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const otis = await stage.browserOf(cast.officer)
const sam = await stage.browserOf(cast.staff)
const ann = await stage.has('members', {
  card_number: 'LO78001',
  first_name: 'Ann',
  last_name: 'Adeyemi',
  state: 'applicant',
})
const page = `/o/local-100/members/${ann.id}`
const notYours = 'Your role does not include this. Ask an administrator of your organization if you need it.'

test('staff see what is not theirs to do, and why', async () => {
  await sam.opens(page)
  await sam.arrivesAt('Adeyemi, Ann')
  await sam.presses('More acts')
  await sam.seesA('menuitem', `Withdraw ${notYours}`)
  await sam.in('menu').sees(notYours)
  await sam.hits('Escape')
  await sam.seesNone('menu')
})

test('an officer admits an applicant', async () => {
  await otis.opens(page)
  await otis.arrivesAt('Adeyemi, Ann')
  await otis.sees('Applicant')
  await otis.presses('Admit')
  const dialog = otis.in('dialog', 'Admit')
  await dialog.presses('Admit')
  await otis.sees('Adeyemi, Ann is now active.')
  await otis.in('region', /^Standing history/).sees('Active')
  await otis.seesNone('button', 'Admit')
})

test('a suspension needs its reason, and the reason stays in the history', async () => {
  await otis.presses('More acts')
  await otis.picks('Suspend')
  const dialog = otis.in('dialog', 'Suspend')
  await dialog.presses('Suspend')
  await dialog.sees('Reason is needed.')
  await dialog.types('Reason', 'Dues unpaid since March')
  await dialog.presses('Suspend')
  await otis.sees('Adeyemi, Ann is now suspended.')
  await otis.seesNone('dialog')
  await otis.in('region', /^Standing history/).sees('Dues unpaid since March')
  await otis.in('complementary', 'History').sees('Otis Brandt chose “suspend”')
})
