import type { PgBoss } from 'pg-boss'
import type { Job } from '@commonhall/kernel'
import type { OrgRow } from '../caller.ts'
import type { Database } from '../database/pool.ts'
import type { Registry } from '../registry.ts'
import type { HouseJob } from './house-job.ts'
import { labelOf } from './overview.ts'

/** What is done by the clock. */
export interface Schedule {
  readonly queue: string
  readonly label: string
  /** Five cron fields. */
  readonly cron: string
  /** How many orgs it is done in; null for work of the house. */
  readonly orgs: number | null
  readonly next_at: string
}

/** What a run by the clock is sent with. One that was missed while nothing ran is made up for, once. */
const sentWith = (group: string) => ({
  group: { id: group },
  singletonKey: `${group} by the clock`,
  missed: 'once' as const,
})

export async function scheduleHouseJob(boss: PgBoss, { name, schedule }: HouseJob): Promise<void> {
  if (schedule) await boss.schedule(name, schedule, {}, sentWith('house'))
  else await boss.unschedule(name)
}

/** Sees to it that what is done regularly is done in each org that has the module on now, and in no other. */
export async function scheduleForOrgs(boss: PgBoss, registry: Registry, database: Database): Promise<void> {
  for (const { module, job } of registry.jobs.values())
    if (job.schedule) await scheduleOne(boss, job, module.name, database)
}

async function scheduleOne(boss: PgBoss, job: Job, module: string, database: Database): Promise<void> {
  const orgs = await database.bare<OrgRow & Record<string, unknown>>('select * from foundation.orgs_with($1)', [module])
  const known = await boss.getSchedules(job.name)
  const stale = new Set(known.map(({ key }) => key))
  for (const { id } of orgs) stale.delete(id)
  for (const key of stale) await boss.unschedule(job.name, key)
  for (const { id, time_zone: tz } of orgs) {
    const before = known.find(({ key }) => key === id)
    if (before?.cron === job.schedule && before?.timezone === tz && before?.options?.missed) continue
    await boss.schedule(job.name, job.schedule ?? '', { org: id, payload: {} }, { tz, key: id, ...sentWith(id) })
  }
}

/** When what is done by the clock is done next, the soonest first. */
export async function nextRuns(boss: PgBoss, ofHouse: ReadonlySet<string>): Promise<Schedule[]> {
  const byQueue = Map.groupBy(await boss.getSchedules(), ({ name }) => name)
  const runs = [...byQueue].map(([queue, schedules]) => {
    const clocks = new Map(schedules.map(({ cron, timezone }) => [`${cron} ${timezone}`, { cron, tz: timezone }]))
    const next = [...clocks.values()].flatMap(({ cron, tz }) => boss.previewSchedule(cron, { tz, count: 1 }))
    return {
      queue,
      label: labelOf(queue),
      cron: schedules[0]?.cron ?? '',
      orgs: ofHouse.has(queue) ? null : schedules.length,
      next_at: next.toSorted((one, other) => one.getTime() - other.getTime())[0]?.toISOString() ?? '',
    }
  })
  return runs.toSorted((one, other) => one.next_at.localeCompare(other.next_at))
}
