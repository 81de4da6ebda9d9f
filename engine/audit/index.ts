/** The proof of the audit trail: seals, published heads, and checking them. */
import type { Engine } from '../engine.ts'
import { mailHead, publishHeads } from './publish.ts'
import { sealTrails } from './seal.ts'

export { chainRoutes } from './routes.ts'

/** The work that goes on by itself: sealing every minute, publishing every day. */
export function workChain(engine: Engine): void {
  engine.jobs.addHouseJob(sealTrails(engine))
  engine.jobs.addHouseJob(publishHeads(engine))
  engine.jobs.addHouseJob(mailHead(engine))
}
