import { actorInRoles, type Caller, findWorkedOrg, houseCaller } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import { grantsOf, personOf, readAs, whoIs } from '../../roles/store.ts'
import type { FileLink } from './links.ts'

/**
 * Whoever made a link, with their rights of this moment, in their org. Null when either is not here any more: the org
 * suspended, the person gone or shut out.
 */
export async function makerOf(engine: Engine, { org: id, maker }: FileLink, requestId: string): Promise<Caller | null> {
  const org = await findWorkedOrg(engine.database, id)
  if (!org) return null
  const house = houseCaller(org, 'page', { requestId })
  const read = readAs(engine, house)
  const [person, roles] = await Promise.all([personOf(read, maker), grantsOf(read, maker)])
  if (!person || person.state === 'disabled') return null
  return { ...house, actor: actorInRoles(engine.registry, roles, whoIs(person)) }
}
