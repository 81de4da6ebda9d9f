import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { findOrg } from '../caller.ts'
import { type Finding, tellFinding } from './finding.ts'
import { publishHead } from './publish.ts'
import { sealTrail } from './seal.ts'
import { verifyHouse } from './verify-house.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'commonhall-chain-'))
const tables = ['audit_erasure', 'audit_head', 'audit_seal', 'audit_entry']

let house: TestHouse
let org: string
/** What superusers can do: triggers and row-level security are nothing to them. */
const superuser = (sql: string) => asOwner(house, `set session_replication_role = replica; ${sql}`)

beforeAll(async () => {
  house = await openHouse({ modules: [notebook], settings: { dataDir } })
  org = (await findOrg(house.engine.database, 'local-100'))?.id ?? ''
  const staff = await house.as(cast.staff)
  for (let round = 0; round < 4; round++) {
    const { id } = (await staff.post('/entries', { title: `note ${round}`, cost: '1.00' })).json()
    await staff.patch(`/entries/${id}`, { title: `note ${round}, mended` })
    await sealTrail(house.engine, org)
    if (round === 2) await publishHead(house.engine, { id: org, slug: 'local-100', name: 'Local 100', witnesses: [] })
  }
  await superuser(
    `create schema kept; ${tables.map((one) => `create table kept.${one} as table foundation.${one}`).join(';')}`,
  )
})
afterEach(async () => {
  for (const one of tables)
    await superuser(`delete from foundation.${one}; insert into foundation.${one} select * from kept.${one}`)
})
afterAll(async () => {
  await house.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function found(): Promise<readonly Finding[]> {
  const { orgs, machinery } = await verifyHouse(house, 'local-100', [])
  return [...orgs.flatMap(({ findings }) => findings), ...machinery]
}
const kindsFound = async () => [...new Set((await found()).map(({ kind }) => kind))]

/** The entry at which most of the tampering is done: in the middle of the chain, and covered by the published head. */
const target = `(select id from foundation.audit_entry where new ->> 'title' = 'note 1')`
const later = `(select id from foundation.audit_entry where new ->> 'title' = 'note 2')`
const copy = (changes: Record<string, string>) =>
  `insert into foundation.audit_entry (org_id, id, at, xid, actor_name, act, resource, record, new)
  select org_id, ${changes['id'] ?? 'uuidv7()'}, ${changes['at'] ?? 'clock_timestamp()'},
    ${changes['xid'] ?? 'pg_current_xact_id()'}, 'Sam Whitaker', act, resource, record, new
  from foundation.audit_entry where id = ${target}`
const published = '(select max(n) from foundation.audit_head)'
const afterPublished = `n >= (select max(n) from foundation.audit_head)`
/** Makes every seal anew over the entries as they are now, as somebody would who knows how. */
const rechain = `do $$ declare s foundation.audit_seal; before bytea; begin
  for s in select * from foundation.audit_seal where org_id = '{org}' order by n loop
    s.digests := (select string_agg(foundation.audit_digest(e, foundation.audit_who(e), foundation.audit_what(e)), ''
      order by place) from unnest(s.entry_ids) with ordinality i (id, place) join foundation.audit_entry e using (id));
    s.previous := before; s.hash := foundation.audit_seal_hash(s); before := s.hash;
    update foundation.audit_seal x set digests = s.digests, previous = s.previous, hash = s.hash
    where x.org_id = s.org_id and x.n = s.n;
  end loop;
  update foundation.audit_head h set hash = x.hash from foundation.audit_seal x where x.org_id = h.org_id and x.n = h.n;
end $$`

test('a trail that nobody has touched is whole', async () => {
  const { orgs, machinery } = await verifyHouse(house, undefined, [])
  expect(orgs.map(({ org: slug, findings, pending }) => [slug, findings, pending])).toEqual(
    ['local-100', 'local-200', 'maple-court', 'riverside'].map((slug) => [slug, [], 0]),
  )
  expect(machinery).toEqual([])
  const [count] = await asOwner<{ n: number }>(
    house,
    `select count(*)::integer as n from foundation.audit_entry where org_id = '${org}'`,
  )
  expect(orgs[0]).toMatchObject({ entries: count?.n, heads: 2, seals: orgs[0]?.head?.n })
})

const set = (change: string) => `update foundation.audit_entry set ${change} where id = ${target}`

describe('what a superuser does to the trail is found, and named:', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['a value edited', set(`new = jsonb_set(new, '{cost}', '9.00')`), ['edited']],
    ['who it was', set(`actor_name = 'Somebody Else'`), ['edited']],
    ['whose account it was', set('actor = null'), ['edited']],
    ['when it was', set(`at = at - interval '3 seconds'`), ['edited']],
    ['the request it came with', set(`request_id = 'another'`), ['edited']],
    ['an entry deleted', `delete from foundation.audit_entry where id = ${target}`, ['deleted']],
    ['all deleted', `delete from foundation.audit_entry where org_id = '{org}'`, ['deleted']],
    [
      'two entries that change places',
      `create table kept.two as select ${target} as a, ${later} as b;
      update foundation.audit_entry set id = '00000000-0000-0000-0000-000000000000' where id = (select a from kept.two);
      update foundation.audit_entry set id = (select a from kept.two) where id = (select b from kept.two);
      update foundation.audit_entry set id = (select b from kept.two)
      where id = '00000000-0000-0000-0000-000000000000'`,
      ['reordered'],
    ],
    [
      'two entries of a seal that change times',
      `update foundation.audit_entry e set at = case e.id when x.ids[1] then b.at else a.at end
      from (select entry_ids as ids from foundation.audit_seal where org_id = '{org}' order by n desc limit 1) x
      join foundation.audit_entry a on a.id = ids[1] join foundation.audit_entry b on b.id = ids[2]
      where e.id in (ids[1], ids[2])`,
      ['reordered'],
    ],
    [
      'an order changed within a seal',
      `update foundation.audit_seal set entry_ids = entry_ids[2:2] || entry_ids[1:1],
        digests = substr(digests, 33, 32) || substr(digests, 1, 32) where cardinality(entry_ids) = 2`,
      ['reordered'],
    ],
    [
      'two seals that change places',
      `update foundation.audit_seal set n = 9000 where n = ${published} - 1;
      update foundation.audit_seal set n = ${published} - 1 where n = ${published};
      update foundation.audit_seal set n = ${published} where n = 9000`,
      ['chain_broken', 'inserted', 'reordered', 'rewritten'],
    ],
    [
      'an entry slipped in between, down to the number of its transaction',
      copy({ id: `overlay(id::text placing 'abc' from 34)::uuid`, at: 'at', xid: 'xid' }),
      ['inserted'],
    ],
    ['an entry dated back', copy({ at: `at - interval '1 day'` }), ['backdated']],
    [
      'an entry dated back, and its id too',
      copy({ id: `uuidv7(interval '-1 day')`, at: `clock_timestamp() - interval '1 day'` }),
      ['backdated'],
    ],
    ['an entry that hides among those from before', copy({ xid: 'null' }), ['inserted']],
    [
      'the end cut off, seals and all',
      `delete from foundation.audit_entry where id in
        (select unnest(entry_ids) from foundation.audit_seal where ${afterPublished});
      delete from foundation.audit_seal where ${afterPublished}; delete from foundation.audit_head`,
      ['truncated'],
    ],
    [
      'the whole chain thrown away',
      'delete from foundation.audit_seal; delete from foundation.audit_head',
      ['truncated'],
    ],
    ['a seal taken out', 'delete from foundation.audit_seal where n = 2', ['seal_missing', 'inserted']],
    [
      'an edit with its digest made anew',
      `${set(`new = jsonb_set(new, '{cost}', '9.00')`)}; update foundation.audit_seal s set digests = (
        select string_agg(foundation.audit_digest(e, foundation.audit_who(e), foundation.audit_what(e)), ''
          order by place)
        from unnest(s.entry_ids) with ordinality i (id, place) join foundation.audit_entry e using (id))`,
      ['seal_changed'],
    ],
    ['an edit with the whole chain made anew', `${set(`actor_name = 'Nobody'`)}; ${rechain}`, ['rewritten']],
    [
      'a seal put in the place of another',
      `update foundation.audit_seal set hash = sha256('x') where n = 2`,
      ['seal_changed', 'chain_broken'],
    ],
    ['content emptied as if it had been erased', set('old = null, new = null, salt = null'), ['erased']],
    [
      'content emptied, with an erasure that nobody ordered',
      `insert into foundation.audit_erasure select org_id, id, 'what', foundation.audit_what(e), now(), id
        from foundation.audit_entry e where id = ${target}; ${set('old = null, new = null, salt = null')}`,
      ['erasure'],
    ],
    [
      'an entry sealed a second time',
      `insert into foundation.audit_seal select org_id, n + 1, hash, sha256('x'), entry_ids, digests, sealed_at,
        snapshot, system from foundation.audit_seal where org_id = '{org}' order by n desc limit 1`,
      ['seal_changed', 'twice', 'inserted'],
    ],
  ])('%s', async (_what, sql, kinds) => {
    await superuser(sql.replaceAll('{org}', org))
    const findings = await found()
    expect([...new Set(findings.map(({ kind }) => kind))].toSorted()).toEqual(kinds.toSorted())
    for (const finding of findings) expect(tellFinding(finding)).toMatch(/^[A-Z][a-z ]+: [^{}]+$/)
  })
})

