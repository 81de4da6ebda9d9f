import type { Engine } from '../engine.ts'
import type { HouseJob } from '../jobs/index.ts'

const name = 'foundation.schedules-kept'

/** Orgs come and go, and switch modules, while the server runs: what is done nightly must follow. */
export const keepSchedules = ({ jobs, database }: Engine): HouseJob => ({
  name,
  schedule: '23 * * * *',
  async run() {
    await jobs.scheduleForOrgs(database)
    await jobs.takeUp()
  },
})

/** Has it done soon, after a host has changed which org has what. */
export const keepSchedulesSoon = ({ jobs }: Engine): Promise<string> => jobs.send(name, {}, { key: 'soon' })
