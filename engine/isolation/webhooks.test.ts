import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  defineEvent,
  defineModule,
  field,
  type Resource,
  type RoleName,
  roleNames,
  type Rule,
} from '@commonhall/kernel'
import { catalog } from '@commonhall/modules/catalog'
import { asOwner, eventually, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { registryOf } from '../boot.ts'
import { guardedIn } from './testing/guarded.ts'
import { fillMarketRecovery } from './testing/market-recovery.ts'
import { Receiver } from '../webhooks/testing/receiver.ts'

/**
 * Every guarded field × every role, where other programs are told things: each role has a webhook. Each may read every
 * record; only the fields' own rules are left to stand between a program and what is changed or announced.
 */
const registry = registryOf([...catalog, notebook])
const guarded = guardedIn(registry)

/** Announces all that is guarded of a record. */
const news = guarded.map(({ resource, names }) =>
  defineEvent(`newsroom.${resource.name.replaceAll(/[._]/g, '-')}-told` as 'newsroom.told', {
    about: field.ref(resource.name as 'members.member', { required: true }),
    ...Object.fromEntries(names.map((name) => [name, field.text({ from: `${resource.name}.${name}` })])),
  }),
)

const newsroom = defineModule({
  name: 'newsroom',
  label: 'News',
  purpose: 'Announces what is guarded, in tests.',
  icon: 'bell',
  needs: ['notebook'],
  folder: import.meta.dirname,
  events: news,
})

let house: TestHouse
const receiver = new Receiver()
const voices = new Map<RoleName, Voice>()
const records = new Map<string, { own: string; other: string }>()
const as = (role: RoleName) => voices.get(role) as Voice

beforeAll(async () => {
  await receiver.listen()
  house = await openHouse({ modules: [notebook, newsroom] })
  await house.engine.startWork()
  const open = [...house.engine.registry.rules.keys()].filter((permission) => permission.split('.').length === 3)
  await asOwner(house, 'update foundation.role set changes = $1', [Object.fromEntries(open.map((one) => [one, true]))])
  for (const role of roleNames) voices.set(role, await house.as(`${role}@riverside.example`))
  const people = await asOwner<{ id: string }>(
    house,
    `select m.id from members.member m join foundation.org o on o.id = m.org_id where o.slug = 'riverside'
    order by exists (select from foundation.membership b join foundation.user u on u.id = b.user_id
      where b.member_id = m.id and u.email = 'member@riverside.example') desc limit 2`,
  )
  const [own, other] = people.map(({ id }) => id) as [string, string]
  const entry = async (about: string) => (await as('admin').post('/entries', { title: 'Planted', about })).json().id
  records.set('members.member', { own, other })
  records.set('notebook.entry', { own: await entry(own), other: await entry(other) })
  for (const [name, ids] of await fillMarketRecovery(house)) records.set(name, ids)
  const events = [...guarded.map(({ resource }) => `${resource.name}.updated`), ...news.map(({ name }) => name)]
  for (const role of roleNames) {
    const made = await as(role).post('/webhooks', { name: role, url: receiver.url(`/${role}`), events })
    expect(made.statusCode, made.body).toBe(201)
  }
})
afterAll(async () => {
  await house.close()
  await receiver.close()
})

/** What the rules say, read straight from the declarations; a message knows no more of a record than its id. */
function mayRead(resource: Resource, name: string, role: RoleName, isOwn: boolean): boolean {
  const { rule } = registry.fieldRule(resource, name, 'read') as { rule: Rule }
  return (
    rule.roles.includes(role) ||
    (role === 'member' && isOwn && rule.owners.some((one) => one.field === 'id' && !one.party))
  )
}

/** What each role's program was told, once all have been. */
async function told(): Promise<Map<string, { text: string; data: Record<string, unknown> }>> {
  await eventually(() => expect(receiver.messages).toHaveLength(roleNames.length))
  return new Map(receiver.messages.map(({ path, text, body }) => [path.slice(1), { text, data: body.data }]))
}

const values: Readonly<Record<string, string>> = { birth_on: '1917-07-23', ssn_last_four: '7391' }
const canary = (name: string) => values[name] ?? `canary of ${name}`

/** Four digits are part of many an id: only alone they are what was planted. */
const tells = (text: string, name: string) => new RegExp(`(?<![\\w.:-])${canary(name)}(?![\\w.:-])`).test(text)

describe.each(['own', 'other'] as const)('of a record that is the %s', (whose) => {
  test.each(guarded.map((one) => [one.resource.name, one] as const))(
    'webhooks tell that a field was changed where the rules let their owner read it, and never to what: %s',
    async (_name, { resource, names }) => {
      receiver.received.length = 0
      const id = records.get(resource.name)?.[whose] ?? ''
      const change = Object.fromEntries(names.map((name) => [name, canary(name)]))
      const reply = await as('admin').patch(`/${resource.path}/${id}`, change)
      expect(reply.statusCode, reply.body).toBe(200)
      const messages = await told()
      for (const role of roleNames)
        for (const name of names) {
          const { text = '', data = {} } = messages.get(role) ?? {}
          const changed = (data['changed'] as string[]).includes(name)
          expect([role, name, changed]).toEqual([role, name, mayRead(resource, name, role, whose === 'own')])
          expect(tells(text, name)).toBe(false)
        }
    },
  )

  test.each(guarded.map((one, index) => [one.resource.name, one, news[index]!] as const))(
    'webhooks tell what is announced of a guarded field only where its owner may read it of everybody: %s',
    async (_name, { resource, names }, event) => {
      receiver.received.length = 0
      const about = records.get(resource.name)?.[whose] ?? ''
      const payload = { about, ...Object.fromEntries(names.map((name) => [name, canary(name)])) }
      await house.engine.act(await house.caller('riverside'), (context) => context.emit(event, payload as never))
      const messages = await told()
      for (const role of roleNames)
        for (const name of names) {
          const seen = tells(messages.get(role)?.text ?? '', name)
          expect([role, name, seen]).toEqual([role, name, mayRead(resource, name, role, false)])
        }
    },
  )
})

test('a webhook of another organization is told nothing, whichever errand the courier is given', async () => {
  receiver.received.length = 0
  const admin = await house.as('admin@local-100.example')
  const events = ['members.member.updated']
  const { id } = (await admin.post('/webhooks', { name: 'Away', url: receiver.url('/away'), events })).json()
  await as('admin').patch(`/members/${records.get('members.member')?.own}`, { phone: '555 0123' })
  for (const org of await asOwner<{ id: string }>(house, 'select id from foundation.org'))
    await house.engine.jobs.send('webhooks.messages-delivered', { org: org.id, webhook: id })
  const messages = await told()
  expect([...messages.keys()].toSorted()).toEqual([...roleNames].toSorted())
})
