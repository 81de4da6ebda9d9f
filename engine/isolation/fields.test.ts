import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Resource, type RoleName, roleNames, type Rule } from '@commonhall/kernel'
import { catalog } from '@commonhall/modules/catalog'
import { asOwner, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { registryOf } from '../boot.ts'
import { tableOf } from '../database/draft.ts'
import { openSheet } from '../sheets/index.ts'
import { fillMarketRecovery } from './testing/market-recovery.ts'

/**
 * Every guarded field × every role × every door. Here each role may do all else: read, write, bring files in, take them
 * out, look into the audit trail. Only the fields' own rules are left to stand between a person and what was planted.
 */
const registry = registryOf([...catalog, notebook])
const all = [...registry.resources.values()].flatMap((resource) =>
  registry.guarded(resource).map((name) => ({ resource, name, label: `${resource.name}.${name}` })),
)
/** Where something can be planted; what the house works out itself is looked at below. */
const guarded = all.filter(({ resource, name }) => !resource.fields[name]?.computed && !resource.ownWriting)
type Guarded = (typeof all)[number]

let house: TestHouse
let stranger: Voice
const voices = new Map<RoleName, Voice>()
/** The one record is about the member of the cast, the other is not. */
const records = new Map<Resource, { own: string; other: string }>()

/** What is planted: found nowhere by chance. */
function canary({ resource, name }: Guarded): string {
  const declared = resource.fields[name] as { kind: string; format?: string }
  if (declared.kind === 'date') return `19${10 + guarded.findIndex((one) => one.name === name)}-07-23`
  return declared.format === 'last-four' ? '7391' : `canary of ${name}`
}

/** Four digits are part of many a number: only alone they are what was planted. */
const tells = (text: string, value: string) => new RegExp(`(?<![\\w.:-])${value}(?![\\w.:-])`).test(text)

/** What the rules say, read straight from the declarations. */
function mayReach({ resource, name }: Guarded, act: 'read' | 'write', role: RoleName, isOwn: boolean): boolean {
  const rule = (registry.fieldRule(resource, name, act) as unknown as { rule: Rule }).rule
  return rule.roles.includes(role) || (role === 'member' && isOwn && rule.owners.some((one) => one.party === null))
}

const sql = (text: string, values: unknown[] = []) => asOwner<{ id: string }>(house, text, values)

const blank: Readonly<Record<string, (about: string) => Record<string, unknown>>> = {
  'notebook.entry': (about) => ({ title: 'Planted', about }),
}

async function plant(admin: Voice, resource: Resource): Promise<void> {
  const [own] = await sql(`select m.member_id as id from foundation.membership m join foundation.user u
    on u.id = m.user_id where u.email = 'member@riverside.example'`)
  const [other] = await sql(`select m.id from members.member m join foundation.org o on o.id = m.org_id
    where o.slug = 'riverside' and m.state = 'active' and m.id <> '${own?.id}' order by m.card_number limit 1`)
  const make = async (about = '') =>
    blank[resource.name] ? (await admin.post(`/${resource.path}`, blank[resource.name]?.(about))).json().id : about
  const ids = records.get(resource) ?? { own: await make(own?.id), other: await make(other?.id) }
  records.set(resource, ids)
  const values = guarded.filter((one) => one.resource === resource).map((one) => [one.name, canary(one)])
  for (const id of Object.values(ids)) {
    const reply = await admin.patch(`/${resource.path}/${id}`, Object.fromEntries(values))
    expect(reply.statusCode, reply.body).toBe(200)
  }
}

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  await house.engine.startWork()
  const open = [...registry.rules.keys()].filter((permission) => permission.split('.').length === 3)
  await sql(`update foundation.role set changes = $1`, [Object.fromEntries(open.map((one) => [one, true]))])
  for (const role of roleNames) voices.set(role, await house.as(`${role}@riverside.example`))
  stranger = await house.as('admin@local-200.example')
  for (const [name, ids] of await fillMarketRecovery(house)) records.set(registry.resource(name), ids)
  for (const resource of new Set(guarded.map((one) => one.resource))) await plant(as('admin'), resource)
})
afterAll(() => house.close())

