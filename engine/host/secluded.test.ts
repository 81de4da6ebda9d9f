import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, asServer, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { demoHost } from '../demo/world.ts'
import { type Operation, operationsOf } from '../isolation/testing/operations.ts'

let house: TestHouse
let hedda: Voice
let session: string
let operations: Operation[]
/** What tells rows of orgs from anything else: ids, addresses, card numbers. */
let marks: string[]

beforeAll(async () => {
  house = await openHouse()
  hedda = await house.as(demoHost.email)
  operations = await operationsOf(house.app)
  const [own] = await asOwner<{ id: string }>(
    house,
    'select s.id from foundation.session s join foundation.user u on u.id = s.user_id where u.is_host',
  )
  session = own?.id ?? ''
  const members = await asOwner<{ id: string; card: string }>(
    house,
    `select id::text, card_number as card from members.member`,
  )
  const people = await asOwner<{ id: string; email: string }>(
    house,
    'select id::text, email::text from foundation.user where not is_host',
  )
  marks = [...members.flatMap(({ id, card }) => [id, card]), ...people.flatMap(({ id, email }) => [id, email])]
  for (const { slug } of await asOwner<{ slug: string }>(house, 'select slug from foundation.org'))
    await hedda.post(`/api/v1/host/orgs/${slug}/count`, {})
})
afterAll(() => house.close())

const found = (text: string) => marks.filter((mark) => text.includes(`"${mark}"`))

/** A request that fills in what the address asks for. */
const request = ({ method, path }: Pick<Operation, 'method' | 'path'>, org: string): InjectOptions => ({
  method,
  url: path
    .replace('{slug}', org)
    .replace('{org}', org)
    .replace(/\{\w+\}/g, () => crypto.randomUUID()),
  ...(method === 'GET' || method === 'DELETE' ? {} : { payload: {} }),
})

describe('a host, who belongs to no organization', () => {
  test('finds nothing at any address of any organization', async () => {
    const ofOrgs = operations.filter(({ path }) => path.includes('/orgs/{slug}'))
    expect(ofOrgs.length).toBeGreaterThan(50)
    for (const operation of ofOrgs) {
      const reply = await hedda.send(request(operation, 'riverside'))
      // Where nobody's session is looked at, a host is answered as a stranger is.
      const stranger = operation.open ? await house.app.inject(request(operation, 'riverside')) : { statusCode: 404 }
      expect([operation, reply.statusCode]).toEqual([operation, stranger.statusCode])
      expect([operation, reply.statusCode]).toSatisfy(([, status]) => status >= 400 && status < 500)
      expect(found(reply.body)).toEqual([])
    }
  })

  test('reads no member, no user and no e-mail address anywhere in the console', async () => {
    const ofHosts = operations.filter(({ path }) => path.startsWith('/api/v1/host'))
    expect(ofHosts.length).toBeGreaterThan(9)
    for (const operation of ofHosts) {
      const { body, statusCode } = await hedda.send(request(operation, 'riverside'))
      expect([operation, statusCode < 500, found(body)]).toEqual([operation, true, []])
    }
  })

  test('gets no row of an organization from a function, whatever it is called with', async () => {
    const functions = await asOwner<{ name: string; kinds: string[] }>(
      house,
      `select p.oid::regproc::text as name,
        array(select t::regtype::text from unnest(p.proargtypes) t) as kinds
      from pg_proc p where pronamespace = 'foundation'::regnamespace and prosecdef and proname like 'host\\_%'
        and has_function_privilege('commonhall_app', p.oid, 'execute')`,
    )
    expect(functions.length).toBeGreaterThan(8)
    for (const { name, kinds } of functions) {
      const given = kinds.map((kind, index) => (index === 0 ? `'${session}'::uuid` : (samples[kind] ?? 'null')))
      const rows = await asServer(house, null, `select to_jsonb(f) as row from ${name}(${given.join(', ')}) f`).then(
        (reply) => reply.rows,
        (error: { code?: string }) => [error.code],
      )
      expect([name, found(JSON.stringify(rows))]).toEqual([name, []])
    }
  })

  test('and from no table', async () => {
    const tables = await asOwner<{ name: string }>(
      house,
      `select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where relkind in ('r', 'p', 'v') and attname = 'org_id'
        and has_table_privilege('commonhall_app', c.oid, 'select')`,
    )
    expect(tables.length).toBeGreaterThan(15)
    for (const { name } of tables) expect((await asServer(house, null, `select from ${name}`)).rowCount).toBe(0)
  })
})

/** Something of each type that the functions take: the address of an org, and room for many rows. */
const samples: Readonly<Record<string, string>> = { text: "'riverside'", integer: '1000', 'text[]': "'{%}'" }
