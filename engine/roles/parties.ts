import { isUuid, refuse, refuseField, type Resource, say } from '@commonhall/kernel'
import { hasModule, type OpenOrg } from '../caller.ts'
import type { Registry } from '../registry.ts'
import { type Acting, needOwnReach } from './acting.ts'

/** The resources of an org whose records people can stand for. */
export const partyKinds = ({ resources }: Registry, org: Pick<OpenOrg, 'modules'>): Resource[] =>
  [...resources.values()].filter(({ party, module }) => party && hasModule(org, module))

/** Whom somebody is to stand for: by resource the id of a record, or null for none any more. */
export type Parties = ReadonlyMap<string, string | null>

/**
 * Reads whom somebody is to stand for, and refuses what is no such record, or lets them do more than the caller may:
 * whoever could hand that out would hand it to themselves.
 */
export async function readParties(act: Acting, given: unknown): Promise<Parties> {
  const { engine, caller, transaction } = act
  if (given === undefined || given === null) return new Map()
  const kinds = partyKinds(engine.registry, caller.org)
  const isThere = typeof given === 'object' && !Array.isArray(given)
  const parties = new Map(isThere ? Object.entries(given as Record<string, unknown>) : [['', null]])
  for (const [name, id] of parties) {
    const kind = kinds.find((one) => one.name === name)
    if (!kind || (id !== null && !isUuid(id)))
      return refuseField('stands_for', 'not_a_party', say('roles:not_a_party', { name }))
    if (id === null) continue
    needOwnReach(act, name)
    const row = await engine.records.look(transaction, caller, kind, id)
    if (row['archived_at']) refuse('conflict', say('roles:no_party'))
  }
  return parties as Parties
}

/** The records alone, as the database takes them: what is none is left out. */
export const asJson = (parties: Parties): string =>
  JSON.stringify(Object.fromEntries([...parties].filter(([, id]) => id !== null)))
