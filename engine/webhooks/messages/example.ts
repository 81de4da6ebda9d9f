import { type Fields, type Resource, targetOf } from '@commonhall/kernel'
import type { OpenOrg } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import { bodyOf } from './bodies.ts'
import { type EventType, fileActs } from './event-types.ts'

const madeUp = '01980000-0000-7000-8000-000000000001'

const samples: Readonly<Record<string, unknown>> = {
  ref: madeUp,
  count: 1,
  money: '12.50',
  hours: '8.00',
  percent: '50',
  date: '2026-05-01',
  instant: '2026-05-01T08:00:00.000Z',
  yes_no: true,
}

const sampleOf = (fields: Fields) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, declared]) => [
      name,
      (declared as { choices?: readonly string[] }).choices?.[0] ?? samples[declared.kind] ?? 'text',
    ]),
  )

const changeOf = (type: string, resource: Resource | undefined) =>
  fileActs.some((act) => type.endsWith(`.${act}`))
    ? { changed: [], fields: { file: madeUp } }
    : { changed: Object.keys(resource?.fields ?? {}).slice(0, 2) }

/** A message of this type as it would look, made of nothing that there is. */
export function exampleOf({ registry, settings }: Engine, org: OpenOrg, { type }: EventType): object {
  const event = registry.events.get(type)
  const target = Object.values(event?.fields ?? {})
    .map(targetOf)
    .find((to) => to && registry.resources.has(to))
  const resource = registry.resources.get(target ?? type.slice(0, type.lastIndexOf('.')))
  const told = {
    type,
    at: '2026-05-01T08:00:00.000Z',
    about: resource ? { resource, id: madeUp, version: 3 } : null,
    title: '',
    did: '',
    ...(event ? { fields: sampleOf(event.fields) } : changeOf(type, resource)),
  }
  return JSON.parse(bodyOf('standard', told, { org, publicUrl: settings.publicUrl, name: '' })) as object
}
