import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  defineModule,
  defineNotice,
  field,
  type Resource,
  type RoleName,
  roleNames,
  type Rule,
} from '@commonhall/kernel'
import { catalog } from '@commonhall/modules/catalog'
import { asOwner, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { registryOf } from '../boot.ts'
import { guardedIn } from './testing/guarded.ts'
import { fillMarketRecovery } from './testing/market-recovery.ts'
import { mailOf } from '../notifications/testing/mailing.ts'

/**
 * Every guarded field × every role, where people are told things: in inboxes and by mail. Each role may read every
 * record; only the fields' own rules are left to stand between a person and what a notice carries.
 */
const registry = registryOf([...catalog, notebook])
const guarded = guardedIn(registry)

const canary = (resource: Resource, name: string) => `canary of ${resource.name} ${name}`

/** News that carry all that is guarded of a record. */
const news = guarded.map(({ resource, names }) =>
  defineNotice(`newsroom.${resource.name.replaceAll(/[._]/g, '-')}`, {
    label: resource.plural,
    fields: Object.fromEntries(names.map((name) => [name, field.text({ from: `${resource.name}.${name}` })])),
    mail: 'now',
    message: (facts) => ({
      title: resource.label,
      paragraphs: ['Here is what is known.'],
      facts: Object.entries(facts).flatMap(([label, value]) => (value ? [{ label, value }] : [])),
    }),
    sample: {},
  }),
)

const newsroom = defineModule({
  name: 'newsroom',
  label: 'News',
  purpose: 'Tells what is guarded, in tests.',
  icon: 'bell',
  needs: ['notebook'],
  folder: import.meta.dirname,
  notices: news,
})

let house: TestHouse
const voices = new Map<RoleName, Voice>()
/** The one record is the member's of the cast or about them, the other is somebody else's. */
const records = new Map<string, { own: string; other: string }>()

beforeAll(async () => {
  house = await openHouse({ modules: [notebook, newsroom] })
  const open = [...registry.rules.keys()].filter((permission) => permission.split('.').length === 3)
  await asOwner(house, 'update foundation.role set changes = $1', [Object.fromEntries(open.map((one) => [one, true]))])
  for (const role of roleNames) voices.set(role, await house.as(`${role}@riverside.example`))
  const people = await asOwner<{ id: string; mine: boolean }>(
    house,
    `select m.id, exists (select from foundation.membership b join foundation.user u on u.id = b.user_id
      where b.member_id = m.id and u.email = 'member@riverside.example') as mine
    from members.member m join foundation.org o on o.id = m.org_id where o.slug = 'riverside'
    order by mine desc limit 2`,
  )
  const [own, other] = people.map(({ id }) => id) as [string, string]
  const entry = async (about: string) => (await as('admin').post('/entries', { title: 'Planted', about })).json().id
  records.set('members.member', { own, other })
  records.set('notebook.entry', { own: await entry(own), other: await entry(other) })
  for (const [name, ids] of await fillMarketRecovery(house)) records.set(name, ids)
})
afterAll(() => house.close())

const as = (role: RoleName) => voices.get(role) as Voice

/** What the rules say, read straight from the declarations. */
function mayRead(resource: Resource, name: string, role: RoleName, isOwn: boolean): boolean {
  const { rule } = registry.fieldRule(resource, name, 'read') as { rule: Rule }
  return rule.roles.includes(role) || (role === 'member' && isOwn && rule.owners.some((one) => one.party === null))
}

test('there is something to guard, of every kind of record that has it', () => {
  expect(guarded.flatMap(({ names }) => names).length).toBeGreaterThan(3)
  expect(guarded.map(({ resource }) => resource.name).filter((name) => !records.has(name))).toEqual([])
})

describe.each(['own', 'other'] as const)('of a record that is the %s', (whose) => {
  test.each(guarded.map((one) => [one.resource.name, one] as const))(
    'people are told by inbox and mail what the rules let them read: %s',
    async (_name, { resource, names }) => {
      const notice = news.find(({ label }) => label === resource.plural)!
      const facts = Object.fromEntries(names.map((name) => [name, canary(resource, name)]))
      const about = { resource: resource.name, id: records.get(resource.name)?.[whose] ?? '' }
      await asOwner(house, 'delete from foundation.notification')
      await house.engine.act(await house.caller('riverside'), (context) =>
        context.notify(notice, facts as never, { to: roleNames.map((role) => ({ role })), about }),
      )
      const letters = await mailOf(house)
      for (const role of roleNames) {
        const inbox = (await as(role).get('/inbox')).body
        const letter = letters.find(({ recipient }) => recipient === `${role}@riverside.example`)
        expect([role, inbox.includes('Here is what is known'), Boolean(letter)]).toEqual([role, true, true])
        for (const name of names) {
          const expected = mayRead(resource, name, role, whose === 'own')
          const told = canary(resource, name)
          const seen = [inbox, letter?.plain, letter?.html].map((text) => text?.includes(told))
          expect([role, name, ...seen]).toEqual([role, name, expected, expected, expected])
        }
      }
    },
  )
})
