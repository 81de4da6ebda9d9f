import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { withClient } from '../database/provision.ts'
import { findOrg, houseCaller } from '../caller.ts'
import { demoHost } from '../demo/world.ts'
import { countUsage } from '../foundation/count-usage.ts'
import { addPerson } from '../foundation/found-org.ts'
import { type Certificate, eraseOrg } from './erase-org.ts'
import { orgTables } from './org-tables.ts'
import { put } from '../files/testing/put.ts'

let house: TestHouse
const by = { name: 'Ada at the machine' }

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  await put(house, { slug: 'maple-court', name: 'ours.txt', bytes: 'Ours' })
})
afterAll(() => house.close())

const erase = (slug: string, now = false) =>
  eraseOrg({ ownerUrl: house.ground.ownerUrl, stores: house.engine.files.stores, slug, by, now })

const one = async (sql: string, values: unknown[] = []) =>
  (await asOwner<Record<string, string>>(house, sql, values))[0]

/** What all tables hold of some orgs, as one sum for each table; and everything that belongs to no org. */
async function sums(where: string): Promise<Record<string, string>> {
  return await withClient(house.ground.ownerUrl, async (client) => {
    const found: Record<string, string> = {}
    const { rows: orgs } = await client.query<{ id: string }>(
      `select id from foundation.org o where ${where} order by 1`,
    )
    await client.query('begin')
    for (const { id } of orgs) {
      await client.query("select set_config('app.org', $1, true)", [id])
      for (const { name } of await orgTables(client)) {
        const { rows } = await client.query<{ sum: string }>(
          `select count(*) || ' ' || md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as sum
          from ${name} t where org_id = $1`,
          [id],
        )
        found[`${id} ${name}`] = rows[0]?.sum ?? ''
      }
    }
    return found
  })
}

/** Rows of an org, table by table. */
async function left(id: string): Promise<string[]> {
  return await withClient(house.ground.ownerUrl, async (client) => {
    await client.query('begin')
    await client.query("select set_config('app.org', $1, true)", [id])
    const names: string[] = []
    for (const { name } of await orgTables(client)) {
      const { rowCount } = await client.query(`select from ${name} where org_id = $1 limit 1`, [id])
      if (rowCount) names.push(name)
    }
    return names
  })
}

/** Something that the org did beyond its seeds: invitations, events, imports, counts, jobs that wait. */
async function live(slug: string): Promise<void> {
  const admin = await house.as(`admin@${slug}.example`)
  await admin.post('/households', { name: 'Ortiz family' }, { 'idempotency-key': 'once' })
  const [applicant] = (await admin.get('/members?limit=1&filter[state]=applicant')).json().data
  await admin.post(`/members/${applicant.id}/admit`)
  const org = await findOrg(house.engine.database, slug)
  if (!org) throw new Error(slug)
  await house.engine.runJob(countUsage, houseCaller(org, 'job'), {})
  await house.engine.jobs.send(countUsage.name, { org: org.id, payload: {} }, { startAfter: '1 hour' })
  await house.engine.watch.flush()
}

test('an organization in which people work is not erased, unless somebody says so', async () => {
  await expect(erase('riverside')).rejects.toThrow(/is not suspended/)
  await expect(erase('nowhere')).rejects.toThrow(/no organization called "nowhere"/)
})

interface Erased {
  readonly slug: string
  readonly id: string
  readonly certificate: Certificate
  /** Sums of all other orgs' tables, before. */
  readonly before: Record<string, string>
  /** Ids of the people who belonged to it. */
  readonly people: readonly string[]
}

const others = (slug: string) => sums(`o.slug <> '${slug}'`)

async function bytesOf(org: string): Promise<string[]> {
  const kinds: string[] = []
  for await (const { kind } of house.engine.files.stores.current.walk(org)) kinds.push(kind)
  return kinds.toSorted()
}

/** Two attached files, of which one has a preview, and an upload on its way. */
async function plantFiles(slug: string, id: string): Promise<void> {
  await put(house, { slug, name: 'minutes.txt', bytes: `Minutes of ${slug}` })
  await put(house, { slug, name: 'photo.txt', bytes: 'photo' })
  const { current } = house.engine.files.stores
  const [content] = await asOwner<{ sha256: string }>(
    house,
    'select sha256 from foundation.file_content where org_id = $1 limit 1',
    [id],
  )
  const small = (async function* () {
    yield Buffer.from('small')
  })()
  await current.write(
    { org: id, kind: 'preview', sha256: content?.sha256 ?? '', preview: 'thumbnail' },
    small,
    'small'.length,
  )
  const upload = (async function* () {
    yield Buffer.from('half')
  })()
  await current.append({ org: id, upload: crypto.randomUUID() }, 0, upload)
  expect(await bytesOf(id)).toEqual(['content', 'content', 'preview', 'upload'])
}

