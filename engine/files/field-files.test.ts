import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, notebook, openHouse, type TestHouse, type Voice, voiceOf } from '@commonhall/engine/testing'
import { bringIn } from '../imports/testing/upload.ts'
import { openSheet } from '../sheets/index.ts'
import { Cabinet } from './testing/cabinet.ts'

let house: TestHouse
let cabinet: Cabinet
let admin: Voice
let staff: Voice

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  cabinet = new Cabinet(house)
  admin = await house.as(cast.admin)
  staff = await house.as(cast.staff)
})
afterAll(() => house.close())

const photo = (voice: Voice, more: Readonly<Record<string, string>> = {}, name = 'photo.png') =>
  cabinet.uploaded(voice, { resource: 'entries', field: 'photo', ...more }, { name })
const make = async (voice: Voice, fields: object) => await voice.post('/entries', { title: 'Page', ...fields })
const fileOf = async (id: string) => (await admin.get(`/files/${id}`)).json()

describe('a file that was uploaded for a field', () => {
  test("is its uploader's alone until a record is saved with it, and then the record's", async () => {
    const id = await photo(staff)
    expect((await staff.get(`/files/${id}`)).json()).toMatchObject({
      record: null,
      field: 'photo',
      can: { update: true },
    })
    expect((await admin.get(`/files/${id}`)).statusCode).toBe(404)
    const made = await make(staff, { photo: id })
    expect(made.json()).toMatchObject({ photo: id, titles: { photo: 'photo.png' } })
    expect(await fileOf(id)).toMatchObject({ record: made.json().id, titles: { record: 'Page' } })
  })

  test('is not seen by a key of theirs that may not save such records, nor by them once they may not', async () => {
    const page = (scopes: string[]) => admin.post('/api-keys', { name: 'Page', scopes })
    const program = async (...scopes: string[]) => voiceOf(house.app, (await page(scopes)).json().key, 'local-100')
    const mine = await photo(admin)
    const narrow = await program('foundation.file.read')
    expect((await narrow.get('/files?filter[field]=photo')).json().data).toEqual([])
    for (const way of ['', '/content', '/versions']) {
      expect((await narrow.get(`/files/${mine}${way}`)).statusCode).toBe(404)
    }
    const filling = await program('foundation.file.read', 'notebook.entry.read', 'notebook.entry.create')
    expect((await filling.get(`/files/${mine}`)).statusCode).toBe(200)
    const theirs = await photo(staff)
    const change = (to: string) =>
      asOwner(house, `update foundation.role set changes = changes || $1 where name = 'staff'`, [
        Object.fromEntries(['create', 'update'].map((act) => [`notebook.entry.${act}`, to === 'on'])),
      ])
    await change('off')
    expect((await staff.get(`/files/${theirs}`)).statusCode).toBe(404)
    await change('on')
    expect((await staff.get(`/files/${theirs}`)).statusCode).toBe(200)
  })

  test('stands in place of the one before, which is put away, and back again', async () => {
    const [first, second] = [await photo(staff), await photo(staff)]
    const { id } = (await make(staff, { photo: first })).json()
    await staff.patch(`/entries/${id}`, { photo: second })
    expect([(await fileOf(first)).archived_at, (await fileOf(second)).archived_at]).toEqual([expect.any(String), null])
    expect((await staff.patch(`/entries/${id}`, { photo: first })).statusCode).toBe(200)
    expect([(await fileOf(first)).archived_at, (await fileOf(second)).archived_at]).toEqual([null, expect.any(String)])
    await staff.patch(`/entries/${id}`, { photo: null })
    expect((await fileOf(first)).archived_at).toEqual(expect.any(String))
  })

  test('goes out of it by a change of the record alone', async () => {
    const file = await photo(staff)
    await make(staff, { photo: file })
    const refused = (await staff.delete(`/files/${file}`)).json()
    expect(refused).toMatchObject({ status: 409, detail: expect.stringContaining('“Photo”') })
    expect((await fileOf(file)).can.archive).toBe(refused.detail)
  })

  test('gets a new version there', async () => {
    const file = await photo(staff)
    await make(staff, { photo: file })
    await cabinet.uploaded(staff, { file }, { name: 'better.png' })
    expect(await fileOf(file)).toMatchObject({ versions: 2, archived_at: null })
  })
})

describe('a field takes no file', () => {
  const refusal = { status: 422, errors: [{ path: 'photo', code: 'not_for_field' }] }

  test('that somebody else uploaded', async () => {
    expect((await make(admin, { photo: await photo(staff) })).json()).toMatchObject(refusal)
  })

  test("that is another record's, or an attachment, or none at all", async () => {
    const file = await photo(staff)
    const { id } = (await make(staff, { photo: file })).json()
    expect((await make(staff, { photo: file })).json()).toMatchObject(refusal)
    const attached = await cabinet.attach(staff, `/entries/${id}`)
    expect((await staff.patch(`/entries/${id}`, { photo: attached })).json()).toMatchObject(refusal)
    expect((await make(staff, { photo: crypto.randomUUID() })).json()).toMatchObject(refusal)
  })

  test('that is held, and says why', async () => {
    const reply = await cabinet.upload(staff, { resource: 'entries', field: 'photo' })
    await cabinet.judge('held')
    const id = String(reply.headers['content-location']).split('/').at(-1)
    const refused = (await make(staff, { photo: id })).json()
    expect(refused).toMatchObject({ status: 422, errors: [{ path: 'photo', code: 'field_held' }] })
  })

  test('from a person who may not change such records', async () => {
    const treasurer = await house.as(cast.treasurer)
    const reply = await cabinet.upload(treasurer, { resource: 'entries', field: 'photo' })
    expect(reply.statusCode).toBe(403)
    expect((await cabinet.upload(staff, { resource: 'entries', field: 'title' })).statusCode).toBe(404)
  })
})

describe('in sheets', () => {
  const cellsOf = async (format: string) => {
    const reply = await staff.get(`/entries/export?format=${format}&filter[tags]=sheet`)
    const sheet = await openSheet(
      (async function* () {
        yield await Promise.resolve(reply.rawPayload)
      })(),
    )
    return (await Array.fromAsync(sheet.rows())).map(({ cells }) => cells)
  }

  test.each(['csv', 'xlsx'])('a file stands as its name and tags as words, in %s', async (format) => {
    await make(staff, { title: format, photo: await photo(staff, {}, `${format}.png`), tags: ['sheet', format] })
    const row = (await cellsOf(format)).find((cells) => cells[0] === format)
    expect(row).toEqual(expect.arrayContaining([`${format}.png`, `sheet, ${format}`]))
  })

  test('an import brings tags in, and leaves files alone', async () => {
    await house.engine.startWork()
    await asOwner(house, `update foundation.role set changes = changes || '{"notebook.entry.import": true}'`)
    const roll = 'Title,Photo,Tags\nImported,photo.png,"brought in, =1+1, O""Hara \\ Sons"\n'
    await bringIn(staff, 'local-100', roll, { resource: 'entries' })
    const [row] = (await staff.get('/entries?filter[tags]=brought in')).json().data
    expect(row).toMatchObject({ title: 'Imported', photo: null, tags: ['brought in', '=1+1', 'O"Hara \\ Sons'] })
  })
})
