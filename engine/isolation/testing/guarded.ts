import type { Registry } from '../../registry.ts'

/** The records that people write of which some fields have rules of their own, with those fields. */
export const guardedIn = (registry: Registry) =>
  [...registry.resources.values()]
    .filter(({ ownWriting }) => !ownWriting)
    .map((resource) => ({ resource, names: registry.guarded(resource) }))
    .filter(({ names }) => names.length)
