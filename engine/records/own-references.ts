import { isUuid, labelOf, refuseField, type Resource, say, targetOf } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import { tableOf } from '../database/draft.ts'
import type { Transaction } from '../database/pool.ts'
import { isOpenTo, judge } from '../rules.ts'
import { Values } from './list-sql.ts'
import type { Reading } from './reading.ts'

type Row = Readonly<Record<string, unknown>>

/**
 * Whoever makes or changes only records of their own names no others by them: a reference to a record that they may
 * not see is refused as one to a record that is not there, before anything looks at it and could tell of it.
 */
export async function permitReferences(
  reading: Reading,
  transaction: Transaction,
  caller: Caller,
  resource: Resource,
  act: 'create' | 'update',
  given: Row,
): Promise<void> {
  const { registry } = reading
  const asked = registry.ruleFor(resource, act)
  if (!asked || isOpenTo(asked.rule, asked.permission, caller.actor)) return
  const values = new Values()
  const bind = values.bind.bind(values)
  const parts = Object.entries(resource.fields).flatMap(([name, declared]) => {
    const target = registry.resources.get(targetOf(declared) ?? '')
    const found = target && registry.ruleFor(target, 'read')
    // Of what they may read nothing at all, the rule for the record itself decides.
    if (!isUuid(given[name]) || !found || judge(found.rule, found.permission, caller.actor) !== true) return []
    const seen = reading.visible(caller, target)(bind)
    const there = `select from ${tableOf(target)} t where t.id = ${bind(given[name])}${seen ? ` and ${seen}` : ''}`
    return [`select '${name}' as name where not exists (${there})`]
  })
  if (!parts.length) return
  const { rows } = await transaction.query<{ name: string }>(parts.join(' union all '), values.list)
  const [lost] = rows
  if (!lost) return
  const label = labelOf(resource.fields, lost.name)
  refuseField(lost.name, 'no_target', say('engine:record.no_target', { label }))
}
