import {
  type FieldError,
  kebab,
  parseRecord,
  refuse,
  refuseField,
  type RoleName,
  roleNames,
  say,
} from '@commonhall/kernel'
import { role } from '../foundation/resources.ts'
import { type Answer, etag } from '../http/caller.ts'
import { type Http, orgPath } from '../http/door.ts'
import { jsonReply, orgParameters, recordParameters, refusals, rowSchema, versionHeader } from '../http/schemas.ts'
import { accepted } from '../records/accepted.ts'
import type { KeptRole } from '../rules.ts'
import { type Acting, acting, idIn, needReach, needVersion, reachOfCaller, spoken } from './acting.ts'
import { changeRole, fixedBecause, startsWith, type Wanted } from './changes.ts'
import { changeFields, newFields } from './input.ts'
import { newRole, roleChange } from './schemas.ts'
import { mostRoles, readIn, type RoleRow, rolesOf } from './store.ts'

const base = `${orgPath}/roles`
const tags = ['Roles']

export const isBuiltIn = (name: string) => roleNames.includes(name as RoleName)

/** Roles are made, changed and deleted here; listing and reading them is the machine's. */
export function registerRoles(http: Http): void {
  const { app, engine } = http
  const one = jsonReply('The role', rowSchema(role, engine.registry.guarded(role)), versionHeader)
  app.post(base, {
    schema: {
      tags,
      operationId: 'createRole',
      summary: 'Create a role, as a copy of another if wanted',
      params: orgParameters,
      body: newRole,
      response: { 201: one, ...refusals(409, 412) },
    },
    handler: acting(http, 'foundation.role.create', create),
  })
  app.patch(`${base}/:id`, {
    schema: {
      tags,
      operationId: 'changeRole',
      summary: 'Change what a role may do, its name, or whether it asks for a second factor',
      params: recordParameters,
      body: roleChange,
      response: { 200: one, ...refusals(409, 412) },
    },
    handler: acting(http, 'foundation.role.update', change),
  })
  app.delete(`${base}/:id`, {
    schema: {
      tags,
      operationId: 'deleteRole',
      summary: 'Delete a role that nobody has',
      params: recordParameters,
      response: { 204: { type: 'null', description: 'Done' }, ...refusals(409, 412) },
    },
    handler: acting(http, 'foundation.role.delete', remove),
  })
}

async function create(act: Acting): Promise<Answer> {
  const { engine, caller, transaction, request } = act
  const input = accepted(parseRecord(newFields, request.body))
  const roles = await rolesOf(readIn(transaction))
  if (roles.length >= mostRoles) refuse('conflict', say('roles:too_many', { most: mostRoles }))
  const label = freeLabel(roles, String(input['label']))
  const name = freeName(roles, label)
  const model = input['copy_of'] ? findRole(roles, String(input['copy_of'])) : undefined
  const asked = wantedOf(act, input['permissions'])
  const made = changeRole(engine.registry.rules, { name, changes: {} }, { ...copied(act, model), ...asked })
  needReach(act, [{ name, changes: made.changes }])
  const { rows } = await transaction.query<{ id: string }>('select foundation.create_role($1, $2, $3, $4) as id', [
    name,
    label,
    JSON.stringify(made.changes),
    model?.requires_second_factor ?? false,
  ])
  const row = await engine.records.look(transaction, caller, role, rows[0]?.id ?? '')
  const location = `/api/v1/orgs/${caller.org.slug}/roles/${row.id}`
  return { status: 201, headers: { etag: etag(row.version), location }, body: row }
}

/** What a copy begins with: all that its model gives, as decisions of its own. */
function copied({ engine }: Acting, model: KeptRole | undefined): Wanted {
  if (!model) return {}
  const given = [...engine.registry.rules].filter(
    ([permission, rule]) => model.changes[permission] ?? startsWith(rule, model.name),
  )
  return Object.fromEntries(given.map(([permission]) => [permission, true]))
}