const as = (role: RoleName) => voices.get(role) as Voice

async function cellsOf(voice: Voice, path: string): Promise<string> {
  const reply = await voice.get(path)
  expect(reply.statusCode, reply.body).toBe(200)
  const sheet = await openSheet(
    (async function* () {
      yield await Promise.resolve(reply.rawPayload)
    })(),
  )
  const cells = await Array.fromAsync(sheet.rows())
  return JSON.stringify(cells)
}

const body = async (voice: Voice, path: string) => {
  const reply = await voice.get(path)
  expect(reply.statusCode, `${path}: ${reply.body}`).toBe(200)
  return reply.body
}

/** All pages of a list. */
async function walk(voice: Voice, path: string, after = ''): Promise<string> {
  const text = await body(voice, path + after)
  const { next } = JSON.parse(text).page
  return next ? text + (await walk(voice, path, `&after=${next}`)) : text
}

/** Ways to one record: what comes back tells of that one alone. */
const doorsToOne: Readonly<Record<string, (voice: Voice, one: Guarded, id: string) => Promise<string>>> = {
  'the record': (voice, { resource }, id) => body(voice, `/${resource.path}/${id}`),
  'the list': async (voice, { resource }, id) => {
    const rows = JSON.parse(await body(voice, `/${resource.path}?limit=200`)).data as { id: string }[]
    return JSON.stringify(rows.find((row) => row.id === id))
  },
  'a change of something else': async (voice, { resource }, id) => {
    const [name = ''] = Object.entries(resource.fields).flatMap(([one, { computed, immutable }]) =>
      computed || immutable ? [] : one,
    )
    const row = JSON.parse(await body(voice, `/${resource.path}/${id}`))
    return (await voice.patch(`/${resource.path}/${id}`, { [name]: row[name] })).body
  },
  'archiving and bringing back': async (voice, { resource }, id) => {
    if (!resource.traits.includes('archivable')) return body(voice, `/${resource.path}/${id}`)
    expect((await voice.delete(`/${resource.path}/${id}`)).statusCode).toBe(204)
    return (await voice.post(`/${resource.path}/${id}/restore`)).body
  },
  'an act of its workflow': async (voice, { resource }, id) => {
    const row = await body(voice, `/${resource.path}/${id}`)
    if (resource.name !== 'members.member') return row
    const act = JSON.parse(row).state === 'active' ? 'suspend' : 'reinstate'
    const reply = await voice.post(`/${resource.path}/${id}/${act}`, { reason: 'To see what it answers' })
    expect(reply.statusCode, reply.body).toBe(200)
    return reply.body
  },
  'a reply that is given again': async (voice, { resource }, id) => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    if (!resource.traits.includes('archivable')) return body(voice, `/${resource.path}/${id}`)
    await voice.delete(`/${resource.path}/${id}`)
    const first = await voice.post(`/${resource.path}/${id}/restore`, undefined, key)
    const again = await voice.post(`/${resource.path}/${id}/restore`, undefined, key)
    expect(again.body).toBe(first.body)
    return again.body
  },
  'the audit trail': (voice, _one, id) => walk(voice, `/audit?filter[record]=${id}&limit=200`),
  'the file of what is kept about a person': (voice, { resource }, id) =>
    body(voice, `/${resource.path}/${id}${resource.about?.['id'] ? '/personal-data?format=json' : ''}`),
  'the history': (voice, { resource }, id) => walk(voice, `/${resource.path}/${id}/history?limit=200`),
}

