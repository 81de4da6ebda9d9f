import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse, type Voice, voiceOf } from '@commonhall/engine/testing'
import { Cabinet } from '../files/testing/cabinet.ts'

let house: TestHouse
let admin: Voice
let cabinet: Cabinet
let member: string
let unit: string

/** A program with a key of these scopes. */
async function program(...scopes: string[]): Promise<Voice> {
  const reply = await admin.post('/api-keys', { name: scopes.join(), scopes })
  expect(reply.statusCode, reply.body).toBe(201)
  return voiceOf(house.app, reply.json().key, 'riverside')
}

const names = async (voice: Voice) =>
  (await voice.get('/files'))
    .json()
    .data.map(({ name }: { name: string }) => name)
    .toSorted()

beforeAll(async () => {
  house = await openHouse()
  admin = await house.as('admin@riverside.example')
  cabinet = new Cabinet(house)
  member = (await admin.get('/members?limit=1')).json().data[0].id
  unit = (await admin.get('/units?limit=1')).json().data[0].id
  await cabinet.attach(admin, `/members/${member}`, { name: 'card.txt' })
  await cabinet.attach(admin, `/units/${unit}`, { name: 'leak.txt' })
})
afterAll(() => house.close())

test('a key sees files of those records alone whose files it may read', async () => {
  const ofMembers = await program('foundation.file.read', 'members.member.read', 'members.member.read-files')
  expect(await names(ofMembers)).toEqual(['card.txt'])
  const ofUnits = await program('foundation.file.read', 'housing.unit.read', 'housing.unit.read-files')
  expect(await names(ofUnits)).toEqual(['leak.txt'])
  expect(await names(await program('foundation.file.read'))).toEqual([])
  expect(await names(await program('foundation.file.read', 'members.member.read'))).toEqual([])
})

test('without the right to files it has no list of them, whatever it may do with records', async () => {
  const voice = await program('members.member.read', 'members.member.update')
  expect((await voice.get('/files')).statusCode).toBe(403)
})

test('to attach is a scope of its own', async () => {
  const reads = ['foundation.file.read', 'members.member.read', 'members.member.read-files']
  const [file] = (await admin.get('/files?q=card')).json().data
  const reader = await program(...reads)
  expect((await cabinet.send(reader, `/members/${member}`)).statusCode).toBe(403)
  expect((await reader.patch(`/files/${file.id}`, { caption: 'Mine' })).statusCode).toBe(403)
  expect((await reader.delete(`/files/${file.id}`)).statusCode).toBe(403)
  const keeper = await program(...reads, 'members.member.attach')
  expect((await cabinet.send(keeper, `/members/${member}`)).statusCode).toBe(201)
  expect((await keeper.patch(`/files/${file.id}`, { caption: 'Front' })).statusCode).toBe(200)
  expect((await keeper.patch(`/members/${member}`, { notes: 'x' })).statusCode).toBe(403)
})

test('the scopes are called in words', async () => {
  const { modules } = (await admin.get('/roles/matrix')).json() as {
    modules: { things: { name: string; permissions: { permission: string; label: string }[] }[] }[]
  }
  const labels = new Map(
    modules.flatMap(({ things }) =>
      things.flatMap(({ permissions }) => permissions.map(({ permission, label }) => [permission, label])),
    ),
  )
  expect(labels.get('members.member.attach')).toBe('Attach, change and delete files')
  expect(labels.get('members.member.read-files')).toBe('See files')
})
