import { hasWords, labelOf, type Resource, say, sentenceCase } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'

/** A permission key taken apart: `members.member.birth_on.read` → the thing, and what is done with it. */
export function partsOf(permission: string): { module: string; singular: string; thing: string; act: string } {
  const [module = '', singular = '', ...act] = permission.split('.')
  return { module, singular, thing: `${module}.${singular}`, act: act.join('.') }
}

/** The sentence of the module that brings one, else ours. */
function ownWords(module: string, path: string): string | undefined {
  const key = [`${module}:permission.${path}`, `roles:permission.${path}`].find(hasWords)
  return key && say(key)
}

/** What permissions under one thing are about, in the plural: "Members". */
export function thingLabel(registry: Registry, thing: string): string {
  const { module, singular } = partsOf(thing)
  return ownWords(module, `${singular}.thing`) ?? registry.resources.get(thing)?.plural ?? sentenceCase(singular)
}

/** What a permission allows, beside what it is about: "See", "Suspend, retire", "See “Date of birth”". */
export function permissionLabel(registry: Registry, permission: string): string {
  const { module, singular, thing, act } = partsOf(permission)
  const named = ownWords(module, `${singular}.${act}`)
  if (named) return named
  const resource = registry.resources.get(thing)
  const [field = '', access = ''] = act.split('.')
  if (access) return say(`roles:field.${access}`, { label: resource ? labelOf(resource.fields, field) : field })
  const verb = `roles:verb.${act}`
  if (hasWords(verb)) return say(verb)
  return stepsUnder(registry, resource, permission) || sentenceCase(act)
}

/** The acts of a workflow that stand under one permission: "Suspend, retire, withdraw". */
function stepsUnder(registry: Registry, resource: Resource | undefined, permission: string): string {
  if (!resource) return ''
  const labels = Object.entries(registry.transitions(resource))
    .filter(([, { rule }]) => rule === permission)
    .map(([name, { label }]) => label ?? sentenceCase(name))
  return sentenceCase(labels.join(', ').toLowerCase())
}

/** A permission by itself, where nothing around it says what it is about: "Members: see". */
export function wholeLabel(registry: Registry, permission: string): string {
  const label = permissionLabel(registry, permission)
  return `${thingLabel(registry, partsOf(permission).thing)}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`
}
