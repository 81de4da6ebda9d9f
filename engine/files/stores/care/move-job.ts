import { Counter } from 'prom-client'
import type { Engine } from '../../../engine.ts'
import type { HouseJob } from '../../../jobs/index.ts'
import type { Piece } from './kept.ts'
import { type Moved, moveRows, removeOld, usualGrace } from './move.ts'

/** Files that are to be elsewhere, and how far that has come. */
export interface MoveOrder {
  /** Name of the store. */
  readonly to: string
  readonly step?: 'copy' | 'remove' | 'done'
  readonly after?: Piece | null
  readonly moved?: Moved
}

const queue = 'files.bytes-are-moved'

/** One move at a time, of the whole house. */
const key = 'all'

/** A run does not begin anything new after so many milliseconds: what comes next is a job of its own. */
const usualStretch = 20_000

/** How often a run notes how far it has come, in milliseconds. */
const often = 1000

/**
 * Moves all files to another store, a stretch at a time. Each job says where it begins; a worker that dies has its job
 * taken up by another, which passes over what has been moved.
 */
export function moveInStretches(
  engine: Engine,
  { stretch = usualStretch, grace = usualGrace }: { stretch?: number; grace?: number } = {},
): HouseJob<MoveOrder> {
  const { jobs, meters } = engine
  const count = new Counter({
    name: 'commonhall_files_moved_total',
    help: 'Contents and previews that were moved between stores in this process, or could not be',
    labelNames: ['store', 'outcome'],
    registers: [meters],
  })
  const goOn = (order: MoveOrder, wait = 0) =>
    jobs.send(queue, order, {
      key,
      ...(wait ? { startAfter: Temporal.Now.instant().add({ milliseconds: wait }).toString() } : {}),
    })
  return {
    name: queue,
    atOnce: 1,
    retries: 20,
    longestPause: 600,
    timeLimit: 6 * 3600,
    async run(order, { id }) {
      const { to, moved: before } = order
      const until = Date.now() + stretch
      if (order.step === 'remove') {
        const { moved, isAll } = await removeOld(engine, { to, moved: before, until })
        if (isAll) await jobs.note(queue, id, { to, moved, step: 'done' })
        else await goOn({ to, moved, step: 'remove' })
        return
      }
      let noted = Date.now()
      const onMoved = (soFar: Moved) => {
        if (Date.now() - noted < often) return
        noted = Date.now()
        void jobs.note(queue, id, { ...order, moved: { ...soFar } }).catch(() => {})
      }
      const { moved, after } = await moveRows(engine, { to, moved: before, after: order.after, until, onMoved })
      count.inc({ store: to, outcome: 'moved' }, moved.pieces - (before?.pieces ?? 0))
      count.inc({ store: to, outcome: 'failed' }, moved.failed - (before?.failed ?? 0))
      if (after) await goOn({ to, moved, after, step: 'copy' })
      else await goOn({ to, moved, step: 'remove' }, grace)
    },
  }
}

/** Queues a move. Where one waits already, that is it. */
export async function queueMove({ jobs }: Engine, to: string): Promise<void> {
  await jobs.send(queue, { to }, { key })
}

/** How the move stands that was queued last; null when there has been none lately. */
export async function moveStands({ jobs }: Engine) {
  const job = await jobs.latest(queue)
  return job && { ...job, order: job.data as unknown as MoveOrder }
}
