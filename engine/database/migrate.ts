import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { type Module, snake } from '@commonhall/kernel'
import type { QueueWanted } from '../jobs/terms.ts'
import { withClient } from './provision.ts'
import { ensureQueues } from './queues.ts'

/** One SQL file of one module. */
export interface Migration {
  readonly module: string
  readonly name: string
  readonly text: string
  readonly checksum: string
}

/** The migrations of some modules: in catalog order, and in each module by number. */
export function listMigrations(modules: readonly Module[]): Migration[] {
  return modules.flatMap(({ name: module, folder }) => {
    const directory = join(folder, 'migrations')
    if (!existsSync(directory)) return []
    return readdirSync(directory)
      .filter((file) => file.endsWith('.sql'))
      .toSorted()
      .map((name) => {
        const text = readFileSync(join(directory, name), 'utf8')
        return { module, name, text, checksum: createHash('sha256').update(text).digest('hex') }
      })
  })
}

/** Any number, as long as it is ours: one migration at a time on a database, however many processes start. */
const lockKey = 4_207_849

/** Brings the database up to the modules' migrations. Answers the names of those it ran. */
export async function migrate(
  ownerUrl: string,
  modules: readonly Module[],
  queues: readonly QueueWanted[],
): Promise<string[]> {
  return await withClient(ownerUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await client.query('set client_min_messages = warning')
    await client.query(`create schema if not exists foundation;
      create table if not exists foundation.migration (
        module text, name text, checksum text not null, applied_at timestamptz not null default now(),
        primary key (module, name))`)
    const { rows } = await client.query<{ module: string; name: string; checksum: string }>(
      'select module, name, checksum from foundation.migration',
    )
    const applied = new Map(rows.map((row) => [`${row.module}/${row.name}`, row.checksum]))
    const ran: string[] = []
    for (const migration of listMigrations(modules)) {
      const key = `${migration.module}/${migration.name}`
      const before = applied.get(key)
      if (before !== undefined && before !== migration.checksum)
        throw new Error(
          `The migration ${key} was changed after ` +
            'it had run on this database. Put the file back and write a new one, or start with an empty data folder.',
        )
      if (before !== undefined) continue
      await apply(client, migration)
      ran.push(key)
    }
    await ensureQueues(client, ownerUrl, queues)
    return ran
  })
}

async function apply(client: pg.Client, { module, name, text, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(`create schema if not exists ${snake(module)}`)
    await client.query(`grant usage on schema ${snake(module)} to commonhall_app`)
    await client.query(text)
    await client.query('insert into foundation.migration (module, name, checksum) values ($1, $2, $3)', [
      module,
      name,
      checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`The migration ${module}/${name} failed: ${(error as Error).message}`, { cause: error })
  }
}
