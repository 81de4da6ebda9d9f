import { refuse, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { user } from '../foundation/resources.ts'
import { type Http, orgPath, reading } from '../http/door.ts'
import { permitRule } from '../http/routes.ts'
import { jsonReply, orgParameters, recordParameters, refusals } from '../http/schemas.ts'
import { idIn, reachOfCaller, verdictOn } from './acting.ts'
import { fixedBecause } from './changes.ts'
import { type ChangedBy, explain } from './explain.ts'
import { permissionList } from './permission-list.ts'
import { partyKinds } from './parties.ts'
import { ownRecordOf } from './people-routes.ts'
import { isBuiltIn, keptBecause } from './role-routes.ts'
import { explanationSchema, matrixSchema } from './schemas.ts'
import {
  grantsOf,
  partiesOf,
  personOf,
  readAs,
  type RoleChangeRow,
  roleChanges,
  type RoleRow,
  rolesOf,
} from './store.ts'

const explanation = jsonReply('Every permission, with the roles that give it', explanationSchema)

/** The matrix of roles and permissions, and what one person can do and why. */
export function registerExplanations(http: Http): void {
  const { app, engine } = http
  app.get(`${orgPath}/roles/matrix`, {
    schema: {
      tags: ['Roles'],
      operationId: 'readRoleMatrix',
      summary: 'All roles and all permissions in words, with what may be changed',
      params: orgParameters,
      response: { 200: jsonReply('The matrix', matrixSchema), ...refusals() },
    },
    handler: reading(http, 'foundation', async (caller) => {
      permitRule(engine, caller, 'foundation.role.read')
      return matrixOf(engine, caller, await rolesOf(readAs(engine, caller)))
    }),
  })
  app.get(`${orgPath}/users/me/permissions`, {
    schema: {
      tags: ['People'],
      operationId: 'explainMyPermissions',
      summary: 'What you can do here, and why',
      params: orgParameters,
      response: { 200: explanation, ...refusals() },
    },
    handler: reading(http, 'foundation', (caller) => explanationOf(engine, caller, caller.actor.userId ?? '')),
  })
  app.get(`${orgPath}/users/:id/permissions`, {
    schema: {
      tags: ['People'],
      operationId: 'explainPermissions',
      summary: 'What a person can do here, and why',
      params: recordParameters,
      response: { 200: explanation, ...refusals() },
    },
    handler: reading(http, 'foundation', async (caller, request) => {
      permitRule(engine, caller, 'foundation.grant.read')
      return await explanationOf(engine, caller, idIn(request, user))
    }),
  })
}

function matrixOf(engine: Engine, caller: Caller, roles: readonly RoleRow[]) {
  const reach = reachOfCaller(engine, caller)
  const [update, remove, create] = ['update', 'delete', 'create'].map((act) =>
    verdictOn(engine, caller, `foundation.role.${act}`),
  )
  return {
    roles: roles.map((role) => ({
      id: role.id,
      name: role.name,
      label: role.label,
      version: role.version,
      built_in: isBuiltIn(role.name),
      people: role.people,
      changes: role.changes,
      requires_second_factor: role.requires_second_factor,
      can: { update, delete: remove === true ? (keptBecause(role) ?? true) : remove },
    })),
    modules: permissionList(engine.registry, caller.org).map((module) => ({
      ...module,
      things: module.things.map((thing) => ({
        ...thing,
        permissions: thing.permissions.map((known) => ({
          ...known,
          yours: reach.has(known.permission) || say('roles:not_yours'),
          fixed: Object.fromEntries(
            roles.flatMap(({ name }) => {
              const reason = fixedBecause(name, known.permission)
              return reason ? [[name, reason]] : []
            }),
          ),
        })),
      })),
    })),
    can: { create, invite: verdictOn(engine, caller, 'foundation.invitation.send') },
    own_record_kind: ownRecordOf(engine.registry)?.name ?? null,
    party_kinds: partyKinds(engine.registry, caller.org).map(({ name }) => name),
  }
}

async function explanationOf(engine: Engine, caller: Caller, id: string) {
  const { registry } = engine
  const read = readAs(engine, caller)
  const person = await personOf(read, id)
  if (!person) return refuse('not_found', say('engine:record.not_found', { label: user.label.toLowerCase() }))
  const mayKnow = verdictOn(engine, caller, 'foundation.audit_line.read') === true
  const [roles, grants, parties, changes] = [
    await rolesOf(read),
    await grantsOf(read, id),
    await partiesOf(read, id),
    mayKnow ? await roleChanges(read) : [],
  ]
  const isKey = caller.access.via === 'key' && caller.actor.userId === id
  const own = ownRecordOf(registry)
  return {
    person: {
      id,
      name: person.name,
      state: person.state,
      own_record: person.own_record ? { resource: own?.name ?? null, id: person.own_record } : null,
      stands_for: parties.map(({ resource, record, title, resting }) => ({ resource, id: record, title, resting })),
    },
    roles: grants.map((grant) => ({ id: grant.id, label: grant.label })),
    own_record_kind: own?.name ?? null,
    party_kinds: partyKinds(registry, caller.org).map(({ name }) => name),
    second_factor_required_by: grants.filter((one) => one.requires_second_factor).map(({ label }) => label),
    modules: explain(
      { rules: registry.rules, modules: permissionList(registry, caller.org), roles, changedBy: changedBy(changes) },
      {
        roles: grants,
        as: new Set(isKey ? [] : [...(person.own_record ? [null] : []), ...Object.keys(person.parties)]),
        only: isKey ? caller.actor.permissions : undefined,
      },
    ),
  }
}

/** The last change of one permission of one role, as far as the trail goes back. */
const changedBy =
  (rows: readonly RoleChangeRow[]): ChangedBy =>
  (role, permission) => {
    const last = rows.find(
      ({ record, changes: [before, after] }) =>
        record === role && (before?.[permission] ?? null) !== (after?.[permission] ?? null),
    )
    return last ? { at: last.at, by: last.actor_name } : null
  }
