import { field, parseRecord, refuse, say } from '@commonhall/kernel'
import { apiKey, user } from '../foundation/resources.ts'
import type { Answer } from '../http/caller.ts'
import { type Http, orgPath } from '../http/door.ts'
import { jsonReply, orgParameters, recordParameters, refusals, rowSchema } from '../http/schemas.ts'
import { accepted } from '../records/accepted.ts'
import { type Acting, acting, idIn, needReach } from '../roles/acting.ts'
import { findRole } from '../roles/role-routes.ts'
import { readIn, rolesOf } from '../roles/store.ts'
import { createKey } from './create-key.ts'
import { keyCreated, newAccount, newKey } from './schemas.ts'

const base = `${orgPath}/${apiKey.path}`
const tags = [apiKey.plural]

const accountFields = { name: field.text({ required: true, max: 100 }), roles: field.json({ required: true }) }

/** Keys by which programs come in, and accounts for programs. Listing keys is the machine's. */
export function keyRoutes(http: Http): void {
  const { app, engine } = http
  app.post(base, {
    schema: {
      tags,
      operationId: 'createApiKey',
      summary: 'Create an API key; the key itself is in this reply and nowhere else',
      params: orgParameters,
      body: newKey,
      response: { 201: jsonReply('The key', keyCreated(engine.registry)), ...refusals(409) },
    },
    handler: acting(http, 'foundation.api_key.create', createKey),
  })
  app.delete(`${base}/:id`, {
    schema: {
      tags,
      operationId: 'revokeApiKey',
      summary: 'Revoke an API key; it opens nothing from the next request on',
      params: recordParameters,
      response: { 204: { type: 'null', description: 'Done' }, ...refusals() },
    },
    handler: acting(http, 'foundation.api_key.delete', revokeKey),
  })
  app.post(`${orgPath}/service-accounts`, {
    schema: {
      tags,
      operationId: 'createServiceAccount',
      summary: 'Create an account for a program, with roles as a person has them',
      params: orgParameters,
      body: newAccount,
      response: {
        201: jsonReply('The account', rowSchema(user, engine.registry.guarded(user))),
        ...refusals(409),
      },
    },
    handler: acting(http, 'foundation.service_account.create', createAccount),
  })
}

async function revokeKey({ transaction, request }: Acting): Promise<Answer> {
  const id = idIn(request, apiKey)
  const { rows } = await transaction.query<{ revoked: boolean }>('select foundation.revoke_key($1) as revoked', [id])
  if (rows[0]?.revoked) return { status: 204 }
  return refuse('not_found', say('engine:record.not_found', { label: apiKey.label.toLowerCase() }))
}

async function createAccount(act: Acting): Promise<Answer> {
  const { engine, caller, transaction, request } = act
  const input = accepted(parseRecord(accountFields, request.body))
  const known = await rolesOf(readIn(transaction))
  const wanted = Array.isArray(input['roles']) ? input['roles'] : []
  const roles = [...new Set(wanted.map(String))].map((id) => findRole(known, id))
  needReach(act, roles)
  const { rows } = await transaction.query<{ id: string }>('select foundation.make_service_account($1) as id', [
    input['name'],
  ])
  const id = rows[0]?.id ?? ''
  for (const role of roles) await transaction.query('select foundation.give_role($1, $2)', [id, role.id])
  const row = await engine.records.look(transaction, caller, user, id)
  return { status: 201, headers: { location: `/api/v1/orgs/${caller.org.slug}/users/${id}` }, body: row }
}
