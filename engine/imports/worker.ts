import { refuse, say } from '@commonhall/kernel'
import { actorInRoles, type Caller, findWorkedOrg, houseCaller } from '../caller.ts'
import { grantsOf, personOf, whoIs } from '../roles/store.ts'
import type { ImportScope } from './store.ts'

/**
 * In whose name rows are brought in: the person who asked for it, with their rights of this moment, or else the house.
 * An import outlasts the request that began it, and what a person stands for may end meanwhile.
 */
export async function workerOf({ database, registry, access }: ImportScope): Promise<Caller> {
  const org = (await findWorkedOrg(database, access.orgId)) ?? refuse('not_found', say('imports:no_org'))
  const { userId, actorName: name, requestId } = access
  const house = { ...houseCaller(org, 'import', { name, requestId, ...(userId ? { userId } : {}) }), access }
  if (userId === null) return house
  const read = <Row extends object>(statement: Parameters<typeof database.read>[1]) =>
    database.read<Row>(access, statement)
  const [person, roles] = await Promise.all([personOf(read, userId), grantsOf(read, userId)])
  // What a program brings in with a key was judged by the key, when it was asked for.
  if (person?.kind === 'service') return house
  if (!person || person.state === 'disabled') refuse('forbidden', say('imports:not_here'))
  return { ...house, actor: actorInRoles(registry, roles, whoIs(person)) }
}
