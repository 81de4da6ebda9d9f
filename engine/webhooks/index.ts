/** Webhooks: other programs are told what happens, as far as somebody of the org answers for it. */
import { addWords } from '@commonhall/kernel'
import type { Engine } from '../engine.ts'
import { readMayReach } from './http/addresses.ts'
import { Courier } from './delivery/courier.ts'
import { type Resolve, resolveBySystem } from './http/destination.ts'
import { addMeters } from './delivery/meters.ts'
import { webhookRoutes } from './routes/index.ts'
import { Secrets } from './secrets.ts'
import { deliverMessages, findDueMessages, wakeAfterCommits } from './delivery/wake.ts'
import { words } from './words/en.ts'

addWords('webhooks', words)

/** Wires webhooks to the engine. `resolve` finds addresses; tests give another. */
export function openWebhooks(engine: Engine, resolve: Resolve = resolveBySystem) {
  const mayReach = readMayReach(engine.settings.environment['WEBHOOK_NETWORKS'])
  const secrets = new Secrets(engine.settings)
  const count = addMeters(engine.meters)
  const courier = new Courier(engine, secrets, { mayReach, resolve }, count)
  engine.jobs.addHouseJob(deliverMessages(courier))
  engine.jobs.addHouseJob(findDueMessages(engine, courier))
  const sleep = wakeAfterCommits(engine, courier)
  engine.onClose(async () => {
    sleep()
    await courier.close()
  })
  return { routes: webhookRoutes({ secrets, mayReach, resolve }), courier }
}
