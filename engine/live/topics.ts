import { isUuid, type Resource } from '@commonhall/kernel'
import { hasModule, type OpenOrg } from '../caller.ts'
import type { Registry } from '../registry.ts'

/** What a topic is about: all records of a resource, `members`, or one of them, `members/{id}`. */
interface Subject {
  readonly resource: Resource
  readonly id: string | null
}

/** Undefined where the org has nothing of this name whose changes are kept. */
export function subjectOf(registry: Registry, org: OpenOrg, topic: string): Subject | undefined {
  const [path = '', id = null, ...more] = topic.split('/')
  const resource = registry.paths.get(path)
  if (!resource || !hasModule(org, resource.module) || !resource.traits.includes('audited')) return undefined
  return more.length || (id !== null && !isUuid(id)) ? undefined : { resource, id }
}