/** Tess keeps the books of Maple Court too, where Olga gave her the role; Olga belongs here alone. */
async function tie(slug: string): Promise<void> {
  await withClient(house.ground.ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ id: string }>("select id from foundation.org where slug = 'maple-court'")
    const tess = { email: `treasurer@${slug}.example`, name: 'Tess', passwordHash: 'x', roles: ['treasurer'] } as const
    await addPerson(owner, rows[0]?.id ?? '', tess)
    await owner.query(
      `update foundation.grant set granted_by = (select id from foundation.user where email = $2) where org_id = $1
      and user_id = (select id from foundation.user where email = $3)`,
      [rows[0]?.id, `officer2@${slug}.example`, tess.email],
    )
  })
}

/** An org that has lived is erased. */
async function erased(slug: string): Promise<Erased> {
  await live(slug)
  await tie(slug)
  await house.as(`staff@${slug}.example`)
  await asOwner(
    house,
    "insert into foundation.sign_in_event (what, email, address) values ('failed', $1, '10.0.0.1')",
    [`staff@${slug}.example`],
  )
  const { id = '' } = (await one('select id from foundation.org where slug = $1', [slug])) ?? {}
  await plantFiles(slug, id)
  const belonging = 'select user_id as id from foundation.membership where org_id = $1'
  const people = (await asOwner<{ id: string }>(house, belonging, [id])).map((row) => row.id)
  const before = await others(slug)
  return { slug, id, people, before, certificate: await erase(slug, true) }
}

const slugs = ['riverside', 'local-200'] as const
const gone = new Map<string, Erased>()

describe.each(slugs)('when %s is erased', (slug) => {
  beforeAll(async () => void gone.set(slug, await erased(slug)), 60_000)
  const it = () => gone.get(slug) as Erased

  test('no table has a row of it, nor the queue a job', async () => {
    const { id } = it()
    expect(await left(id)).toEqual([])
    expect(await one('select id from foundation.org where id = $1', [id])).toBeUndefined()
    expect(await asOwner(house, `select from queue.job where data::text like '%' || $1 || '%'`, [id])).toEqual([])
    expect(await asOwner(house, 'select from queue.schedule where key = $1', [id])).toEqual([])
  })

  test('not one row of another organization is another', async () => {
    expect(await others(slug)).toEqual(it().before)
  })

  test('whoever belonged to it alone is gone, with sessions, factors and name', () => expectGone(it()))

  test('no byte of its files is kept, and those of others are', async () => {
    const { id, slug } = it()
    expect(await bytesOf(id)).toEqual([])
    const [other] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'maple-court'")
    expect(await bytesOf(other?.id ?? '')).toHaveLength(1)
    expect(it().certificate.files).toEqual({ contents: 2, bytes: `Minutes of ${slug}`.length + 5, left: [] })
  })

  test('a certificate says what was deleted, when and by whom', () => expectCertified(it()))

  test('its people are strangers, and its address can be taken again', async () => {
    const tess = await house.as(`treasurer@${slug}.example`)
    expect((await tess.get('/members')).statusCode).toBe(404)
    const hedda = await house.as(demoHost.email)
    const reply = await hedda.post('/api/v1/host/orgs', { slug, name: 'Anew', kind: 'union-local' })
    expect([reply.statusCode, reply.json().people]).toEqual([201, 0])
  })
})

async function expectGone({ slug, people, certificate }: Erased): Promise<void> {
  const kept = await asOwner<{ email: string; name: string; disabled: boolean }>(
    house,
    `select email::text, name, disabled_at is not null as disabled from foundation.user
    where id = any($1) order by 1`,
    [people],
  )
  expect(kept).toEqual([
    { email: expect.stringMatching(/^erased-.*\.invalid$/), name: 'Erased person', disabled: true },
    { email: `treasurer@${slug}.example`, name: 'Tess', disabled: false },
  ])
  expect(certificate.people).toEqual({ stay: 1, erased: people.length - 2, nameless: 1 })
  const tess = await one('select id from foundation.user where email = $1', [`treasurer@${slug}.example`])
  const others = people.filter((person) => person !== tess?.['id'])
  expect(await asOwner(house, 'select from foundation.session where user_id = any($1)', [others])).toEqual([])
  const events = await asOwner(
    house,
    `select from foundation.sign_in_event where (user_id = any($1) and (email is not null or address is not null))
      or email like '%@${slug}.example' and email not like 'treasurer%'`,
    [others],
  )
  expect(events).toEqual([])
}

async function expectCertified({ slug, id, certificate }: Erased): Promise<void> {
  expect(certificate).toMatchObject({
    format: 'commonhall-erasure/1',
    organization: { id, slug },
    erased_by: by.name,
    audit_head: { n: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
  expect(certificate.rows['members.member']).toBe(slug === 'riverside' ? 60 : 240)
  expect(certificate.rows['foundation.audit_entry']).toBeGreaterThan(60)
  expect(certificate.jobs).toBeGreaterThan(0)
  const hedda = await house.as(demoHost.email)
  const { data } = (await hedda.get(`/api/v1/host/acts?org=${slug}`)).json()
  expect(data[0]).toMatchObject({ act: 'erase', host_name: by.name, new: { organization: { slug } } })
}