describe('what writes the trail is looked at too:', () => {
  const definition = async (name: string) => {
    const [row] = await asOwner<{ text: string }>(
      house,
      `select pg_get_functiondef('foundation.${name}'::regproc) as text`,
    )
    return row?.text ?? ''
  }

  test.each([
    [
      'a digest that leaves the content out',
      'audit_what',
      (text: string) => text.replace(`foundation.audit_part(e.new::text)`, `''`),
    ],
    [
      'a trigger that leaves somebody out',
      'write_audit',
      (text: string) =>
        text.replace('begin', `begin if foundation.setting('actor_name') = 'X' then return null; end if;`),
    ],
    ['seals that are not made', 'seal_audit', (text: string) => text.replace('sealed := 0;', 'sealed := 0; return;')],
  ])('%s', async (_what, name, change) => {
    const before = await definition(name)
    await asOwner(house, change(before))
    await (await house.as(cast.staff)).post('/entries', { title: 'while it was so' })
    expect(await found()).toContainEqual({ kind: 'machinery', detail: `foundation.${name}` })
    if (name === 'audit_what') expect(await kindsFound()).toContain('edited')
    await asOwner(house, before)
  })

  test.each([
    ['members.member', 'audit_update'],
    ['foundation.audit_entry', 'keep_audit'],
    ['foundation.user', 'audit_rows'],
    ['foundation.grant', 'write_audit'],
  ])('a trigger of %s that is switched off', async (table, trigger) => {
    await asOwner(house, `alter table ${table} disable trigger ${trigger}`)
    expect(await found()).toEqual([{ kind: 'machinery', detail: `${table} ${trigger}` }])
    await asOwner(house, `alter table ${table} enable trigger ${trigger}`)
  })
})

test('a head that somebody outside has kept finds what even the published ones were bent to', async () => {
  const [line = ''] = readFileSync(join(dataDir, 'audit-heads', 'local-100.txt'), 'utf8').split('\n')
  const [, n, hash = ''] = /(\d+):(\w{64})/.exec(line) ?? []
  await superuser(`${set(`actor_name = 'Nobody'`)}; ${rechain}`.replaceAll('{org}', org))
  const { orgs } = await verifyHouse({ ...house, engine: withFolder('/nowhere') }, 'local-100', [
    { n: Number(n), hash, source: 'a mail' },
  ])
  expect(orgs[0]?.findings).toEqual([{ kind: 'rewritten', seal: Number(n), detail: 'a mail' }])
})

/** The house with another data folder, as if its files were gone. */
const withFolder = (folder: string) =>
  Object.create(house.engine, {
    settings: { value: { ...house.engine.settings, dataDir: folder } },
  }) as typeof house.engine
