import { moveFiles } from '@commonhall/engine'
import { say } from '@commonhall/kernel'
import { type Command, tell, warn, WrongUse } from './command.ts'
import { withHouse } from './open.ts'

/** How often progress is told, in milliseconds. */
const often = 5000

/** All files to another store, while everything goes on. */
export const filesMoveCommand: Command = {
  name: 'files move',
  options: { to: { type: 'string' }, json: { type: 'boolean' } },
  async run({ values: { to, json } }) {
    if (to !== 's3' && to !== 'disk') throw new WrongUse(say('cli:files_move.where'))
    return await withHouse(async ({ engine }) => {
      if (engine.files.settings.store !== to) warn(say('cli:files_move.new_ones', { to }))
      let told = Date.now()
      const moved = await moveFiles(engine, {
        to,
        onMoved(soFar) {
          if (Date.now() - told < often) return
          told = Date.now()
          warn(say('cli:files_move.so_far', { ...soFar }))
        },
      })
      tell(json ? JSON.stringify(moved) : say('cli:files_move.done', { ...moved, to }))
      if (moved.failed) warn(say('cli:files_move.failed', { count: moved.failed }))
      return moved.failed ? 1 : 0
    })
  },
}
