import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { onBehalfOf, scopeOf } from './jobs.ts'
import { runImport, startRun } from './run.ts'
import { bringIn, settled, upload } from './testing/upload.ts'
import { undoImport } from './undo.ts'

let house: TestHouse
let officer: Voice
beforeAll(async () => {
  house = await openHouse()
  officer = await house.as('officer@riverside.example')
})
afterAll(() => house.close())

const file = (card: string) => `Card No,Last name,First name\n${card},Ash,Ann\n`
const scope = async () => scopeOf(house.engine, onBehalfOf(await house.caller('riverside')))

/** Lets the transaction after so many others fail. */
async function failing<Value>(after: number, error: Error, work: () => Promise<Value>): Promise<Value> {
  const { database } = house.engine
  const real = database.transaction.bind(database)
  let left = after
  database.transaction = (async (...args: Parameters<typeof real>) => {
    if (left-- === 0) throw error
    return await real(...args)
  }) as typeof real
  return await work().finally(() => (database.transaction = real))
}

async function started(card: string): Promise<string> {
  const { id } = (await upload(officer, 'riverside', file(card))).json()
  const running = await scope()
  await house.engine.database.transaction(running.access, (transaction) => startRun(running, transaction, id))
  return id
}

describe('a run that breaks off', () => {
  test.each([
    ['a deadlock', '40P01'],
    ['a lost connection', '08006'],
  ])('for %s stays running, so that the next try goes on', async (_, code) => {
    const id = await started(code)
    const broken = Object.assign(new Error('passing'), { code })
    await expect(failing(0, broken, async () => runImport(await scope(), id))).rejects.toThrow('passing')
    expect((await officer.get(`/imports/${id}`)).json()).toMatchObject({ state: 'running', error: null })
    expect(await runImport(await scope(), id)).toMatchObject({ state: 'done', imported: 1 })
  })

  test('for a fault says so', async () => {
    const id = await started('F-1')
    await expect(failing(0, new Error('fault'), async () => runImport(await scope(), id))).rejects.toThrow('fault')
    expect((await officer.get(`/imports/${id}`)).json()).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('interrupted'),
    })
  })

  test('because its list is gone says so too, and an undo likewise', async () => {
    const id = await started('G-1')
    const registry = Object.assign(Object.create(house.engine.registry), { resources: new Map(), paths: new Map() })
    const gone = { ...(await scope()), registry }
    await expect(runImport(gone, id)).rejects.toThrow('no list')
    expect((await officer.get(`/imports/${id}`)).json()).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('no list'),
    })
    await asOwner(house, `update foundation.import set state = 'undoing' where id = '${id}'`)
    await expect(undoImport(gone, id)).rejects.toThrow('no list')
    expect((await officer.get(`/imports/${id}`)).json()).toMatchObject({
      state: 'done',
      error: expect.stringContaining('no list'),
    })
  })
})

test('what is done with an import is in the audit, with who did it, and no row of the file', async () => {
  await house.engine.startWork()
  const at = await bringIn(officer, 'riverside', file('T-1'))
  await officer.post(`${at}/undo`)
  await settled(officer, at)
  await officer.patch(at, { mapping: { columns: { 'First name': 'preferred_name' } } })
  await officer.delete(at)
  const trail = (await officer.get(`/audit?filter[record]=${at.split('/').at(-1)}&sort=at&limit=50`)).json().data
  const [{ user_id: me }] = await asOwner<{ user_id: string }>(
    house,
    "select id as user_id from foundation.user where email = 'officer@riverside.example'",
  ).then((rows) => rows as [{ user_id: string }])
  expect(new Set(trail.map(({ actor }: { actor: string }) => actor))).toEqual(new Set([me]))
  const states = trail.map(({ changes }: { changes: { state?: [unknown, unknown] } }) => changes.state?.[1] ?? null)
  expect(states).toEqual(['reading', 'ready', 'running', 'done', 'undoing', 'undone', null, null])
  expect(trail[0]).toMatchObject({ act: 'create', resource: 'foundation.import' })
  expect(trail[6].changes).toEqual({ mapping: [expect.anything(), expect.anything()] })
  expect(trail[7].act).toBe('delete')
  expect(JSON.stringify(trail)).not.toContain('Ash')
})

test('pages are asked for as in every list', async () => {
  const at = await bringIn(officer, 'riverside', `${file('P-1')}P-1,Oak,Ola\nP-1,Elm,Eve\n`)
  for (const path of ['/imports', `${at}/refusals`]) {
    for (const limit of ['abc', '0', '201'])
      expect((await officer.get(`${path}?limit=${limit}`)).json()).toMatchObject({ status: 422, code: 'bad_limit' })
    const first = (await officer.get(`${path}?limit=1`)).json()
    expect((await officer.get(`${path}?limit=1&after=${first.page.next}`)).json().data).not.toEqual(first.data)
    for (const after of ['nonsense', '2', crypto.randomUUID()])
      expect((await officer.get(`${path}?after=${after}`)).json()).toMatchObject({ status: 400, code: 'bad_cursor' })
  }
})
