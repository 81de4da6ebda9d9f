import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { put } from '../files/testing/put.ts'
import { tablesWith } from './testing/everywhere.ts'
import { giveAccount } from './testing/account.ts'

/** Stands in the name of each file that is about the member, and nowhere else. */
const word = 'zyxwvut'

let house: TestHouse
let admin: Voice
let pat: Voice
let member: string
let other: string
let entry: string

const bytesOf = async (text: string) => {
  const [org] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'riverside'")
  const sha256 = createHash('sha256').update(text).digest('hex')
  return await house.engine.files.stores.current.size({ org: org?.id ?? '', kind: 'content', sha256 })
}

const attach = (name: string, text: string, record: string, resource = 'members.member') =>
  put(house, { slug: 'riverside', name, bytes: text, record, resource })

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  await house.engine.startWork()
  admin = await house.as('admin@riverside.example')
  other = (await admin.get('/members?limit=1&filter[state]=applicant')).json().data[0].id
  const made = (await admin.post('/members', { card_number: 'F-1', last_name: 'Doe', first_name: 'Jo' })).json()
  member = made.id
  entry = (await admin.post('/entries', { title: 'About Jo', about: member })).json().id
  await attach(`${word} card.txt`, 'Card of Jo', member)
  await attach(`${word} shared.txt`, 'The rules', member)
  await attach('rules.txt', 'The rules', other)
  await attach('contract.txt', 'Contract', entry, 'notebook.entry')
  const [role] = (await admin.get('/roles?filter[name]=member')).json().data
  const [user] = await asOwner<{ id: string }>(
    house,
    "insert into foundation.user (email, name, password_hash) values ('jo@people.example', 'Jo', 'x') returning id",
  )
  await giveAccount(house, { user: user?.id ?? '', member, role: role.id, email: 'jo@people.example', word: 'Jo' })
  await asOwner(house, `update foundation.file set uploaded_by = $1, uploaded_by_name = '${word}' where record = $2`, [
    user?.id,
    other,
  ])
  await asOwner(
    house,
    `update foundation.file_version set uploaded_by = $1, uploaded_by_name = '${word}'
    where file_id in (select id from foundation.file where record = $2)`,
    [user?.id, other],
  )
  await asOwner(
    house,
    `insert into foundation.file_upload (org_id, uploaded_by, resource, record, name, size, store)
    select org_id, $1, 'members.member', id, '${word} half.txt', 5, 'disk' from members.member where id = $2`,
    [user?.id, member],
  )
  pat = await house.as('jo@people.example', 'riverside')
})
afterAll(() => house.close())

test('what is kept about a person lists the files of their records, with the way to their bytes', async () => {
  const reply = await pat.get(`/members/${member}/personal-data?format=json`)
  expect(reply.statusCode, reply.body).toBe(200)
  const files = reply.json().sections.find((one: { name: string }) => one.name === 'files')
  expect(files.rows.map((row: { name: string; of: string }) => [row.name, row.of]).toSorted()).toEqual([
    ['contract.txt', 'Entry'],
    [`${word} card.txt`, 'Member'],
    [`${word} shared.txt`, 'Member'],
  ])
  const [card] = files.rows.filter((row: { name: string }) => row.name.endsWith('card.txt'))
  expect(card.download).toMatch(/^http.*\/api\/v1\/orgs\/riverside\/files\/[0-9a-f-]{36}\/content$/)
  const page = (await pat.get(`/members/${member}/personal-data`)).body
  expect(page).toContain(`<a href="${card.download}">`)
  expect(page).not.toContain('rules.txt')
})

test('erasing says beforehand which files go, and which must be kept until when', async () => {
  await admin.post(`/members/${member}/withdraw`, { reason: 'Left' })
  const plan = (await admin.get(`/members/${member}/erasure`)).json()
  expect(plan.goes).toContainEqual({ what: 'Files', fields: ['2 files'] })
  expect(plan.stays).toContainEqual({
    what: 'Entry',
    fields: ['One file'],
    because: expect.stringMatching(/kept .*year/),
  })
})

test('a person who is erased takes their files along, but for the content that others have too', async () => {
  const changed = await admin.patch(`/files/${await fileCalled(`${word} card.txt`)}`, { caption: `${word} front` })
  expect(changed.statusCode, changed.body).toBe(200)
  const reply = await admin.post(`/members/${member}/erase`, { reason: 'They asked for it' })
  expect([reply.statusCode, reply.body]).toEqual([200, expect.stringContaining('erased')])
  await house.engine.watch.flush()
  expect(await tablesWith(house, [word])).toEqual([])
  const names = (await admin.get('/files')).json().data.map((row: { name: string }) => row.name)
  expect(names.toSorted()).toEqual(['contract.txt', 'rules.txt'])
  const [rules] = (await admin.get('/files?q=rules')).json().data
  expect(rules).toMatchObject({ uploaded_by_name: 'Erased person', record: other })
  await expect.poll(() => bytesOf('Card of Jo')).toBeNull()
  expect(await bytesOf('The rules')).toBe('The rules'.length)
  expect(await bytesOf('Contract')).toBe('Contract'.length)
})

async function fileCalled(name: string): Promise<string> {
  const [file] = await asOwner<{ id: string }>(house, 'select id from foundation.file where name = $1', [name])
  return file?.id ?? ''
}
