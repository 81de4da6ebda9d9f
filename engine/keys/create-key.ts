import { field, type FieldError, parseRecord, refuse, refuseField, say } from '@commonhall/kernel'
import { apiKey } from '../foundation/resources.ts'
import type { Answer } from '../http/caller.ts'
import { accepted } from '../records/accepted.ts'
import { type Acting, reachOfCaller, spoken } from '../roles/acting.ts'
import { grantsOf, personOf, readIn } from '../roles/store.ts'
import { permissionsOf } from '../rules.ts'
import { makeKey } from './api-key.ts'
import { scopeFaults } from './scopes.ts'

const fields = {
  name: field.text({ required: true, max: 100 }),
  owner: field.ref('foundation.org_user'),
  scopes: field.json({ required: true }),
  expires_on: field.date({ label: 'Last day' }),
  per_minute: field.count({ min: 1, max: 60_000, default: 600 }),
}

/** Makes a key. The key itself goes out in this reply alone: not even a repeated request is told it again. */
export async function createKey(act: Acting): Promise<Answer> {
  const { engine, caller, transaction, request } = act
  const input = accepted(parseRecord(fields, request.body))
  const owner = String(input['owner'] ?? caller.actor.userId)
  const scopes = readScopes(input['scopes'])
  await needOwned(act, owner, scopes)
  const lastDay = (input['expires_on'] ?? null) as string | null
  if (lastDay !== null && lastDay < act.engine.context(transaction, caller).today) wrong('expires_on', 'past')
  const { key, prefix, hash } = makeKey()
  const { rows } = await transaction.query<{ id: string }>(
    // The last day counts to its end where the org is.
    `select foundation.make_key($1, $2, $3, $4, $5, $6, ($7::date + 1)::timestamp at time zone $8) as id`,
    [input['name'], prefix, hash, owner, scopes, input['per_minute'] ?? 600, lastDay, caller.org.timeZone],
  )
  const row = await engine.records.look(transaction, caller, apiKey, rows[0]?.id ?? '')
  const location = `/api/v1/orgs/${caller.org.slug}/${apiKey.path}/${row.id}`
  return { status: 201, headers: { location }, body: row, once: { key } }
}

function readScopes(input: unknown): string[] {
  const scopes = Array.isArray(input) ? input.filter((one) => typeof one === 'string') : []
  return scopes.length ? [...new Set(scopes)] : wrong('scopes', 'no_scopes')
}

/** A key acts as whoever makes it or as a service account, and does no more than either may do. */
async function needOwned(act: Acting, owner: string, scopes: readonly string[]): Promise<void> {
  const { engine, caller, transaction } = act
  const { rules } = engine.registry
  const own = owner === caller.actor.userId
  const person = await personOf(readIn(transaction), owner)
  if (!person || person.state === 'disabled' || !(own || person.kind === 'service')) wrong('owner', 'owner')
  const held = own ? caller.actor.permissions : permissionsOf(rules, await grantsOf(readIn(transaction), owner))
  const allowed = held.intersection(reachOfCaller(engine, caller))
  const faults = scopeFaults(rules, caller.org.modules, allowed, scopes)
  const named = faults.filter(({ code }) => code !== 'beyond')
  const errors = named.map(({ scope, code }): FieldError => {
    return { path: 'scopes', code, message: say(`keys:${code}`, { scope }) }
  })
  const beyond = faults.flatMap(({ scope, code }) => (code === 'beyond' ? [scope] : []))
  if (beyond.length) {
    const message = say('keys:beyond_owner', { owner: person?.name, list: spoken(engine, beyond) })
    errors.push({ path: 'scopes', code: 'beyond', message })
  }
  const [first] = errors
  if (first) refuse('invalid', first.message, { errors })
}

function wrong(path: string, code: 'owner' | 'no_scopes' | 'past'): never {
  const message = say(`keys:${code}`)
  return refuseField(path, code, message)
}
