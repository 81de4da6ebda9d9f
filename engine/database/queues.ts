import { createHash } from 'node:crypto'
import { PgBoss } from 'pg-boss'
import type pg from 'pg'
import pins from '../../package.json' with { type: 'json' }
import type { QueueWanted } from '../jobs/terms.ts'
import { queueRules } from './queue-rules.ts'

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
export async function ensureQueues(client: pg.Client, ownerUrl: string, wanted: readonly QueueWanted[]): Promise<void> {
  const checksum = createHash('sha256')
    .update(pins.dependencies['pg-boss'])
    .update(queueRules)
    .update(JSON.stringify(wanted))
    .digest('hex')
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
  const there = new Set((await boss.getQueues()).map(({ name }) => name))
  for (const { name, policy, options } of wanted) {
    if (there.has(name)) await boss.updateQueue(name, options)
    else await boss.createQueue(name, { ...options, policy })
    if (there.has(name)) await changePolicy(client, name, policy)
  }
  await boss.stop({ graceful: false })
  await client.query(queueRules)
  await client.query(rights)
  await client.query(
    `insert into foundation.migration (module, name, checksum) values ('queue', 'tables', $1)
    on conflict (module, name) do update set checksum = excluded.checksum, applied_at = now()`,
    [checksum],
  )
}

/**
 * The library does not change the policy of a queue that has a table of its own, since that has only the indexes of
 * one policy. Ours share a table that has them all. What waits is taken along: each job that had no order keeps none.
 */
async function changePolicy(client: pg.Client, name: string, policy: string): Promise<void> {
  const { rowCount } = await client.query(
    'update queue.queue set policy = $2 where name = $1 and policy is distinct from $2 and not partition',
    [name, policy],
  )
  if (!rowCount) return
  await client.query(
    `update queue.job set policy = $2, singleton_key = case when $2 = 'key_strict_fifo' then id::text end
    where name = $1`,
    [name, policy],
  )
}
