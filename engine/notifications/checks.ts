import { type Notice, type Reminder } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'

/** What is wrong with declared notices and reminders is found at boot, not at six in the morning. */
export function checkNotices(registry: Registry): void {
  for (const { notice } of registry.notices.values()) checkNotice(registry, notice)
  for (const { reminder } of registry.reminders.values()) checkReminder(registry, reminder)
}

function checkNotice({ rules, resources }: Registry, { name, audience, fields }: Notice): void {
  if (audience !== undefined && !rules.has(audience))
    throw new Error(`"${name}" is for people with "${audience}", a rule that no module declares.`)
  for (const [field, { from, required }] of Object.entries(fields)) {
    if (!from) continue
    const [module, singular, source = ''] = from.split('.')
    const resource = resources.get(`${module}.${singular}`)
    if (!resource || !Object.hasOwn(resource.fields, source))
      throw new Error(`${name}.${field} comes from "${from}", which nobody declares.`)
    if (required) throw new Error(`${name}.${field} cannot be required: not everybody may read "${from}".`)
  }
}

function checkReminder({ resources, notices }: Registry, reminder: Reminder): void {
  const { name, resource, date, days, when = [], notice } = reminder
  if (resources.get(resource.name) !== resource) throw new Error(`"${name}" is about "${resource.name}", unknown here.`)
  if (notices.get(notice.name)?.notice !== notice) throw new Error(`"${name}" tells "${notice.name}", unknown here.`)
  if (resource.fields[date]?.kind !== 'date')
    throw new Error(`"${name}" counts from "${date}", which is no date field.`)
  if (!days.length || new Set(days).size < days.length || !days.every(Number.isInteger))
    throw new Error(`The days of "${name}" must be whole numbers, each once.`)
  for (const condition of when) {
    if (condition.test !== 'is') throw new Error(`"${name}" looks at who acts, but nobody does at six in the morning.`)
    if (!Object.hasOwn(resource.fields, condition.field))
      throw new Error(`"${name}" looks at "${condition.field}", which the record does not have.`)
  }
}
