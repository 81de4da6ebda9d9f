import { Readable } from 'node:stream'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { asOwner, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { findOrg, houseCaller, importFile, inviteAsHouse, verifyHouse } from '../index.ts'
import { withDatabase } from '../database/provision.ts'
import { checksumOf } from './testing/checksum.ts'
import { fill, idOf } from './testing/riverside.ts'

let house: TestHouse
let client: pg.Client
let riverside: string
let before: string

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  await fill(house)
  await house.engine.watch.flush()
  riverside = await idOf(house, 'riverside')
  client = new pg.Client(withDatabase(inject('postgres'), new URL(house.ground.ownerUrl).pathname.slice(1)))
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await house.close()
})
beforeEach(async () => void (before = await checksumOf(client, riverside)))

const isUntouched = async () => (await checksumOf(client, riverside)) === before

test('bringing a file into Local 100 from the command line touches nothing of Riverside', async () => {
  const org = (await findOrg(house.engine.database, 'local-100'))!
  const { result } = await importFile(house.engine, houseCaller(org, 'command', { name: 'Command line' }), {
    resource: 'members',
    name: 'roll.csv',
    bytes: Readable.from([Buffer.from('Card No,Last name,First name\nCL-1,Ash,Ann\n')]),
    map: {},
    dryRun: false,
  })
  expect(result).toMatchObject({ imported: 1 })
  const made = await asOwner(house, "select org_id from members.member where card_number = 'CL-1'")
  expect([made, await isUntouched()]).toEqual([[{ org_id: org.id }], true])
})

test('inviting into Local 100, also somebody of Riverside, touches nothing of Riverside', async () => {
  const wanted = { org: 'local-100', email: 'member@riverside.example', role: 'admin', name: 'Max' }
  await inviteAsHouse(house, wanted)
  const invited = await asOwner(
    house,
    "select org_id from foundation.issued_invitation where email = 'member@riverside.example'",
  )
  expect([invited, await isUntouched()]).toEqual([[{ org_id: await idOf(house, 'local-100') }], true])
})

test('verifying the trail of Local 100 tells of no other, and changes none', async () => {
  const { orgs } = await verifyHouse(house, 'local-100', [])
  expect([orgs.map(({ org }) => org), await isUntouched()]).toEqual([['local-100'], true])
})

test('this check can fail: one change to one row of Riverside, or of one of its people, is seen', async () => {
  const changes = [
    "update members.member set notes = 'x' where id = (select id from members.member where org_id = $1 limit 1)",
    "update foundation.org set accent = 'plum' where id = $1",
    `update foundation.user set name = name || '.' where id = (
      select user_id from foundation.membership where org_id = $1 limit 1)`,
  ]
  for (const change of changes) {
    await client.query('begin')
    await client.query(change, [riverside])
    expect([change, await isUntouched()]).toEqual([change, false])
    await client.query('rollback')
  }
})
