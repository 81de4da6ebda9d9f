import type { FastifyRequest } from 'fastify'
import { type FieldError, isUuid, refuse, type Resource, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { type Http, orgPath, reading } from '../http/door.ts'
import { jsonReply, orgParameters, refusals } from '../http/schemas.ts'
import { editingBody, editingReply } from './schemas.ts'
import { subjectOf } from './topics.ts'

interface Said {
  readonly resource: Resource
  readonly id: string
  readonly editing: boolean
  readonly tab: string
}

/** A page says that somebody has a record open in its form, and learns who else has. */
export function registerEditing(http: Http): void {
  const { app, engine } = http
  app.post(`${orgPath}/live/editing`, {
    schema: {
      tags: ['Live'],
      operationId: 'sayEditing',
      summary: 'Say that a record is open in a form, every 20 seconds, and who else has it open',
      params: orgParameters,
      body: editingBody,
      response: { 200: jsonReply('Others who have it open', editingReply), ...refusals() },
    },
    handler: reading(http, 'foundation', async (caller, request) => {
      const said = readSaid(engine, caller, request)
      await permitEditing(engine, caller, said)
      const { access, org, actor } = caller
      const record = `${said.resource.path}/${said.id}`
      const me = actor.userId ?? ''
      const editor = { id: me, name: access.actorName, since: new Date().toISOString() }
      engine.live.stir({ org: org.id, record, tab: said.tab, editor, editing: said.editing })
      return { people: engine.live.editing.people(org.id, record, me) }
    }),
  })
}

/** Whoever may not read the record, or may read and not change it, does not edit it. */
async function permitEditing({ records, registry }: Engine, caller: Caller, said: Said): Promise<void> {
  const record = await records.find(caller, said.resource, said.id)
  if (said.editing && registry.ruleFor(said.resource, 'update')) records.permit(caller, said.resource, 'update', record)
}

function readSaid({ registry }: Engine, { org }: Caller, { body }: FastifyRequest): Said {
  const { topic, editing, tab, ...others } = (body ?? {}) as Record<string, unknown>
  const errors: FieldError[] = Object.keys(others).map((path) => wrong(path, 'unknown_field'))
  const { resource, id = null } = (typeof topic === 'string' && subjectOf(registry, org, topic)) || {}
  if (!id) errors.push(wrong('topic', 'unknown_topic'))
  if (typeof editing !== 'boolean') errors.push(wrong('editing', 'not_boolean'))
  if (typeof tab !== 'string' || !isUuid(tab)) errors.push(wrong('tab', 'not_uuid'))
  const [first] = errors
  if (first || !resource || !id) return refuse('invalid', first?.message ?? '', { errors })
  return { resource, id: id.toLowerCase(), editing: editing === true, tab: String(tab) }
}

const wrong = (path: string, code: string): FieldError => ({
  path,
  code,
  message: say(`live:editing.${code}`, { name: path }),
})
