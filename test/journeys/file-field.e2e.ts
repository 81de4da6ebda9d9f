import { expect, test } from 'vitest'
import { cast, notebook } from '@commonhall/engine/testing'
import { photo } from '../../engine/files/previews/testing/photos.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage([notebook])
const sam = await stage.browserOf(cast.staff)

test('a form takes words as tags, and a photo that is sent while one goes on typing', async () => {
  await sam.opens('/o/local-100/entries/new')
  await sam.types('Title', 'The leak')
  await sam.find('textbox', 'Tags').click()
  await sam.writes('roof,north side')
  await sam.hits('Enter')
  await sam.seesA('button', 'Remove north side')
  await sam.writes('wrong,')
  await sam.presses('Remove wrong')
  await sam.hasFocusOn('textbox', 'Tags')
  // What is still being typed counts too.
  await sam.writes('urgent')
  const chooser = sam.page.waitForEvent('filechooser')
  await sam.in('group', 'Photo').presses('Choose a file')
  await (await chooser).setFiles({ name: 'leak.jpg', mimeType: 'image/jpeg', buffer: await photo() })
  await sam.sees('leak.jpg')
  await sam.in('group', 'Photo').seesA('button', 'Replace')
  await sam.meetsNoBarrier('a form with tags and a photo')
  await sam.presses('Create entry')
  await sam.arrivesAt('The leak')
})

test('the record shows both, and leads to the photo', async () => {
  await sam.sees('urgent')
  await sam.sees('north side')
  await sam.follows('leak.jpg')
  await sam.arrivesAt('leak.jpg')
  await sam.follows('The leak')
  await sam.arrivesAt('The leak')
})

test('what is no photo is refused beside its field, and what was there stays', async () => {
  await sam.presses('Edit')
  const chooser = sam.page.waitForEvent('filechooser')
  await sam.in('group', 'Photo').presses('Replace')
  await (await chooser).setFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') })
  await sam.sees(/Files of this kind are not taken/)
  await sam.in('group', 'Photo').sees('leak.jpg')
  await sam.presses('Remove leak.jpg')
  await sam.presses('Save changes')
  await sam.arrivesAt('The leak')
  await expect.poll(() => sam.figure('Photo')).toBe('–')
})

test('the list is narrowed to a tag, with the word that is still being typed', async () => {
  await sam.opens('/o/local-100/files')
  await sam.arrivesAt('Files')
  await sam.meetsNoBarrier('the page of all files')
  await sam.in('group', 'Filters').presses('Tags')
  await sam.hasFocusOn('textbox', /Tags/)
  await sam.writes('nothing-like-this')
  await sam.presses('Apply')
  await sam.sees('No files match')
  await expect.poll(() => sam.page.url()).toContain('nothing-like-this')
})
