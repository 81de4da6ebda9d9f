import type { Actor, Notice } from '@commonhall/kernel'
import { hasModule, type OpenOrg } from '../caller.ts'
import type { Registry } from '../registry.ts'

/** A kind that is sent in an org, and the module whose words it is in. */
export interface Kind {
  readonly notice: Notice
  readonly module: string
}

type WithModules = Pick<OpenOrg, 'modules'>

/** The kinds that modules which are on in an org send, in the order in which they are declared. */
export const kindsIn = (registry: Registry, org: WithModules): Kind[] =>
  [...registry.notices.values()].flatMap(({ module, notice }) =>
    hasModule(org, module.name) ? [{ notice, module: module.label }] : [],
  )

/** The kinds that somebody could ever get there. */
export const kindsFor = (registry: Registry, org: WithModules, actor: Pick<Actor, 'permissions'>): Kind[] =>
  kindsIn(registry, org).filter(({ notice }) => isFor(notice, actor.permissions))

/** Whether the kind is for people who may do that much. */
export const isFor = ({ audience }: Pick<Notice, 'audience'>, permissions: ReadonlySet<string>): boolean =>
  audience === undefined || permissions.has(audience)

/** Whether a notice is one that the org can get. */
export const isSentIn = (registry: Registry, org: WithModules, name: string): boolean => {
  const found = registry.notices.get(name)
  return found !== undefined && hasModule(org, found.module.name)
}
