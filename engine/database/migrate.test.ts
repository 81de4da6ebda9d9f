import { cpSync, mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { defineModule, defineResource, field, type Module } from '@commonhall/kernel'
import { catalog } from '@commonhall/modules/catalog'
import { asOwner, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { registryOf } from '../boot.ts'
import { queueOf } from '../jobs/terms.ts'
import { testSettings } from '../testing/settings.ts'
import { draftTable } from './draft.ts'
import { findDrift } from './drift.ts'
import { migrate } from './migrate.ts'
import { ensureOwned, ensureServer, withClient, withDatabase } from './provision.ts'

let house: TestHouse
const folder = mkdtempSync(join(tmpdir(), 'commonhall-migrations-'))
beforeAll(async () => void (house = await openHouse({ modules: [notebook] })))
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await house.close()
})

const drift = (resources = house.engine.registry.resources) =>
  withClient(house.ground.ownerUrl, (client) => findDrift(client, resources))

/** A module with these migrations and nothing else. */
function scratch(name: string, files: Readonly<Record<string, string>>): Module {
  const own = join(folder, name)
  mkdirSync(join(own, 'migrations'), { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(join(own, 'migrations', file), text)
  return defineModule({ name, label: name, purpose: name, icon: 'x', folder: own })
}

const run = (modules: readonly Module[]) => migrate(house.ground.ownerUrl, modules, [])

describe('the database', () => {
  test('is what the resources declare', async () => expect(await drift()).toEqual([]))

  const planted: readonly [string, RegExp][] = [
    ['alter table notebook.entry drop column mood', /mood is missing/],
    ['alter table notebook.entry add column extra text', /extra is not declared/],
    ['alter table notebook.entry alter cost type numeric(10,2)', /cost is numeric\(10,2\), declared numeric\(15,2\)/],
    ['alter table notebook.entry alter day set not null', /day is required/],
    ['alter table notebook.entry alter state drop not null', /state is not required/],
    ['alter table notebook.entry alter fixed type text collate "C"', /fixed does not sort/],
    ['alter table notebook.entry no force row level security', /row-level security is not on/],
    ['drop policy org_rows on notebook.entry', /row-level security is not on/],
    ['drop trigger audit_insert on notebook.entry', /no audit entries/],
    ['alter table notebook.entry drop constraint entry_org_id_code_key', /code is not unique/],
    ['alter table notebook.entry drop constraint entry_org_id_about_fkey', /about does not refer to members.member/],
    ['alter table notebook.entry drop constraint entry_state_check', /check of state allows anything/],
    [
      "alter table notebook.entry drop constraint entry_mood_check, add check (mood in ('calm', 'glad', 'sad'))",
      /allows calm, glad, sad, declared calm, glad, cross/,
    ],
    ['drop index notebook.entry_day', /no index serves day/],
    ['drop index notebook.entry_about', /no index serves about/],
    ['drop function notebook.search_entry', /cannot be searched/],
    ['alter table housing.occupancy drop constraint occupancy_org_id_unit_period_key', /dates of one unit can overlap/],
    ['drop table notebook.entry cascade', /no such table/],
  ]
  test.each(planted)(
    'after "%s" the difference is found, and mended by the SQL that comes with it',
    async (sql, problem) => {
      await withClient(house.ground.ownerUrl, async (client) => {
        await client.query('begin')
        await client.query(sql)
        const [found, ...others] = await findDrift(client, house.engine.registry.resources)
        expect(found?.problem).toMatch(problem)
        expect(others).toEqual([])
        // A guard that is half there is first taken away whole.
        await client.query(/policy|force/.test(sql) ? 'drop policy if exists org_rows on notebook.entry' : 'select 1')
        await client.query(
          /trigger/.test(sql)
            ? 'drop trigger audit_update on notebook.entry; drop trigger audit_delete on notebook.entry'
            : 'select 1',
        )
        if (/function/.test(sql))
          await client.query(
            'drop policy search_rows on notebook.entry; alter table notebook.entry drop column search_text',
          )
        await client.query(found?.mend ?? '')
        expect(await findDrift(client, house.engine.registry.resources)).toEqual([])
        await client.query('rollback')
      })
    },
  )

  test('gets from a draft exactly what a resource declares, reserved words and quotes included', async () => {
    const odd = defineResource('scratchpad.thing', {
      label: 'Thing',
      plural: 'Things',
      traits: ['audited', 'archivable'],
      title: '{order}',
      naturalKey: 'order',
      uniqueTogether: [['user', 'group']],
      fields: {
        order: field.text({ required: true, unique: true }),
        user: field.ref('members.member'),
        group: field.choice(["it's", 'no'], { default: "it's" }),
        from: field.date({ required: true }),
        to: field.date(),
        detail: field.json(),
        flag: field.yesNo({ default: true }),
        hours: field.hours({ default: '1.50' }),
        count: field.count({ default: 3 }),
        rate: field.money({ decimals: 4 }),
        at: field.instant(),
      },
      temporalKey: { per: ['user'], from: 'from', until: 'to' },
      views: { list: ['order'], search: ['order', 'group'], sort: ['-from', 'order'], sortable: ['rate'] },
    })
    const resources = new Map([...house.engine.registry.resources, [odd.name, odd]])
    await withClient(house.ground.ownerUrl, async (client) => {
      await client.query('begin')
      await client.query('create schema scratchpad')
      await client.query(draftTable(odd, resources))
      expect(await findDrift(client, resources)).toEqual([])
      await client.query('rollback')
    })
  })
})

describe('migrations', () => {
  test('run once, in order, each in a transaction', async () => {
    const stones = scratch('stones', {
      '0002-b.sql': 'alter table stones.a add column y text;',
      '0001-a.sql': 'create table stones.a (x text);',
    })
    expect(await run([stones])).toEqual(['stones/0001-a.sql', 'stones/0002-b.sql'])
    expect(await run([stones])).toEqual([])
  })

  test('that fail leave nothing, and say which and why', async () => {
    const broken = scratch('broken', { '0001-a.sql': 'create table broken.a (x text); select nonsense;' })
    await expect(run([broken])).rejects.toThrow(
      /The migration broken\/0001-a\.sql failed: column "nonsense" does not exist/,
    )
    expect(await asOwner(house, "select from pg_namespace where nspname = 'broken'")).toEqual([])
    writeFileSync(join(broken.folder, 'migrations/0001-a.sql'), 'create table broken.a (x text);')
    expect(await run([broken])).toEqual(['broken/0001-a.sql'])
  })

  test('that were changed after they had run are refused, with what to do', async () => {
    const moved = scratch('moved', { '0001-a.sql': 'create table moved.a (x text);' })
    await run([moved])
    writeFileSync(join(moved.folder, 'migrations/0001-a.sql'), 'create table moved.a (y text);')
    await expect(run([moved])).rejects.toThrow(
      /moved\/0001-a\.sql was changed after it had run.*Put the file back and write a new one/s,
    )
  })

  test('run once when four servers start at the same time on an empty database', async () => {
    const name = `fresh_${Date.now()}`
    const ownerUrl = await ensureOwned(testSettings, inject('postgres'), name)
    const ground = await ensureServer(testSettings, ownerUrl, () => Promise.resolve())
    const modules = registryOf(catalog).modules
    const ran = await Promise.all(
      Array.from({ length: 4 }, () => migrate(ground.ownerUrl, modules, [queueOf('a.queue', {})])),
    )
    const files = modules.reduce((sum, { folder: own }) => sum + migrationsIn(own), 0)
    expect(ran.map((one) => one.length).toSorted((a, b) => a - b)).toEqual([0, 0, 0, files])
    await withClient(withDatabase(inject('postgres'), 'postgres'), (client) =>
      client.query(`drop database ${name} with (force)`),
    )
  })

  test('are those of the catalog, unchanged by being copied to another place', async () => {
    const copy = join(folder, 'copied')
    cpSync(house.engine.registry.modules.find(({ name }) => name === 'members')!.folder, copy, { recursive: true })
    const [members] = house.engine.registry.modules.filter(({ name }) => name === 'members')
    expect(await run([{ ...members!, folder: copy }])).toEqual([])
  })
})

function migrationsIn(own: string): number {
  try {
    return readdirSync(join(own, 'migrations')).filter((file) => file.endsWith('.sql')).length
  } catch {
    return 0
  }
}