/** Ways to everything at once: what a person may read of some records only is told of those alone, or not at all. */
const doorsToAll: Readonly<Record<string, (voice: Voice, one: Guarded) => Promise<string>>> = {
  'an export as CSV': (voice, { resource }) => cellsOf(voice, `/${resource.path}/export?format=csv`),
  'an export as XLSX': (voice, { resource }) => cellsOf(voice, `/${resource.path}/export?format=xlsx`),
  'the export of the audit trail': (voice) => cellsOf(voice, '/audit/export?format=csv'),
}

/** A line of the trail knows no more of a record than its id: whose it is, it tells only of a member's own. */
const isUntold = (door: string, { resource }: Guarded) =>
  /trail|history/.test(door) && resource.name !== 'members.member'

const reportDoors = ['json', 'csv', 'xlsx'] as const
/** The report of the notebook shows fields of these. */
const reported = ['notebook.entry', 'members.member']

/** Each role at each field. */
const cells = roleNames.flatMap((role) =>
  guarded.map((one) => ({
    role,
    one,
    label: one.label,
    value: canary(one),
    everywhere: mayReach(one, 'read', role, false),
  })),
)

describe.each(cells)('$role, looking for $label,', ({ role, one, value, everywhere }) => {
  test.each(Object.entries(doorsToOne))('finds it by %s where the rule says so alone', async (door, go) => {
    for (const isOwn of [true, false]) {
      const id = records.get(one.resource)?.[isOwn ? 'own' : 'other'] ?? ''
      const may = mayReach(one, 'read', role, isOwn && !isUntold(door, one))
      expect(tells(await go(as(role), one, id), value), isOwn ? 'own' : 'other').toBe(may)
    }
  })

  test.each(Object.entries(doorsToAll))('finds it by %s where the rule says so alone', async (door, go) => {
    expect(tells(await go(as(role), one), value)).toBe(mayReach(one, 'read', role, !isUntold(door, one)))
  })

  test.runIf(reported.includes(one.resource.name)).each(reportDoors)(
    'finds it in a report as %s only who may read it of everybody',
    async (format) => {
      const path = `/reports/notebook.told?format=${format}`
      const text = format === 'json' ? await body(as(role), path) : await cellsOf(as(role), path)
      expect(tells(text, value)).toBe(everywhere)
      if (!everywhere) expect(text).not.toContain(`"${one.name}"`)
    },
  )

  test('asks lists, exports and reports about it only who may read it of everybody', async () => {
    const { resource, name } = one
    const asked = [
      `filter[${name}]=${value}`,
      `filter[${name}][ne]=x`,
      `filter[${name}][empty]=true`,
      `sort=${name}`,
      `sort=-${name}`,
    ]
    for (const query of asked)
      for (const place of ['', '/export']) {
        const reply = await as(role).get(`/${resource.path}${place}?${query}${place ? '' : '&count=exact'}`)
        if (everywhere) expect([200, 422]).toContain(reply.statusCode)
        else {
          expect(reply.statusCode, query).toBe(403)
          expect(reply.json().errors[0]).toMatchObject({ code: 'field_not_shown' })
        }
      }
    if (name === 'whisper')
      expect((await as(role).get(`/reports/notebook.told?whisper=x`)).statusCode).toBe(everywhere ? 200 : 403)
    expect((await as(role).get(`/${resource.path}?q=${value}&count=exact`)).json().total).toBe(0)
  })
})

