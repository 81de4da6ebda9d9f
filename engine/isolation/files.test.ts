import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carriesFiles, type RoleName, roleNames, type Rule } from '@commonhall/kernel'
import { catalog } from '@commonhall/modules/catalog'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { registryOf } from '../boot.ts'
import { Cabinet } from '../files/testing/cabinet.ts'
import { fillGovernance } from './testing/governance.ts'
import { fillMarketRecovery } from './testing/market-recovery.ts'

/**
 * Every kind of record whose files are not for all of its readers × every role × every door. Here each role may do all
 * else: only the rules for reading files stand between a person and what files are called.
 */
const registry = registryOf(catalog)
const guarded = [...registry.resources.values()].filter((one) => carriesFiles(one) && registry.hidesFiles(one))

let house: TestHouse
const voices = new Map<RoleName, Voice>()
const as = (role: RoleName) => voices.get(role) as Voice

interface Planted {
  readonly file: string
  readonly record: string
  readonly canary: string
}
/** By resource: of the record that is the member's of the cast, and of one that is not. */
const planted = new Map<string, { readonly own: Planted; readonly other: Planted }>()

beforeAll(async () => {
  house = await openHouse()
  await fillMarketRecovery(house)
  await fillGovernance(house)
  const open = [...registry.rules.keys()].filter((one) => one.split('.').length === 3 && !one.endsWith('.read-files'))
  await asOwner(house, 'update foundation.role set changes = $1', [Object.fromEntries(open.map((one) => [one, true]))])
  for (const role of roleNames) voices.set(role, await house.as(`${role}@riverside.example`))
  const cabinet = new Cabinet(house)
  for (const { name, path, table, schema } of guarded) {
    const records = await asOwner<{ id: string }>(
      house,
      `select t.id from ${schema}.${table} t join foundation.org o on o.id = t.org_id and o.slug = 'riverside'
      order by exists (select from foundation.membership b join foundation.user u on u.id = b.user_id
        where b.member_id = t.id and u.email = 'member@riverside.example') desc, t.id limit 2`,
    )
    const plant = async (record = '', whose = ''): Promise<Planted> => {
      const canary = `canary ${name} ${whose}`
      const file = await cabinet.attach(as('admin'), `/${path}/${record}`, { name: `${canary}.txt`, caption: canary })
      await as('admin').patch(`/files/${file}`, { tags: [canary] })
      return { file, record, canary }
    }
    const [own, other] = records.map(({ id }) => id)
    planted.set(name, { own: await plant(own, 'own'), other: await plant(other, 'other') })
  }
})
afterAll(() => house.close())

/** What the rules say, read straight from the declarations. */
function mayRead(name: string, role: RoleName, isOwn: boolean): boolean {
  const { rule } = registry.ruleFor(registry.resource(name), 'read-files') as { rule: Rule }
  return (
    rule.roles.includes(role) ||
    (role === 'member' && isOwn && rule.owners.some((one) => one.field === 'id' && !one.party))
  )
}

type Door = (voice: Voice, one: Planted, path: string) => Promise<{ readonly body: string }>

const doors: Readonly<Record<string, Door>> = {
  'the file': (voice, { file }) => voice.get(`/files/${file}`),
  'its versions': (voice, { file }) => voice.get(`/files/${file}/versions`),
  'its text': (voice, { file }) => voice.get(`/files/${file}/text`),
  'its content': (voice, { file }) => voice.get(`/files/${file}/content`),
  'the list of the record': (voice, { record }) => voice.get(`/files?filter[record]=${record}`),
  'the list by its tag': (voice, { canary }) => voice.get(`/files?filter[tags]=${encodeURIComponent(canary)}`),
  'the search': (voice, { canary }) => voice.get(`/files?q=${encodeURIComponent(canary)}&count=exact`),
  'the export': (voice, { record }) => voice.get(`/files/export?filter[record]=${record}`),
  'a change of it': (voice, { file }) => voice.patch(`/files/${file}`, {}),
  'the history': (voice, { record }, path) => voice.get(`/${path}/${record}/history?limit=200`),
  'the audit trail': (voice, { record }) => voice.get(`/audit?filter[record]=${record}&limit=200`),
  'the export of the trail': (voice, { record }) => voice.get(`/audit/export?filter[record]=${record}`),
}

test('there are such records', () => expect(guarded.length).toBeGreaterThan(1))

describe.each(roleNames)('%s', (role) => {
  test.each(Object.entries(doors))('finds a file by %s where the rule says so alone', async (door, go) => {
    for (const { name, path } of guarded)
      for (const whose of ['own', 'other'] as const) {
        const one = planted.get(name)![whose]
        const { body } = await go(as(role), one, path)
        const may = mayRead(name, role, whose === 'own')
        // Bytes have no name in them, and no store has these checked.
        const told = /content|text/.test(door) ? !/"code":"not_found"/.test(body) : body.includes(one.canary)
        expect([name, whose, told]).toEqual([name, whose, may])
        expect(may || !body.includes(one.canary)).toBe(true)
      }
  })

  test('hears live of a file where the rule says so alone', async () => {
    for (const { name, path } of guarded)
      for (const whose of ['own', 'other'] as const) {
        const { file, record } = planted.get(name)![whose]
        const { next } = (await as(role).get(`/live?topics=${path}/${record}&wait=0`)).json()
        await as('admin').patch(`/files/${file}`, { caption: crypto.randomUUID() })
        const { events } = (await as(role).get(`/live?topics=${path}/${record}&wait=0&after=${next}`)).json()
        expect([name, whose, events.length > 0]).toEqual([name, whose, mayRead(name, role, whose === 'own')])
        await as('admin').patch(`/files/${file}`, { caption: planted.get(name)![whose].canary })
      }
  })
})
