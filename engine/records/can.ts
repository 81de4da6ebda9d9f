import { type Actor, isArchivable, type Resource, say, sentenceCase } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'
import { judge, looksAtRecord } from '../rules.ts'

type Row = Readonly<Record<string, unknown>>

/** What may be done with each row, or why not: the answer behind every button. */
export type Can = Readonly<Record<string, true | string>>

/** Prepares the question for one actor, so that a page of rows asks again only what depends on the row. */
export function canFor(registry: Registry, resource: Resource, actor: Actor): (row: Row) => Can {
  const acts = ['update', ...(isArchivable(resource) ? ['archive', 'restore'] : ['delete'])]
  const judges: [string, true | string | ((row: Row) => true | string)][] = []
  for (const act of acts) {
    const found = registry.ruleFor(resource, act)
    if (!found) continue
    const { rule, permission } = found
    const verdict = judge(rule, permission, actor)
    const fixed = verdict !== true || !looksAtRecord(rule, permission, actor)
    judges.push([act, fixed ? verdict : (row) => judge(rule, permission, actor, row)])
  }
  for (const [act, { from, rule: permission }] of Object.entries(registry.transitions(resource))) {
    const rule = registry.rules.get(permission)
    if (!rule) continue
    judges.push([act, (row) => {
      if (!(from).includes(String(row['state']))) return wrongState(resource, act, String(row['state']), from)
      return judge(rule, permission, actor, row)
    }])
  }
  return (row) => {
    const can: Record<string, true | string> = {}
    const archived = Boolean(row['archived_at'])
    for (const [act, verdict] of judges) {
      if (act === 'restore' && !archived) continue
      if (act === 'archive' && archived) continue
      const open = typeof verdict === 'function' ? verdict(row) : verdict
      can[act] = archived && act !== 'restore' ? say('engine:record.archived', { label: resource.label.toLowerCase() }) : open
    }
    return can
  }
}

/** Why an act is not open to a record in this state. */
export function wrongState(resource: Resource, act: string, state: string, from: readonly string[]): string {
  const spoken = from.map((one) => sentenceCase(one).toLowerCase()).join(', ')
  return say('engine:act.wrong_state', { label: resource.label.toLowerCase(), state: state.replaceAll('_', ' '), act, from: spoken })
}
