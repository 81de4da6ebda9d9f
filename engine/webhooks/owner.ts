import { createHash } from 'node:crypto'
import { actorInRoles, type Caller, houseCaller, type OrgRow } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import type { Registry } from '../registry.ts'
import { grantsOf, personOf, readIn, whoIs } from '../roles/store.ts'
import type { Format } from './webhook.ts'

/** Whoever may set webhooks up. */
export const settingUp = 'foundation.webhook.create'

/**
 * The person on whose behalf a webhook tells what happens, with their rights of this moment: what they may not read is
 * not told. Null when they have left, are shut out, or may not set webhooks up any more.
 */
export async function ownerOf(
  registry: Registry,
  transaction: Transaction,
  org: OrgRow,
  owner: string,
): Promise<Caller | null> {
  const read = readIn(transaction)
  const person = await personOf(read, owner)
  if (!person || person.state === 'disabled') return null
  const roles = await grantsOf(read, owner)
  const actor = actorInRoles(registry, roles, whoIs(person))
  if (!actor.permissions.has(settingUp)) return null
  const house = houseCaller(org, 'job', { name: person.name })
  return {
    ...house,
    actor,
  }
}

/** Names for whose eyes a body is made: another owner's, or those of one who may do more or less, are others. */
export function eyesOf({ actor, org }: Caller, format: Format): string {
  const sees = [
    actor.userId,
    actor.memberId,
    actor.parties,
    format,
    [...actor.permissions].toSorted(),
    [...org.modules].toSorted(),
  ]
  return createHash('sha256').update(JSON.stringify(sees)).digest('base64url')
}
