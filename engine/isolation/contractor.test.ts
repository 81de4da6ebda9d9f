import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Resource } from '@commonhall/kernel'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { catalog } from '@commonhall/modules/catalog'
import { registryOf } from '../boot.ts'
import { tableOf } from '../database/draft.ts'
import { harmless, isOfOrg, type Operation, operationsOf, shown } from './testing/operations.ts'

/**
 * The demo's contractor signs in: every operation × records of another contractor. What is another's is as unknown as
 * what is nowhere, and no reply has a word of it.
 */
const party = 'market-recovery.contractor'
const registry = registryOf(catalog)
/** Resources of which a contractor's people see their own, with the field that names the contractor. */
const theirs = [...registry.resources.values()].flatMap((resource) => {
  const owner = registry.ruleFor(resource, 'read')?.rule.owners.find((one) => one.party === party)
  return owner ? [{ resource, field: owner.field, label: resource.name }] : []
})

let house: TestHouse
let rita: Voice
let own: string
/** One record of another contractor, by resource. */
const others = new Map<Resource, string>()
let names: string[]
let operations: Operation[]

const sql = (text: string, values: unknown[] = []) => asOwner<{ id: string; name: string }>(house, text, values)
const here = "org_id = (select id from foundation.org where slug = 'local-100')"

beforeAll(async () => {
  house = await openHouse()
  rita = await house.as('contractor@local-100.example')
  own = (await rita.get('/catalog')).json().actor.parties[party]
  for (const { resource, field } of theirs) {
    const [one] = await sql(`select id from ${tableOf(resource)} where ${here} and ${field} <> $1 limit 1`, [own])
    if (one) others.set(resource, one.id)
  }
  names = (await sql(`select id, name from market_recovery.contractor where ${here} and id <> $1`, [own])).map(
    ({ name }) => name,
  )
  operations = (await operationsOf(house.app)).filter(isOfOrg)
})
afterAll(() => house.close())

test('there is something of others to find', () => {
  expect(names.length).toBeGreaterThan(3)
  const seeded = ['contractor', 'assignment', 'hours', 'payment', 'project'].map((one) => `market-recovery.${one}`)
  expect(theirs.map(({ label }) => label)).toEqual(expect.arrayContaining(seeded))
  expect([...others.keys()].map(({ name }) => name)).toEqual(expect.arrayContaining(seeded))
})

const hasNoneOf = (text: string) => names.filter((name) => text.includes(name))

describe.each(theirs)('of $label', ({ resource, field }) => {
  test('the list, its count and its export are of their own alone', async () => {
    const { data, total } = (await rita.get(`/${resource.path}?limit=200&count=exact`)).json()
    const [counted] = await asOwner<{ n: number }>(
      house,
      `select count(*)::integer as n from ${tableOf(resource)} where ${here} and ${field} = $1`,
      [own],
    )
    expect(total).toBe(counted?.n)
    expect(data.filter((row: Record<string, unknown>) => row[field] !== own)).toEqual([])
    for (const format of ['csv', 'xlsx']) {
      const file = await rita.get(`/${resource.path}/export?format=${format}`)
      expect([file.statusCode, hasNoneOf(file.body)]).toEqual([200, []])
    }
  })

  test('asking for another’s finds nothing', async () => {
    const id = others.get(resource) ?? crypto.randomUUID()
    const asked = [`filter[${field}]=${others.get(registry.resource(party))}`, ...names.map((name) => `q=${name}`)]
    const searched = resource.views.search.length ? asked : asked.slice(0, 1)
    for (const query of field === 'id' ? searched.slice(1) : searched) {
      const reply = await rita.get(`/${resource.path}?${query.replaceAll(' ', '%20')}`)
      expect([query, reply.json().data]).toEqual([query, []])
    }
    for (const end of ['', '/history', '/files']) {
      const status = async (one: string) => (await rita.get(`/${resource.path}/${one}${end}`)).statusCode
      expect([end, await status(id)]).toEqual([end, await status(crypto.randomUUID())])
    }
  })
})

/** A reply without what differs from one time to the next, and from one address to another. */
function told(reply: { statusCode: number; body: string }, id: string): unknown {
  const { statusCode, body } = reply
  return [statusCode, body.replaceAll(id, 'ID').replace(/"request_id":"[^"]*"/, '')]
}

test('every operation answers for a record of another contractor as for one that is nowhere', async () => {
  const different = []
  for (const { resource } of theirs) {
    const id = others.get(resource) ?? crypto.randomUUID()
    const nowhere = crypto.randomUUID()
    for (const operation of operations.filter(({ path }) => shown(path).startsWith(`/${resource.path}/{id}`))) {
      const ask = (one: string) => rita.send(harmless(operation, 'local-100', new Map([[resource.path, one]])))
      const [known, unknown] = [await ask(id), await ask(nowhere)]
      if (JSON.stringify(told(known, id)) !== JSON.stringify(told(unknown, nowhere)))
        different.push([operation.method, operation.path, known.statusCode, unknown.statusCode, known.body])
    }
  }
  expect(different).toEqual([])
})

test('no operation has a word of another contractor in its reply, whatever it is asked about', async () => {
  const ids = new Map(theirs.map(({ resource }) => [resource.path, others.get(resource) ?? crypto.randomUUID()]))
  const contractor = others.get(registry.resource(party)) ?? ''
  const said = []
  for (const operation of operations) {
    const request = harmless(operation, 'local-100', ids)
    const asked = operation.method === 'GET' ? `contractor=${contractor}&week_ending=2026-11-15&on=2026-11-15` : ''
    const url = `${request.url as string}${(request.url as string).includes('?') ? '&' : '?'}${asked}`
    for (const one of [request, ...(asked ? [{ ...request, url }] : [])]) {
      const { statusCode, body } = await rita.send(one)
      if (hasNoneOf(body).length) said.push([operation.method, operation.path, statusCode, hasNoneOf(body)])
    }
  }
  expect(said).toEqual([])
})

test('no report is open to them, and no list of the house', async () => {
  const closed = operations.filter(
    ({ method, path }) => method === 'GET' && /^\/(reports\/|users$|audit$|members$)/.test(shown(path)),
  )
  for (const operation of closed) {
    const reply = await rita.send(harmless(operation, 'local-100'))
    // Those of modules that are off here are nowhere.
    expect([operation.path, reply.statusCode]).toEqual([operation.path, expect.toBeOneOf([403, 404])])
  }
  expect(closed.length).toBeGreaterThan(5)
})

test('hours for another’s assignment are refused as for one that is nowhere, and nothing is written', async () => {
  const count = async () => (await sql(`select count(*)::text as id from market_recovery.hours where ${here}`))[0]?.id
  const before = await count()
  const refused = async (assignment: string) => {
    const week = { assignment, week_ending: '2026-11-15', regular: '8', overtime: '0' }
    const reply = await rita.post('/hours', week)
    return told(reply, assignment)
  }
  const assignment = others.get(registry.resource('market-recovery.assignment')) ?? ''
  expect(await refused(assignment)).toEqual(await refused(crypto.randomUUID()))
  expect(await count()).toBe(before)
})