async function change(act: Acting): Promise<Answer> {
  const { engine, caller, transaction, request } = act
  const roles = await rolesOf(readIn(transaction))
  const kept = findRole(roles, idIn(request, role))
  needVersion(request, kept.version, role)
  const input = accepted(parseRecord(changeFields, request.body, { partial: true }))
  const changed = changeRole(engine.registry.rules, kept, wantedOf(act, input['permissions']))
  for (const permission of changed.taken) {
    const reason = fixedBecause(kept.name, permission)
    if (reason) refuse('conflict', reason, { errors: [fault(permission, 'fixed', reason)] })
  }
  const reach = reachOfCaller(engine, caller)
  const beyond = changed.given.filter((permission) => !reach.has(permission))
  if (beyond.length) refuse('forbidden', say('roles:beyond', { list: spoken(engine, beyond) }))
  const label = input['label'] === undefined ? kept.label : freeLabel(roles, String(input['label']), kept)
  await transaction.query('select foundation.change_role($1, $2, $3, $4)', [
    kept.id,
    label,
    JSON.stringify(changed.changes),
    input['requires_second_factor'] ?? kept.requires_second_factor,
  ])
  const row = await engine.records.look(transaction, caller, role, kept.id)
  return { status: 200, headers: { etag: etag(row.version) }, body: row }
}

async function remove({ transaction, request }: Acting): Promise<Answer> {
  const kept = findRole(await rolesOf(readIn(transaction)), idIn(request, role))
  needVersion(request, kept.version, role)
  const reason = keptBecause(kept)
  if (reason) refuse(kept.people ? 'in_use' : 'conflict', reason)
  await transaction.query('select foundation.delete_role($1)', [kept.id])
  return { status: 204 }
}

/** Why a role cannot be deleted; undefined when it can. */
export function keptBecause({ name, people }: Pick<RoleRow, 'name' | 'people'>): string | undefined {
  if (isBuiltIn(name)) return say('roles:built_in')
  return people ? say('roles:held', { count: people }) : undefined
}

/** The role of this id. Its absence is an answer, not a fault. */
export const findRole = (roles: readonly RoleRow[], id: string): RoleRow =>
  roles.find((one) => one.id === id) ??
  refuse('not_found', say('engine:record.not_found', { label: role.label.toLowerCase() }))

function freeLabel(roles: readonly RoleRow[], label: string, own?: RoleRow): string {
  const same = roles.find((one) => one.id !== own?.id && one.label.toLowerCase() === label.toLowerCase())
  if (!same) return label
  return refuseField('label', 'taken', say('roles:label_taken', { label: same.label }), 'conflict')
}

/** `Dispatcher` → `dispatcher`, or with a number where that is taken. */
function freeName(roles: readonly RoleRow[], label: string): string {
  const plain = kebab(label.normalize('NFKD')).replace(/^-|-$/g, '') || 'role'
  const taken = new Set(roles.map(({ name }) => name))
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? plain : `${plain}-${n}`
    if (!taken.has(name)) return name
  }
}

const fault = (permission: string, code: string, message: string): FieldError => ({
  path: `permissions.${permission}`,
  code,
  message,
})

/** The permissions that are asked for: known ones, with yes, no or null. */
function wantedOf({ engine }: Acting, asked: unknown): Wanted {
  if (asked === undefined || asked === null) return {}
  if (typeof asked !== 'object' || Array.isArray(asked)) {
    return refuseField('permissions', 'not_an_object', say('roles:bad_permission'))
  }
  const errors = Object.entries(asked).flatMap(([permission, wanted]): FieldError[] => {
    if (!engine.registry.rules.has(permission))
      return [fault(permission, 'unknown', say('roles:unknown_permission', { permission }))]
    if (wanted !== null && typeof wanted !== 'boolean')
      return [fault(permission, 'not_yes_or_no', say('roles:bad_permission'))]
    return []
  })
  const [first] = errors
  if (first) refuse('invalid', first.message, { errors })
  return asked as Wanted
}
