import { createHash } from 'node:crypto'
import { PgBoss } from 'pg-boss'
import type pg from 'pg'
import pins from '../../package.json' with { type: 'json' }

/** The job queue's own tables live here. */
export const queueSchema = 'queue'

const rights = `
  grant usage on schema ${queueSchema} to commonhall_app;
  grant select, insert, update, delete on all tables in schema ${queueSchema} to commonhall_app;
  grant usage on all sequences in schema ${queueSchema} to commonhall_app;
  grant execute on all functions in schema ${queueSchema} to commonhall_app`

/**
 * Makes the queue's tables and one queue per job, as the owner; the server's role only uses them. Skipped when this
 * version of the library has already made these queues, which saves half a second at every start.
 */
export async function ensureQueues(client: pg.Client, ownerUrl: string, names: readonly string[]): Promise<void> {
  const checksum = createHash('sha256').update(pins.dependencies['pg-boss']).update(names.join(' ')).digest('hex')
  const { rowCount } = await client.query("select from foundation.migration where module = 'queue' and checksum = $1", [
    checksum,
  ])
  if (rowCount) return
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: queueSchema,
    supervise: false,
    schedule: false,
    max: 2,
  })
  boss.on('error', () => {})
  await boss.start()
  for (const name of names) if (!(await boss.getQueue(name))) await boss.createQueue(name, { notify: true })
  await boss.stop({ graceful: false })
  await client.query(rights)
  await client.query(
    `insert into foundation.migration (module, name, checksum) values ('queue', 'tables', $1)
    on conflict (module, name) do update set checksum = excluded.checksum, applied_at = now()`,
    [checksum],
  )
}
