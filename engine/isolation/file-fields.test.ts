import { afterAll, beforeAll, expect, test } from 'vitest'
import { allow, own, type RoleName, roleNames } from '@commonhall/kernel'
import { asOwner, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { Cabinet } from '../files/testing/cabinet.ts'

/**
 * A file in a field with a rule of its own × every role × every door, and its id in the hands of another org. Each role
 * may read the record itself: only the field's rule stands between a person and the file.
 */
const readers: readonly RoleName[] = ['admin', 'treasurer']
const photo = { 'notebook.entry.photo.read': allow('admin', 'treasurer').or(own('about')) }
const strict = {
  ...notebook,
  rules: { ...notebook.rules, 'notebook.entry.read': allow(...roleNames), ...photo },
} as typeof notebook

const canary = 'canary of a photo'

let house: TestHouse
let entry: string
let file: string
const voices = new Map<RoleName, Voice>()

beforeAll(async () => {
  house = await openHouse({ modules: [strict] })
  for (const role of roleNames) voices.set(role, await house.as(`${role}@riverside.example`))
  const admin = voices.get('admin')!
  const cabinet = new Cabinet(house)
  file = await cabinet.uploaded(
    admin,
    { resource: 'entries', field: 'photo', caption: canary },
    { name: `${canary}.png` },
  )
  const [other] = await asOwner<{ id: string }>(
    house,
    `select m.id from members.member m join foundation.org o on o.id = m.org_id and o.slug = 'riverside'
    where not exists (select from foundation.membership b where b.member_id = m.id) order by m.id limit 1`,
  )
  const reply = await admin.post('/entries', { title: 'With a photo', about: other?.id, photo: file })
  expect(reply.statusCode, reply.body).toBe(201)
  entry = reply.json().id
})
afterAll(() => house.close())

const doors: Readonly<Record<string, (voice: Voice) => Promise<{ readonly body: string }>>> = {
  'the record': (voice) => voice.get(`/entries/${entry}`),
  'the list': (voice) => voice.get('/entries'),
  'the export': (voice) => voice.get('/entries/export'),
  'the file': (voice) => voice.get(`/files/${file}`),
  'all files': (voice) => voice.get('/files'),
  'the search': (voice) => voice.get('/files?q=canary'),
  'the files of the record': (voice) => voice.get(`/files?filter[record]=${entry}`),
  'its versions': (voice) => voice.get(`/files/${file}/versions`),
  'its content': (voice) => voice.get(`/files/${file}/content`),
  'its picture': (voice) => voice.get(`/files/${file}/view`),
  'a link to it': (voice) => voice.post(`/files/${file}/link`, { minutes: 15 }),
  'a change of it': (voice) => voice.patch(`/files/${file}`, { caption: 'Mine' }),
  'the history': (voice) => voice.get(`/entries/${entry}/history`),
  'the audit trail': (voice) => voice.get(`/audit?filter[record]=${entry}`),
}

test.each(roleNames.filter((role) => !readers.includes(role)))('%s sees nothing of it by any door', async (role) => {
  for (const [door, go] of Object.entries(doors)) {
    const { body } = await go(voices.get(role)!)
    expect([door, body.includes(canary), body.includes(file)]).toEqual([door, false, false])
  }
})

test.each(readers)('%s sees it', async (role) => {
  for (const door of ['the record', 'the file', 'all files', 'its versions']) {
    const { body } = await doors[door]!(voices.get(role)!)
    expect([door, body.includes(canary)]).toEqual([door, true])
  }
})

test('to another organization it is a file that nobody has', async () => {
  const stranger = await house.as('admin@local-100.example')
  const nobody = crypto.randomUUID()
  const told = async (id: string) => {
    const replies = [
      await stranger.get(`/files/${id}`),
      await stranger.get(`/files/${id}/content`),
      await stranger.patch(`/files/${id}`, { caption: 'Mine' }),
      await stranger.delete(`/files/${id}`),
      await stranger.post(`/files/${id}/link`, { minutes: 15 }),
      await stranger.post('/entries', { title: 'Theirs', photo: id }),
    ]
    return replies.map(({ statusCode, body }) => [
      statusCode,
      body.replace(/"request_id":"[^"]*"/, '').replaceAll(id, ''),
    ])
  }
  const theirs = await told(file)
  expect(theirs.map(([status]) => status)).toEqual([404, 404, 404, 404, 404, 422])
  expect(theirs).toEqual(await told(nobody))
})
