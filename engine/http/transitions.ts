import { isUuid, Refusal, refuse, refuseField, type Resource, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import { refusalOf } from '../records/database-refusals.ts'
import { carryOut, permitStep } from '../workflows.ts'
import { etag, expectedVersion } from './caller.ts'
import { type Http, orgPath, writing } from './door.ts'
import {
  inputSchema,
  jsonReply,
  operationId,
  orgParameters,
  recordParameters,
  refusals,
  rowSchema,
  versionHeader,
} from './schemas.ts'

const mostAtOnce = 200

const manyReply = {
  type: 'object',
  required: ['done', 'refused'],
  properties: {
    done: { type: 'array', maxItems: mostAtOnce, items: { type: 'string', format: 'uuid' } },
    refused: {
      type: 'array',
      maxItems: mostAtOnce,
      items: {
        type: 'object',
        required: ['id', 'reason'],
        properties: { id: { type: 'string' }, reason: { type: 'string' } },
      },
    },
  },
} as const

/** The acts of a workflow: on one record, and on many at once. */
export function registerTransitions(http: Http, resource: Resource): void {
  const { app, engine } = http
  const { module } = resource
  const row = rowSchema(resource, engine.registry.guarded(resource))
  for (const [act, step] of Object.entries(engine.registry.transitions(resource))) {
    const asks = inputSchema(step.asks ?? {}, false)
    const tags = [resource.plural]
    const run = (caller: Caller, transaction: Transaction, id: string, input: unknown, expected: number | null) => {
      const where = { transaction, caller, context: engine.context(transaction, caller) }
      return carryOut(engine, where, { resource, id, act, input, expected })
    }
    app.post(`${orgPath}/${resource.path}/:id/${act}`, {
      schema: {
        tags,
        operationId: operationId(act, resource.label),
        summary: `${step.label ?? act} a ${resource.label.toLowerCase()}`,
        params: recordParameters,
        body: { anyOf: [asks, { type: 'null' }] },
        response: { 200: jsonReply(resource.label, row, versionHeader), ...refusals(409, 412) },
      },
      handler: writing(http, module, async (caller, transaction, request) => {
        const { id } = request.params as { id: string }
        const moved = await run(caller, transaction, id, request.body, expectedVersion(request))
        const body = engine.records.shown(caller, resource, moved)
        return { status: 200, headers: { etag: etag(body.version) }, body }
      }),
    })
    const { properties, required = [] } = asks
    const ids = { type: 'array', minItems: 1, maxItems: mostAtOnce, items: { type: 'string', format: 'uuid' } }
    app.post(`${orgPath}/${resource.path}/${act}`, {
      schema: {
        tags,
        operationId: operationId(`${act} several`, resource.plural),
        summary: `${step.label ?? act} several ${resource.plural.toLowerCase()}`,
        params: orgParameters,
        body: {
          type: 'object',
          additionalProperties: false,
          required: ['ids', ...required],
          properties: { ids, ...properties },
        },
        response: { 200: jsonReply('What was done and what was not', manyReply), ...refusals() },
      },
      handler: writing(http, module, async (caller, transaction, request) => {
        permitStep(engine.registry, caller, step)
        const { ids: wanted, ...input } = readMany(request.body)
        return {
          status: 200,
          body: await eachOf(wanted, transaction, resource, (id) => run(caller, transaction, id, input, null)),
        }
      }),
    })
  }
}

function readMany(body: unknown): { ids: string[] } & Record<string, unknown> {
  const { ids } = (body ?? {}) as { ids?: unknown }
  if (!Array.isArray(ids) || !ids.length || !ids.every(isUuid)) {
    refuseField('ids', 'not_a_reference', say('kernel:invalid.not_a_reference', { label: 'ids' }))
  }
  if (ids.length > mostAtOnce) refuse('invalid', say('engine:act.too_many', { most: mostAtOnce }))
  return body as { ids: string[] }
}

/** Each record stands for itself: a refusal of one is told and leaves the others done. */
async function eachOf(
  ids: readonly string[],
  transaction: Transaction,
  resource: Resource,
  run: (id: string) => Promise<unknown>,
) {
  const done: string[] = []
  const refused: { id: string; reason: string }[] = []
  for (const id of new Set(ids)) {
    await transaction.query('savepoint one')
    try {
      await run(id)
      done.push(id)
    } catch (error) {
      const refusal = refusalOf(error, resource)
      if (!(refusal instanceof Refusal)) throw error
      await transaction.query('rollback to savepoint one')
      refused.push({ id, reason: refusal.message })
    }
    await transaction.query('release savepoint one')
  }
  return { done, refused }
}
