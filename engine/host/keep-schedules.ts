import type { Engine } from '../engine.ts'
import type { HouseJob } from '../jobs.ts'

const name = 'foundation.schedules-kept'

/** Orgs come and go, and switch modules, while the server runs: what is done nightly must follow. */
export const keepSchedules = ({ jobs, registry, database }: Engine): HouseJob => ({
  name,
  schedule: '23 * * * *',
  run: () => jobs.scheduleForOrgs(registry, database),
})

/** Has it done soon, after a host has changed which org has what. */
export const keepSchedulesSoon = ({ jobs }: Engine): Promise<void> => jobs.send(name, {}, { key: 'soon' })
