import { type Fields, fieldsIn, type Resource, titleParts } from '@commonhall/kernel'
import type { Registry } from './registry.ts'

/**
 * A field with a rule for reading must not be known some other way: by a title, a search, a refusal of what is taken,
 * or a button that is there or not. Whatever would tell is refused at boot.
 */
export function checkFieldRules(registry: Registry): void {
  for (const permission of registry.rules.keys()) checkName(registry, permission)
  for (const resource of registry.resources.values()) {
    for (const name of registry.guarded(resource)) {
      if (!registry.rules.has(`${resource.name}.${name}.read`)) continue
      const teller = tellerOf(registry, resource, name)
      if (teller) throw new Error(`${resource.name}.${name} has a rule for reading, but ${teller} would tell it.`)
    }
  }
  const guarded = new Set([...registry.resources.values()].flatMap((resource) => [...registry.guarded(resource)]))
  for (const { name, asks, columns } of registry.reports.values()) {
    checkSources(registry, guarded, `report "${name}"`, asks)
    checkSources(registry, guarded, `report "${name}"`, columns)
  }
  for (const { name, fields } of registry.events.values()) checkSources(registry, guarded, `event "${name}"`, fields)
}

/** `module.singular.field.read` or `.write`, of a field that there is. */
function checkName(registry: Registry, permission: string): void {
  const [module, singular, field, act, ...more] = permission.split('.')
  if (act === undefined || field === undefined) return
  const resource = registry.resources.get(`${module}.${singular}`)
  if (!resource || more.length || !Object.hasOwn(resource.fields, field) || (act !== 'read' && act !== 'write'))
    throw new Error(`The rule "${permission}" must be module.singular.field.read or .write, of a declared field.`)
  if (registry.rules.get(permission)?.fresh)
    throw new Error(`The rule "${permission}" is about a field, which cannot ask people to prove who they are.`)
}

function tellerOf(registry: Registry, resource: Resource, name: string): string | undefined {
  const { fields, title, views, uniqueTogether = [], temporalKey } = resource
  const period = temporalKey ? [...temporalKey.per, temporalKey.from, temporalKey.until] : []
  if (titleParts(title).some(({ field }) => field === name)) return 'the title'
  if (views.search.includes(name)) return 'the search'
  if (views.sort.some((one) => one.replace(/^-/, '') === name)) return 'the usual order'
  if (fields[name]?.unique || uniqueTogether.some((set) => set.includes(name))) return 'that no two may be the same'
  if (period.includes(name)) return 'that periods may not overlap'
  if (name === 'state' && registry.workflows.has(resource.name)) return 'the workflow'
  for (const [permission, { owners, vetoes }] of registry.rules) {
    const looksAt = [...owners.map(({ field }) => field), ...vetoes.flatMap(({ when }) => fieldsIn(when))]
    if (permission.startsWith(`${resource.name}.`) && looksAt.includes(name)) return `the rule "${permission}"`
  }
  return undefined
}

/** A report's SQL and an event's payload are their own, so they must say when they show a guarded field. */
function checkSources(registry: Registry, guarded: ReadonlySet<string>, teller: string, fields: Fields): void {
  for (const [name, { from }] of Object.entries(fields)) {
    if (from === undefined && guarded.has(name))
      throw new Error(`The ${teller} has "${name}", called as a field with a rule: say whence by "from".`)
    const [module, singular, field = ''] = (from ?? '').split('.')
    const resource = registry.resources.get(`${module}.${singular}`)
    if (from !== undefined && !(resource && Object.hasOwn(resource.fields, field)))
      throw new Error(`The ${teller} takes "${name}" from "${from}", which nobody declares.`)
  }
}
