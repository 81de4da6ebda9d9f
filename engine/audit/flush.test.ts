import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, asServer, cast, openHouse, type TestHouse } from '@commonhall/engine/testing'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const count = async (kind: string) =>
  (
    await asOwner<{ n: number }>(house, 'select count(*)::integer as n from foundation.audit_entry where act = $1', [
      kind,
    ])
  )[0]?.n ?? 0

test('what waits is written when the house closes', async () => {
  const other = await openHouse()
  const staff = await other.as(cast.staff)
  await staff.get('/audit')
  await other.engine.watch.close()
  const [row] = await asOwner<{ n: number }>(
    other,
    "select count(*)::integer as n from foundation.audit_entry where act = 'denied'",
  )
  expect(row?.n).toBe(1)
  await other.close()
})

test('it is written by itself a moment later, and no request waits for it', async () => {
  const staff = await house.as(cast.staff)
  await staff.get('/audit')
  await expect.poll(() => count('denied')).toBe(1)
})

test('while the trail cannot be written, nothing is lost', async () => {
  const staff = await house.as(cast.staff)
  await house.engine.watch.flush()
  const before = await count('read')
  await asOwner(house, 'alter table foundation.audit_entry rename to audit_entry_away')
  await staff.get('/members?filter[birth_on][empty]=false&limit=3')
  await expect(house.engine.watch.flush()).rejects.toThrow('audit_entry')
  await asOwner(house, 'alter table foundation.audit_entry_away rename to audit_entry')
  await house.engine.watch.flush()
  expect(await count('read')).toBe(before + 1)
})

test('the functions of the server add such lines alone, and name nobody but whose session it is', async () => {
  const forged = { session: randomUUID(), slug: 'local-100', resource: 'x', operation: 'GET /', address: '10.0.0.1' }
  const before = await count('denied')
  await asServer(house, null, 'select foundation.note_denied($1)', [JSON.stringify([forged])])
  expect(await count('denied')).toBe(before)
  const [session] = await asOwner<{ id: string; org: string }>(
    house,
    `select s.id, o.id as org from foundation.session s, foundation.org o where o.slug = 'local-100' limit 1`,
  )
  const read = { session: session?.id, org: session?.org, act: 'delete', resource: 'members.member', detail: {} }
  await asServer(house, null, 'select foundation.note_reads($1)', [JSON.stringify([read])])
  expect(await count('delete')).toBe(0)
})
