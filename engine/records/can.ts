import { type Actor, isArchivable, isAttachable, type Resource, type Rule, say, sentenceCase } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'
import { judge, looksAtRecord } from '../rules.ts'

type Row = Readonly<Record<string, unknown>>

/** What may be done with each row, or why not: the answer behind every button. */
export type Can = Readonly<Record<string, true | string>>

type Judge = (row: Row) => true | string

/** What is said of every row in one state, and what must be asked of each. */
interface Answer {
  readonly said: Can
  readonly asked: readonly (readonly [act: string, judge: Judge])[]
}

const known = new WeakMap<Actor, Map<Resource, (row: Row) => Can>>()

/**
 * Prepares the question for one actor. Making the sentences anew for each row would cost more than the query, so they
 * are kept for as long as the actor is: a change of their rights makes another actor.
 */
export function canFor(registry: Registry, resource: Resource, actor: Actor): (row: Row) => Can {
  let ofActor = known.get(actor)
  if (!ofActor) known.set(actor, (ofActor = new Map()))
  let answer = ofActor.get(resource)
  if (!answer) ofActor.set(resource, (answer = prepare(registry, resource, actor)))
  return answer
}

function prepare(registry: Registry, resource: Resource, actor: Actor): (row: Row) => Can {
  const acts = Object.keys(registry.transitions(resource))
  const answers = new Map<string, Answer>()
  return (row) => {
    const state = acts.length ? String(row['state']) : ''
    const archived = Boolean(row['archived_at'])
    const key = `${state} ${archived}`
    let answer = answers.get(key)
    if (!answer) answers.set(key, (answer = answerFor(registry, resource, actor, { state, archived })))
    const { said, asked } = answer
    return asked.length
      ? { ...said, ...Object.fromEntries(asked.map(([act, judgeRow]) => [act, judgeRow(row)])) }
      : said
  }
}

function answerFor(
  registry: Registry,
  resource: Resource,
  actor: Actor,
  { state, archived }: { state: string; archived: boolean },
): Answer {
  const said: Record<string, true | string> = {}
  const asked: [string, Judge][] = []
  const ask = (act: string, permission: string, rule: Rule) => {
    const verdict = judge(rule, permission, actor)
    if (verdict === true && looksAtRecord(rule, permission, actor))
      asked.push([act, (row) => judge(rule, permission, actor, row)])
    else said[act] = verdict
  }
  const shelved = say('engine:record.archived', { label: resource.label.toLowerCase() })
  const ends = isArchivable(resource) ? (archived ? 'restore' : 'archive') : 'delete'
  for (const act of ['update', ends, ...(isAttachable(resource) ? ['attach'] : []), ...(resource.ownActs ?? [])]) {
    const found = registry.ruleFor(resource, act)
    const blind = act === 'attach' ? cannotRead(registry, resource, actor) : null
    if (found && archived && act !== 'restore') said[act] = shelved
    else if (blind) said[act] = blind
    else if (found) ask(act, found.permission, found.rule)
  }
  for (const [act, { from, rule: permission }] of Object.entries(registry.transitions(resource))) {
    const rule = registry.rules.get(permission)
    if (rule && archived) said[act] = shelved
    else if (rule && !from.includes(state)) said[act] = wrongState(resource, act, state, from)
    else if (rule) ask(act, permission, rule)
  }
  return { said, asked }
}

/** Whoever may read no files of such records cannot attach any either: they would not see what they did. */
function cannotRead(registry: Registry, resource: Resource, actor: Actor): string | null {
  const files = registry.ruleFor(resource, 'read-files')
  const verdict = files && judge(files.rule, files.permission, actor)
  return verdict === true || verdict === undefined ? null : verdict
}

/** Why an act is not open to a record in this state. */
export function wrongState(resource: Resource, act: string, state: string, from: readonly string[]): string {
  const spoken = from.map((one) => sentenceCase(one).toLowerCase()).join(', ')
  return say('engine:act.wrong_state', {
    label: resource.label.toLowerCase(),
    state: state.replaceAll('_', ' '),
    act,
    from: spoken,
  })
}