describe.each(cells)('$role, at $label,', ({ role, one, value, everywhere }) => {
  test('is told by the catalog what holds', async () => {
    const known = JSON.parse(await body(as(role), '/catalog')).resources[one.resource.name]
    const rules = known.field_rules[one.name]
    const some = mayReach(one, 'read', role, true)
    expect(rules.read).toEqual(everywhere ? true : some ? 'own' : expect.stringContaining('not shown'))
    expect(one.name in known.fields).toBe(some)
    if (!some) expect(JSON.stringify({ ...known.views, fields: known.fields })).not.toContain(`"${one.name}"`)
  })

  test('sets it where the rule says so, and is else told which field it was', async () => {
    const { resource, name } = one
    for (const isOwn of [true, false]) {
      const id = records.get(resource)?.[isOwn ? 'own' : 'other'] ?? ''
      const reply = await as(role).patch(`/${resource.path}/${id}`, { [name]: value })
      const may = mayReach(one, 'write', role, isOwn)
      expect(reply.statusCode, reply.body).toBe(may ? 200 : 403)
      if (!may) expect(reply.json().errors).toMatchObject([{ path: name, code: 'field_not_settable' }])
      if (!mayReach(one, 'read', role, isOwn)) expect(tells(reply.body, value)).toBe(false)
    }
    const made = await as(role).post(`/${resource.path}`, { [name]: value })
    // Allowed, it lacks what every record needs.
    expect(made.statusCode, made.body).toBe(mayReach(one, 'write', role, false) ? 422 : 403)
  })

  test('hears live that it has changed where the rule says so alone, and never to what', async () => {
    const { resource, name } = one
    const listen = async (after = '') =>
      JSON.parse(await body(as(role), `/live?topics=${resource.path}&wait=0${after}`))
    for (const isOwn of [true, false]) {
      const id = records.get(resource)?.[isOwn ? 'own' : 'other'] ?? ''
      const { next } = await listen()
      await sql(`update ${tableOf(resource)} set "${name}" = null where id = $1`, [id])
      await sql(`update ${tableOf(resource)} set "${name}" = $2 where id = $1`, [id, value])
      const { events } = await listen(`&after=${next}`)
      expect(events.length > 0, isOwn ? 'own' : 'other').toBe(mayReach(one, 'read', role, isOwn))
      expect(tells(JSON.stringify(events), value)).toBe(false)
    }
  })

  test('is told nothing of it by what goes wrong', async () => {
    const { resource } = one
    const id = records.get(resource)?.other ?? ''
    const key = resource.naturalKey ?? ''
    const taken = (await as('admin').get(`/${resource.path}?limit=2`)).json().data[0]
    const replies = [
      await as(role).patch(`/${resource.path}/${id}`, { [key]: 'z' }, { 'if-match': '"999"' }),
      await as(role).patch(`/${resource.path}/${id}`, { [key]: taken[key] === null ? 'z' : taken[key] }),
      await as(role).patch(`/${resource.path}/${id}`, { [key]: 5 }),
      await as(role).post(`/${resource.path}`, { nothing: 1 }),
      await as(role).get(`/${resource.path}?sort=${one.name}&filter[${one.name}]=0`),
    ]
    const said = replies.filter(({ statusCode }) => statusCode >= 400).map((reply) => reply.body)
    expect(said.length).toBeGreaterThan(1)
    expect(said.filter((text) => tells(text, value))).toEqual([])
  })
})

describe.each(guarded)('another organization', (one) => {
  test('finds $label by no door', async () => {
    const { own = '', other = '' } = records.get(one.resource) ?? {}
    for (const path of [
      `/${one.resource.path}/${own}`,
      `/${one.resource.path}/${other}`,
      `/${one.resource.path}/${own}/history`,
    ])
      expect((await stranger.get(path)).statusCode).toBe(404)
    for (const path of [`/${one.resource.path}?limit=200`, `/audit?limit=200`, '/overview']) {
      const reply = await stranger.get(path)
      expect([200, 404]).toContain(reply.statusCode)
      expect(reply.body).not.toContain(canary(one).length > 4 ? canary(one) : `"${canary(one)}"`)
    }
  })
})

describe.each(all.filter((one) => !guarded.includes(one)))('what the house works out at $label', (one) => {
  test.each(roleNames)('is in the rows that %s may read it of', async (role) => {
    const rows = JSON.parse(await body(as(role), `/${one.resource.path}`)).data as object[]
    expect(rows.filter((row) => one.name in row)).toHaveLength(mayReach(one, 'read', role, false) ? rows.length : 0)
  })
})
