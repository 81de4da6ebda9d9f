import { type Actor, fileResource, type Resource, targetOf } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'
import { judge, looksAtRecord } from '../rules.ts'

type Row = Readonly<Record<string, unknown>>

/**
 * Blanks the titles of records that the actor may not read: a reference shows that there is something, not what.
 * Changes the row's `titles` in place. Null when the actor may read whatever the resource points to.
 */
export function titleBlinds(registry: Registry, resource: Resource, actor: Actor): ((row: Row) => void) | null {
  const blinds: { readonly name: string; readonly hides: (row: Row) => boolean }[] = []
  for (const [name, declared] of Object.entries(resource.fields)) {
    const target = registry.resources.get(targetOf(declared) ?? '')
    const isFile = target?.name === fileResource
    // What a file of the record is called is read by whoever may read its files.
    const found = isFile ? registry.ruleFor(resource, 'read-files') : target && registry.ruleFor(target, 'read')
    // A reference may say that whoever reads it reads the name: then the record itself need not be open to them.
    if (!found || (declared as { named?: boolean }).named) continue
    const { rule, permission } = found
    const open = judge(rule, permission, actor) === true
    if (open && !looksAtRecord(rule, permission, actor)) continue
    const hides = (row: Row) => !open || judge(rule, permission, actor, isFile ? row : { id: row[name] }) !== true
    blinds.push({ name, hides })
  }
  if (!blinds.length) return null
  return (row) => {
    const titles = row['titles'] as Record<string, unknown> | undefined
    if (titles) for (const { name, hides } of blinds) if (hides(row)) titles[name] = null
  }
}
