// The limit for jobs: the queue's library and the driver, nothing else. It takes jobs in handfuls and runs each in one
// transaction that writes the same line and notes that the job is done. Run as a process of its own.
import { PgBoss } from 'pg-boss'

export interface BareJobs {
  readonly databaseUrl: string
  readonly atOnce: number
}

const bareSchema = 'bare'
const queue = 'bare.job'
const handful = 20

/** Queues so many jobs in the library's own tables, in a schema of their own. */
export async function queueBare({ databaseUrl }: BareJobs, count: number): Promise<void> {
  const boss = await open(databaseUrl, 2)
  await boss.createQueue(queue, { retryLimit: 5, retryBackoff: true })
  for (let begun = 0; begun < count; begun += 1_000) {
    const jobs = Array.from({ length: 1_000 }, (_, n) => ({ data: { job: `job ${begun + n}` } }))
    await boss.insert(queue, jobs)
  }
  await boss.stop({ graceful: false })
}

async function workBare({ databaseUrl, atOnce }: BareJobs): Promise<void> {
  const boss = await open(databaseUrl, atOnce + 1)
  const told = new AbortController()
  process.once('SIGTERM', () => told.abort())
  let taken: Awaited<ReturnType<typeof boss.fetch<{ job: string }>>> = []
  let taking: Promise<void> | undefined
  const take = async () => {
    taken = await boss.fetch<{ job: string }>(queue, { batchSize: handful })
    if (!taken.length) await new Promise((resume) => setTimeout(resume, 50))
  }
  const hand = async () => {
    while (!told.signal.aborted) {
      const job = taken.shift()
      if (!job) {
        await (taking ??= take().finally(() => (taking = undefined)))
        continue
      }
      const transaction = await boss.getDb().beginTransaction?.()
      if (!transaction) return
      await transaction.db.executeSql('insert into public.tally (job) values ($1)', [job.data.job])
      await boss.complete(queue, { id: job.id, retryCount: job.retryCount }, null, { db: transaction.db })
      await transaction.commit()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, hand))
  await boss.stop({ graceful: false })
}

async function open(connectionString: string, max: number): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString, schema: bareSchema, supervise: false, schedule: false, max })
  boss.on('error', (error) => console.error(error))
  return await boss.start()
}

const task = process.env['BARE_JOBS']
if (import.meta.main && task) await workBare(JSON.parse(task) as BareJobs)
