import { findOrg, houseCaller, type OrgRow } from '../caller.ts'
import type { Engine } from '../engine.ts'
import type { HouseJob } from '../jobs/index.ts'
import { importQueue, type ImportWork } from './jobs.ts'

interface Interrupted {
  readonly id: string
  readonly state: 'running' | 'trying' | 'undoing'
  readonly created_by: string | null
  readonly created_by_name: string | null
}

const acts = { running: 'run', trying: 'try', undoing: 'undo' } as const

/**
 * Takes up what a server that died has left in the middle. The queue would do so too, but only once it gives the dead
 * worker up, a quarter of an hour later. Should the worker live after all, the two take turns.
 */
export const resumeImports = (engine: Engine): HouseJob => ({
  name: 'foundation.resume-imports',
  schedule: '*/5 * * * *',
  async run() {
    const orgs = await engine.database.bare<OrgRow>('select * from foundation.orgs_with($1)', ['foundation'])
    for (const { id } of orgs) {
      const org = await findOrg(engine.database, id)
      if (org) await resumeIn(engine, org)
    }
  },
})

async function resumeIn(engine: Engine, org: OrgRow): Promise<void> {
  const interrupted = await engine.database.read<Interrupted>(houseCaller(org, 'job').access, {
    text: `select id, state, created_by, created_by_name from foundation.import
      where state = any($1) and updated_at < now() - interval '3 minutes'`,
    values: [Object.keys(acts)],
  })
  for (const { id, state, created_by: userId, created_by_name: name } of interrupted) {
    const by = { ...(userId ? { userId } : {}), ...(name ? { name } : {}) }
    const { access } = houseCaller(org, 'import', by)
    if (access.kind !== 'house') continue
    await engine.jobs.send(importQueue, { import: id, act: acts[state], access } satisfies ImportWork, { key: id })
  }
}
