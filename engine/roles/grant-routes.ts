import { parseRecord, refuse, say } from '@commonhall/kernel'
import { roleGiven, roleTaken } from '../foundation/notices/index.ts'
import { role, user } from '../foundation/resources.ts'
import { type Answer } from '../http/caller.ts'
import { type Http, orgPath, reading } from '../http/door.ts'
import { permitRule } from '../http/routes.ts'
import { jsonReply, recordParameters, refusals } from '../http/schemas.ts'
import { accepted } from '../records/accepted.ts'
import { type Acting, acting, idIn, needReach, verdictOn } from './acting.ts'
import { grantFields } from './input.ts'
import { personInReach } from './people-routes.ts'
import { findRole } from './role-routes.ts'
import { grantsSchema, newGrant } from './schemas.ts'
import { type GrantRow, grantsOf, personOf, readAs, readIn, rolesOf } from './store.ts'

const base = `${orgPath}/users/:id/grants`
const tags = ['People']
const all = jsonReply('The roles that the person has', grantsSchema)

const present = ({ id, name, label, requires_second_factor, granted_at, granted_by, granted_by_name }: GrantRow) => ({
  role: id,
  name,
  label,
  requires_second_factor,
  granted_at,
  granted_by,
  granted_by_name,
})

/** Which roles a person has, since when and from whom; giving and taking them. */
export function registerGrants(http: Http): void {
  const { app, engine } = http
  app.get(base, {
    schema: {
      tags,
      operationId: 'listGrants',
      summary: 'List the roles that a person has, with who gave them and when',
      params: recordParameters,
      response: { 200: all, ...refusals() },
    },
    handler: reading(http, 'foundation', async (caller, request) => {
      permitRule(engine, caller, 'foundation.grant.read')
      const read = readAs(engine, caller)
      const person = await personOf(read, idIn(request, user))
      if (!person) return noSuchPerson()
      const can = {
        create: verdictOn(engine, caller, 'foundation.grant.create'),
        delete: verdictOn(engine, caller, 'foundation.grant.delete'),
      }
      return { data: (await grantsOf(read, person.id)).map(present), can }
    }),
  })
  app.post(base, {
    schema: {
      tags,
      operationId: 'grantRole',
      summary: 'Give a person a role',
      params: recordParameters,
      body: newGrant,
      response: { 201: all, ...refusals(409, 412) },
    },
    handler: acting(http, 'foundation.grant.create', give),
  })
  app.delete(`${base}/:role`, {
    schema: {
      tags,
      operationId: 'takeRole',
      summary: 'Take a role from a person',
      params: {
        ...recordParameters,
        required: [...recordParameters.required, 'role'],
        properties: { ...recordParameters.properties, role: { type: 'string', format: 'uuid' } },
      },
      response: { 204: { type: 'null', description: 'Done' }, ...refusals(409, 412) },
    },
    handler: acting(http, 'foundation.grant.delete', take),
  })
}

const noSuchPerson = () => refuse('not_found', say('engine:record.not_found', { label: user.label.toLowerCase() }))

async function give(act: Acting): Promise<Answer> {
  const { engine, caller, transaction, request } = act
  const person = await personOf(readIn(transaction), idIn(request, user))
  if (!person) return noSuchPerson()
  const { role: id } = accepted(parseRecord(grantFields, request.body))
  const given = findRole(await rolesOf(readIn(transaction)), String(id))
  needReach(act, [given])
  await transaction.query('select foundation.give_role($1, $2)', [person.id, given.id])
  await tellOf(act, roleGiven, given.label, person.id)
  const can = { create: true, delete: verdictOn(engine, caller, 'foundation.grant.delete') }
  const location = `/api/v1/orgs/${caller.org.slug}/users/${person.id}/grants`
  const data = (await grantsOf(readIn(transaction), person.id)).map(present)
  return { status: 201, headers: { location }, body: { data, can } }
}

async function take(act: Acting): Promise<Answer> {
  const { transaction, request } = act
  const person = await personInReach(act)
  const id = idIn(request, role, 'role')
  const { rows } = await transaction.query<{ taken: boolean }>('select foundation.take_role($1, $2) as taken', [
    person.id,
    id,
  ])
  if (!rows[0]?.taken) return refuse('not_found', say('roles:not_held'))
  await tellOf(act, roleTaken, findRole(await rolesOf(readIn(transaction)), id).label, person.id)
  return { status: 204 }
}

/** Whoever gets or loses a role learns of it, whoever gave or took it. */
const tellOf = ({ engine, caller, transaction }: Acting, notice: typeof roleGiven, label: string, person: string) =>
  engine.context(transaction, caller).notify(notice, { role: label, by: caller.actor.name }, { to: { user: person } })
