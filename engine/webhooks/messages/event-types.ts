import { isArchivable, isAttachable, labelOf, type Resource, say, sentenceCase } from '@commonhall/kernel'
import { hasModule, type OpenOrg } from '../../caller.ts'
import type { Registry } from '../../registry.ts'
import { webhook } from '../webhook.ts'

/** Something that a webhook can be told of. */
export interface EventType {
  /** `members.member.created`, `members.standing-changed`. */
  readonly type: string
  readonly label: string
  readonly module: string
  /** The resource whose records it is about; nothing where a module announces it in its own words. */
  readonly resource: string | null
}

export const testType = 'webhook.test'

/** Everything that webhooks of the org can be told of, as its modules declare it. */
export function eventTypes(registry: Registry, org: Pick<OpenOrg, 'modules'>): EventType[] {
  return registry.modules
    .filter(({ name }) => hasModule(org, name))
    .flatMap(({ name, label, resources = [], events = [] }) => [
      ...resources.filter((one) => isTold(registry, one)).flatMap((one) => typesOf(registry, one)),
      ...events.map(({ name: type }) => ({
        type,
        label: sentenceCase(type.slice(name.length + 1)),
        module: label,
        resource: null,
      })),
    ])
}

/** Records that leave entries in the trail and have a rule for reading. What webhooks do is not told to webhooks. */
const isTold = (registry: Registry, resource: Resource) =>
  resource.traits.includes('audited') && resource !== webhook && registry.ruleFor(resource, 'read') !== undefined

function typesOf(registry: Registry, resource: Resource): EventType[] {
  const label = registry.moduleOf(resource)?.label ?? ''
  const ends = isArchivable(resource) ? ['archived', 'restored'] : ['deleted']
  const acts = Object.keys(registry.transitions(resource))
  const ofFiles = isAttachable(resource) ? fileActs : []
  return ['created', 'updated', ...ends, ...acts, ...ofFiles].map((act) => ({
    type: `${resource.name}.${act}`,
    label: typeLabel(registry, resource, act),
    module: label,
    resource: resource.name,
  }))
}

/** What becomes of files that are attached to a record; the fields tell of those in fields. */
export const fileActs = ['file-attached', 'file-replaced', 'file-detached']

const usual = new Set(['created', 'updated', 'archived', 'restored', 'deleted', ...fileActs])

function typeLabel(registry: Registry, resource: Resource, act: string): string {
  const { label } = resource
  if (usual.has(act)) return say(`webhooks:type.${act}`, { label })
  return say('webhooks:type.act', { label, act: actLabel(registry, resource, act) })
}

export const actLabel = (registry: Registry, resource: Resource, act: string): string =>
  registry.transitions(resource)[act]?.label ?? sentenceCase(act)

/** What was done, for a sentence: "changed (phone, e-mail)". */
export function spokenAct(registry: Registry, resource: Resource, act: string, changed: readonly string[]): string {
  if (act === 'updated' && changed.length) {
    const fields = changed.slice(0, 5).map((name) => labelOf(resource.fields, name).toLowerCase())
    return say('webhooks:told.changed', { fields: fields.join(', ') + (changed.length > 5 ? ' …' : '') })
  }
  return usual.has(act) ? say(`webhooks:told.${act}`) : actLabel(registry, resource, act).toLowerCase()
}
