import { type Caller, findOrg, houseCaller } from '../caller.ts'
import { asHouse, type HouseAccess } from '../database/access.ts'
import type { Engine } from '../engine.ts'
import { importFinished } from '../foundation/notices/index.ts'
import type { HouseJob } from '../jobs/index.ts'
import { runImport, tryImport } from './run.ts'
import { findImport, type ImportScope } from './store.ts'
import { undoImport } from './undo.ts'

/** The queue through which imports are worked. */
export const importQueue = 'foundation.work-import'

export interface ImportWork {
  readonly import: string
  readonly act: 'run' | 'try' | 'undo'
  readonly access: HouseAccess
}

/**
 * An import outlasts the request that began it, so its work is done by the house in the name of the person, whose right
 * was checked when they asked for it.
 */
export const onBehalfOf = ({ access, actor, org }: Caller): HouseAccess =>
  asHouse(org.id, {
    userId: actor.userId,
    requestId: access.requestId,
    via: 'import',
    actorName: actor.name,
  })

export const scopeOf = (engine: Engine, access: ImportScope['access']): ImportScope => ({
  database: engine.database,
  registry: engine.registry,
  access,
  meet: (transaction, caller) => engine.context(transaction, caller),
})

/** Works imports off. Each act goes on where it stood, so a job that died is simply run again. */
export const workImport = (engine: Engine): HouseJob<ImportWork> => ({
  name: importQueue,
  async run({ import: id, act, access }) {
    const scope = scopeOf(engine, access)
    if (act === 'run') await runImport(scope, id).finally(() => tellStarter(engine, scope, id))
    else if (act === 'try') await tryImport(scope, id)
    else await undoImport(scope, id)
  },
})

/** Whoever began an import learns how it ended, once for each time that it was begun. */
async function tellStarter(engine: Engine, scope: ImportScope, id: string): Promise<void> {
  const row = await findImport(scope, id)
  const { created_by: user, state, file_name: file, rows, imported, refused, started_at: begun } = row
  const org = await findOrg(engine.database, scope.access.orgId)
  if (!user || !org || (state !== 'done' && state !== 'failed')) return
  const { plural: into, path } = engine.registry.resource(row.resource)
  const news = { file, into, rows, imported, refused, failed: state === 'failed', path: `/${path}/import?id=${id}` }
  const caller = houseCaller(org, 'import', { requestId: scope.access.requestId })
  await engine.act(caller, (ctx) => ctx.notify(importFinished, news, { to: { user }, key: `${id} ${begun} ${state}` }))
}
