import { type Actor, defaultOf, refuseField, type Resource, say } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'
import { judge } from '../rules.ts'
import { canFor } from './can.ts'

const start = { kind: 'choice' }

/** Whoever creates a record further along its workflow must be allowed a step that leads there. */
export function permitStart(registry: Registry, resource: Resource, actor: Actor, state: unknown): void {
  const steps = Object.values(registry.transitions(resource))
  if (!steps.length || state === defaultOf(resource.fields['state'] ?? start)) return
  const verdicts = steps
    .filter(({ to }) => to === state)
    .map(({ rule: permission }) => {
      const rule = registry.rules.get(permission)
      return rule ? judge(rule, permission, actor) : say('engine:rule.not_allowed')
    })
  if (verdicts.includes(true)) return
  const label = resource.label.toLowerCase()
  const message = say('engine:record.workflow_start', { label, state: String(state), reason: verdicts[0] ?? '' })
  refuseField('state', 'workflow_start', message, 'forbidden')
}

/** The state of a record with a workflow is changed by its acts, so that none of their checks can be gone around. */
export function keepState(
  registry: Registry,
  resource: Resource,
  actor: Actor,
  record: Readonly<Record<string, unknown>>,
  state: unknown,
): void {
  const acts = Object.keys(registry.transitions(resource))
  if (state === record['state'] || !acts.length) return
  const can = canFor(registry, resource, actor)(record)
  const open = acts.filter((act) => can[act] === true).join(', ')
  const message = say('engine:record.workflow_state', { acts: open || say('engine:record.no_acts') })
  refuseField('state', 'workflow_state', message)
}
