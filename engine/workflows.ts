import { type Context, kebab, parseRecord, refuse, type Resource, say, type Transition } from '@commonhall/kernel'
import type { Caller } from './caller.ts'
import type { Transaction } from './database/pool.ts'
import { wrongState } from './records/can.ts'
import { accepted } from './records/accepted.ts'
import type { Records } from './records/records.ts'
import type { Registry } from './registry.ts'
import { permit } from './rules.ts'

/**
 * Moves a record along its workflow: state, rule, guard, write, and what follows, all in one transaction. Answers the
 * whole record, as the module's code needs it.
 */
export async function carryOut(
  parts: { readonly registry: Registry; readonly records: Records },
  where: { readonly transaction: Transaction; readonly caller: Caller; readonly context: Context },
  what: {
    readonly resource: Resource
    readonly id: string
    readonly act: string
    readonly input: unknown
    readonly expected?: number | null
  },
): Promise<Record<string, unknown>> {
  const { resource, id, act } = what
  const { transaction, caller, context } = where
  const step = transitionOf(parts.registry, resource, act)
  permitStep(parts.registry, caller, step)
  const record = await parts.records.forChange(transaction, caller, resource, id, 'read', what.expected ?? null)
  permitStep(parts.registry, caller, step, record)
  if (record['archived_at']) refuse('conflict', say('engine:record.archived', { label: resource.label.toLowerCase() }))
  const state = String(record['state'])
  if (!step.from.includes(state)) refuse('conflict', wrongState(resource, act, state, step.from))
  const input = accepted(parseRecord(step.asks ?? {}, what.input ?? {}, { today: context.today }))
  const objection = await step.guard?.(context, record as never, input)
  if (objection !== undefined) refuse('conflict', objection)
  const along = await step.sets?.(context, record as never, input)
  const moved = await parts.records.set(transaction, resource, id, { state: step.to, ...along }, nameInTrail(act, step))
  await step.after?.(context, moved as never, input)
  if (step.emits) await context.emit(step.emits.event, step.emits.payload(moved as never, input))
  return moved
}

/** What the trail calls looking, and being told no: an act of such a name is told by its label, or it were hidden. */
const taken: ReadonlySet<string> = new Set(['read', 'export', 'denied'])

const nameInTrail = (act: string, { label = `${act} it` }: Transition) => (taken.has(act) ? kebab(label) : act)

/** Asks the rule of an act; without a record, whether the person may do it to any at all. */
export function permitStep(
  registry: Registry,
  caller: Caller,
  step: Transition,
  record?: Readonly<Record<string, unknown>>,
): void {
  permit(registry.rules, step.rule, caller.actor, record)
}

function transitionOf(registry: Registry, resource: Resource, act: string): Transition {
  const transitions = registry.transitions(resource)
  const found = Object.hasOwn(transitions, act) ? transitions[act] : undefined
  return found ?? refuse('not_found', say('engine:act.unknown', { act, label: resource.label.toLowerCase() }))
}
