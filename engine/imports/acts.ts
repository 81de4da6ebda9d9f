import type { FastifyRequest } from 'fastify'
import type { Caller } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import { type Http, orgPath, writing } from '../http/door.ts'
import { jsonReply, recordParameters, refusals } from '../http/schemas.ts'
import { changeImport } from './change.ts'
import { importQueue, type ImportWork, onBehalfOf, scopeOf } from './jobs.ts'
import { permitMapping } from './mapping.ts'
import { presentWhole } from './present.ts'
import { startRun, startTrial } from './run.ts'
import { importChange, importSchema } from './schemas.ts'
import { lockImport, needState } from './store.ts'
import { targetsFor } from './targets.ts'
import { bringsOwnAlone } from './theirs.ts'
import { startUndo } from './undo.ts'
import { permitUndo, seen } from './visible.ts'

const one = `${orgPath}/imports/:id`
const reply = jsonReply('The import', importSchema)
const tags = ['Imports']

type Act = (transaction: Transaction, caller: Caller, id: string, request: FastifyRequest) => Promise<void>

/** What can be done with an import. What takes long is begun here, and done by the queue. */
export function registerActs(http: Http): void {
  const { engine } = http
  const queue = (transaction: Transaction, caller: Caller, id: string, act: ImportWork['act']) => {
    const work: ImportWork = { import: id, act, access: onBehalfOf(caller) }
    return engine.jobs.send(importQueue, work, {}, transaction)
  }
  /** Refuses to fill what the person may not set. True: they may set everything, in anybody's records. */
  const permit = async (transaction: Transaction, { actor }: Caller, id: string) => {
    const { resource: name, mapping } = await lockImport(transaction, id)
    const resource = engine.registry.resource(name)
    const targets = targetsFor(engine.registry, resource, actor)
    permitMapping(targets, mapping)
    return targets.every(({ closed }) => closed === null) && !bringsOwnAlone(engine.registry, resource, actor)
  }
  registerAct(http, 'dry-run', 'Run an import without keeping anything', async (transaction, caller, id) => {
    await permit(transaction, caller, id)
    await startTrial(scopeOf(engine, caller.access), transaction, id)
    await queue(transaction, caller, id, 'try')
  })
  registerAct(http, 'run', 'Bring the rows in', async (transaction, caller, id) => {
    const isRemembered = await permit(transaction, caller, id)
    await startRun(scopeOf(engine, caller.access), transaction, id, isRemembered)
    await queue(transaction, caller, id, 'run')
  })
  registerAct(http, 'undo', 'Take a whole import back', async (transaction, caller, id) => {
    permitUndo(engine, caller, await lockImport(transaction, id))
    await startUndo(transaction, id)
    await queue(transaction, caller, id, 'undo')
  })
  registerChange(http)
  registerRemoval(http)
}

/** A write on one import: the right is asked for its resource, and the answer is the import as it then is. */
function changing(http: Http, status: number, act: Act) {
  const { engine } = http
  return writing(http, 'foundation', async (caller, transaction, request) => {
    const { id } = seen(engine, caller, await lockImport(transaction, idOf(request)))
    await act(transaction, caller, id, request)
    return { status, body: presentWhole(engine.registry, caller.actor, await lockImport(transaction, id)) }
  })
}

const idOf = (request: FastifyRequest) => (request.params as { id: string }).id

function registerAct(http: Http, name: string, summary: string, act: Act): void {
  http.app.post(`${one}/${name}`, {
    schema: { tags, summary, params: recordParameters, response: { 202: reply, ...refusals(409) } },
    handler: changing(http, 202, act),
  })
}

function registerChange(http: Http): void {
  http.app.patch(one, {
    schema: {
      tags,
      summary: 'Change how a file is read',
      params: recordParameters,
      body: importChange,
      response: { 200: reply, ...refusals(409) },
    },
    handler: changing(http, 200, (transaction, caller, id, request) =>
      changeImport(http.engine.registry, caller.actor, transaction, id, request.body),
    ),
  })
}

function registerRemoval(http: Http): void {
  http.app.delete(one, {
    schema: {
      tags,
      summary: 'Forget an import that is not in',
      params: recordParameters,
      response: { 204: { type: 'null', description: 'Done' }, ...refusals(409) },
    },
    handler: writing(http, 'foundation', async (caller, transaction, request) => {
      const row = seen(http.engine, caller, await lockImport(transaction, idOf(request)))
      needState(row, 'ready', 'failed', 'undone', 'reading')
      await transaction.query('delete from foundation.import where id = $1', [row.id])
      return { status: 204 }
    }),
  })
}
