import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import type { Person } from './person.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const otis = await stage.browserOf(cast.officer)
const olga = await stage.browserOf(cast.officer2)
const sam = await stage.browserOf(cast.staff)
const ben = await stage.has('members', {
  card_number: 'LO79001',
  first_name: 'Ben',
  last_name: 'Costa',
  state: 'active',
  phone: '555-0100',
  chapter: 'North',
})

/** Their network holds back what is told live, so they learn of others only when they save. */
async function hearsNothing({ page, trouble }: Person) {
  trouble.expect(/^net::ERR_FAILED (GET|POST) .*\/live/)
  await page.route(/\/live[/?]/, (route) => route.abort())
}

await hearsNothing(olga)
await hearsNothing(sam)

test('two people edit one member: the second sees what the first did, and decides', async () => {
  olga.trouble.expect(/^412 PATCH /)
  for (const person of [otis, olga]) {
    await person.opens(`/o/local-100/members/${ben.id}/edit`)
    await person.arrivesAt('Edit Costa, Ben')
  }
  await otis.types('Phone', '555-0111')
  await otis.types('Chapter', 'Harbor')
  await otis.presses('Save changes')
  await otis.arrivesAt('Costa, Ben')

  await olga.types('Phone', '555-0122')
  await olga.types('Preferred name', 'Benny')
  await olga.presses('Save changes')
  const dialog = olga.in('dialog', 'Somebody else changed this record')
  await dialog.sees('Otis Brandt saved changes while you were editing')
  const table = dialog.in('table')
  await expect
    .poll(() => table.rows())
    .toEqual(['Field Their value Your value', 'Phone 555-0111 555-0122', 'Chapter Harbor not changed by you'])
  await dialog.in('radiogroup', 'Phone').sees('Keep mine')
  await dialog.presses('Save')
  await olga.arrivesAt('Costa, Ben')
  await olga.sees('555-0122')
  await olga.sees('Benny')
  await olga.sees('Harbor')
})

test('whoever takes theirs loses only what both changed', async () => {
  sam.trouble.expect(/^412 PATCH /)
  for (const person of [otis, sam]) {
    await person.opens(`/o/local-100/members/${ben.id}/edit`)
    await person.arrivesAt('Edit Costa, Ben')
  }
  await otis.types('Phone', '555-0133')
  await otis.presses('Save changes')
  await otis.arrivesAt('Costa, Ben')
  await sam.types('Phone', '555-0144')
  await sam.types('Suffix', 'Jr.')
  await sam.presses('Save changes')
  const dialog = sam.in('dialog', 'Somebody else changed this record')
  await dialog.in('radiogroup', 'Phone').clicks('Take theirs')
  await dialog.presses('Save')
  await sam.arrivesAt('Costa, Ben')
  await sam.sees('555-0133')
  await sam.sees('Jr.')
  await sam.seesNo('555-0144')
})
