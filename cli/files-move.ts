import { setTimeout as sleep } from 'node:timers/promises'
import { type Engine, moveFiles, moveStands, queueMove } from '@commonhall/engine'
import { say } from '@commonhall/kernel'
import { type Command, tell, warn, WrongUse } from './command.ts'
import { withHouse } from './open.ts'

type Moved = Awaited<ReturnType<typeof moveFiles>>

/** How often progress is looked for, and told, in milliseconds. */
const glance = 500
const often = 5000

/** For so long nobody need take a job up, and for so long one piece may take. */
const patience = { waiting: 40_000, running: 15 * 60_000 }

/** All files to another store, while everything goes on. */
export const filesMoveCommand: Command = {
  name: 'files move',
  options: { to: { type: 'string' }, now: { type: 'boolean' }, json: { type: 'boolean' } },
  async run({ values: { to, now, json } }) {
    if (to !== 's3' && to !== 'disk') throw new WrongUse(say('cli:files_move.where'))
    return await withHouse(async ({ engine }) => {
      engine.files.stores.of(to)
      if (engine.files.settings.store !== to) warn(say('cli:files_move.new_ones', { to }))
      const onMoved = progress()
      const moved = now ? await moveFiles(engine, { to, onMoved }) : await leftToWorkers(engine, to, onMoved)
      if (!moved) return 1
      tell(json ? JSON.stringify(moved) : say('cli:files_move.done', { ...moved, to }))
      if (moved.failed) warn(say('cli:files_move.failed', { count: moved.failed }))
      return moved.failed ? 1 : 0
    })
  },
}

function progress(): (soFar: Moved) => void {
  let told = Date.now()
  return (soFar) => {
    if (Date.now() - told < often) return
    told = Date.now()
    warn(say('cli:files_move.so_far', { ...soFar }))
  }
}

/** Queues it, and tells how it goes until it is done. Null when it does not get there; it stays in the queue. */
async function leftToWorkers(engine: Engine, to: string, onMoved: (soFar: Moved) => void): Promise<Moved | null> {
  const before = await moveStands(engine)
  const isUnderWay = before !== null && /created|retry|active/.test(before.state)
  if (isUnderWay && before.order.to !== to) throw new WrongUse(say('cli:files_move.elsewhere', { to: before.order.to }))
  if (!isUnderWay) await queueMove(engine, to)
  let seen = ''
  for (let since = Date.now(); ; await sleep(glance)) {
    const now = await moveStands(engine)
    if (!now) throw new Error('The queue has forgotten its job.')
    const { state, order } = now
    if (state === 'completed' && order.step === 'done' && order.moved) return order.moved
    if (order.moved) onMoved(order.moved)
    if (JSON.stringify(now) !== seen) since = Date.now()
    seen = JSON.stringify(now)
    const isSilent = Date.now() - since > patience[state === 'active' ? 'running' : 'waiting']
    if (state !== 'failed' && !isSilent) continue
    warn(say(state === 'failed' ? 'cli:files_move.stuck' : 'cli:files_move.nobody'))
    return null
  }
}
