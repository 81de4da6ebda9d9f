import type pg from 'pg'
import type { Migration } from '../database/migrate.ts'
import type { Finding } from './finding.ts'

/** What writes and seals the trail. */
const functions = [
  'write_audit',
  'write_row_audit',
  'write_people_audit',
  'write_file_trail',
  'write_new_file_trail',
  'note_file',
  'note_denied',
  'note_reads',
  'tell_sign_ins',
  'keep_audit',
  'audit_part',
  'audit_time',
  'audit_who',
  'audit_what',
  'audit_digest',
  'audit_seal_hash',
  'first_id',
  'committed',
  'seal_audit',
  'publish_audit_head',
  'erase_audit',
] as const

const madeTrigger = /^create trigger (\w+) [^;]*? on ([\w.]+)[^;]*?execute function foundation\.(\w+)/gms

interface Trigger {
  readonly name: string
  readonly called: string
  readonly on: boolean
}

/**
 * Whether what writes the trail from here on is what the migrations made: the functions word for word, their triggers
 * there and switched on. A trail can be whole, and yet nothing be added to it any more.
 */
export async function checkMachinery(client: pg.ClientBase, migrations: readonly Migration[]): Promise<Finding[]> {
  const { rows: found } = await client.query<{ name: string; source: string }>(
    `select p.proname as name, p.prosrc as source from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'foundation' and p.proname = any($1)`,
    [functions],
  )
  const changed = functions.filter((name) => {
    const made = new RegExp(`create (?:or replace )?function foundation\\.${name}\\(`)
    const written = migrations.findLast(({ text }) => made.test(text))
    const [one, ...others] = found.filter((row) => row.name === name)
    return !one || others.length > 0 || !written?.text.includes(`$$${one.source}$$`)
  })
  const off = await missingTriggers(client, migrations)
  return [...changed.map((name) => `foundation.${name}`), ...off].map((detail) => ({ kind: 'machinery', detail }))
}

/** Triggers that the migrations made, and that are gone or switched off. */
async function missingTriggers(client: pg.ClientBase, migrations: readonly Migration[]): Promise<string[]> {
  const { rows } = await client.query<Trigger>(
    `select n.nspname || '.' || c.relname || ' ' || t.tgname as name, p.proname as called, t.tgenabled = 'O' as on
    from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace join pg_catalog.pg_proc p on p.oid = t.tgfoid
    where not t.tgisinternal`,
  )
  const standing = new Map(rows.filter(({ on }) => on).map(({ name, called }) => [name, called]))
  const expected = new Map<string, string>()
  for (const { text } of migrations) {
    for (const [, table] of text.matchAll(/foundation\.audit_table\('([\w.]+)'/g))
      for (const what of ['insert', 'update', 'delete']) expected.set(`${table} audit_${what}`, 'write_audit')
    for (const [, name, table, called = ''] of text.matchAll(madeTrigger))
      if ((functions as readonly string[]).includes(called)) expected.set(`${table} ${name}`, called)
  }
  for (const table of ['audit_entry', 'audit_seal', 'audit_erasure', 'audit_head']) {
    expected.set(`foundation.${table} keep_audit`, 'keep_audit')
    expected.set(`foundation.${table} keep_audit_whole`, 'keep_audit')
  }
  return [...expected].filter(([name, called]) => standing.get(name) !== called).map(([name]) => name)
}
