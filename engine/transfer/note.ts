import type pg from 'pg'
import type { OwnedOrg } from './export-org.ts'

/** Whoever sits at the command line, as the trail calls them. */
export interface Commander {
  readonly name: string
}

/** Opens an org for the owner in this transaction, and says in whose name. */
export async function openAs(client: pg.ClientBase, { id }: OwnedOrg, { name }: Commander, act: string): Promise<void> {
  await client.query(
    `select set_config('app.org', $1, true), set_config('app.actor_name', $2, true), set_config('app.act', $3, true),
      set_config('app.via', 'command', true)`,
    [id, name, act],
  )
}

/** Writes into the org's trail that everything of it was taken, before it is. */
export async function noteExport(client: pg.ClientBase, org: OwnedOrg, by: Commander): Promise<void> {
  await client.query('begin')
  await openAs(client, org, by, 'export')
  await client.query(
    `insert into foundation.audit_entry (org_id, actor_name, act, resource, record, via)
    values ($1, $2, 'export', 'foundation.org', $1, 'command')`,
    [org.id, by.name],
  )
  await noteForHosts(client, org, by, 'export', {})
  await client.query('commit')
}

/** Writes into the hosts' journal, which outlives the org. */
export async function noteForHosts(
  client: pg.ClientBase,
  { id, slug }: OwnedOrg,
  by: Commander,
  act: string,
  told: object,
): Promise<void> {
  await client.query(
    'insert into foundation.host_act (host_name, act, org, slug, detail) values ($1, $2, $3, $4, $5)',
    [by.name, act, id, slug, JSON.stringify({ new: told })],
  )
}
