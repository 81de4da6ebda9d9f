import { type Actor, type Condition, type Owner, refuse, type Rule, type RoleName, say } from '@commonhall/kernel'

/** A row as far as rules look at it. */
type Row = Readonly<Record<string, unknown>>

/** The record that the actor is, or stands for, as this kind of owner. */
const selfAs = ({ memberId, parties }: Actor, party: string | null): string | null =>
  party === null ? memberId : (parties[party] ?? null)

/** The owners of a rule that the actor is one of: which records are theirs is for the records to say. */
const ownersLike = ({ owners }: Rule, actor: Actor): { readonly field: string; readonly self: string }[] =>
  owners.flatMap(({ field, party }) => {
    const self = selfAs(actor, party)
    return self === null ? [] : [{ field, self }]
  })

/** Whether the record is the actor's own, as the member or the party that one of these fields names. */
export const isOwn = (owners: readonly Owner[], actor: Actor, record: Row): boolean =>
  owners.some(({ field, party }) => {
    const self = selfAs(actor, party)
    return self !== null && record[field] === self
  })

/** Whether a rule lets the actor in wherever they look, not only at what is their own. */
export const isOpenTo = (rule: Rule, permission: string, actor: Actor): boolean =>
  actor.kind === 'system' ||
  actor.permissions.has(permission) ||
  (rule.parties && Object.keys(actor.parties).length > 0)

/** The same, as `true` or the reason why not: for what looks at records that nobody has asked for one by one. */
export const judgeOpen = (rule: Rule, permission: string, actor: Actor): true | string =>
  isOpenTo(rule, permission, actor) || say('engine:rule.not_allowed')

/** May the actor do this? `true`, or the reason why not. Without a record only the person is judged. */
export function judge(rule: Rule, permission: string, actor: Actor, record?: Row): true | string {
  if (actor.kind === 'system') return true
  const asOwner = () => (record ? isOwn(rule.owners, actor, record) : ownersLike(rule, actor).length > 0)
  if (!isOpenTo(rule, permission, actor) && !asOwner()) return say('engine:rule.not_allowed')
  if (record) for (const { when, reason } of rule.vetoes) if (holds(when, record, actor)) return reason
  return true
}

/** How long a shown factor counts, in milliseconds. */
const freshFor = 10 * 60_000

/**
 * Lets the actor act, or refuses with the reason.
 * @throws {Refusal} `forbidden`, or `proof_needed` when the rule asks people to prove again who they are.
 */
export function permit(
  rules: ReadonlyMap<string, Rule>,
  permission: string | undefined,
  actor: Actor,
  record?: Row,
): void {
  const rule = permission === undefined ? undefined : rules.get(permission)
  const verdict = rule && permission ? judge(rule, permission, actor, record) : say('engine:rule.not_allowed')
  if (verdict !== true) refuse('forbidden', verdict, { about: { permission } })
  if (rule?.fresh) permitFresh(actor, permission)
}

/** @throws {Refusal} `proof_needed` unless the actor has shown a factor within the last minutes. */
export function permitFresh({ provedAt }: Pick<Actor, 'provedAt'>, permission?: string): void {
  if (Date.now() - provedAt <= freshFor) return
  refuse('proof_needed', say('engine:rule.proof_needed'), { about: { permission } })
}

function holds(condition: Condition, record: Row, actor: Actor): boolean {
  if (condition.test === 'every') return condition.of.every((one) => holds(one, record, actor))
  if (condition.test === 'no') return !holds(condition.of, record, actor)
  if (condition.test === 'may') return actor.permissions.has(condition.permission)
  const value = record[condition.field]
  if (condition.test === 'is') return condition.values.includes(value)
  const self = condition.to === 'member' ? actor.memberId : actor.userId
  return value !== null && value === self
}

/** Whether a rule says the same of every record, so that it need be asked only once a page. */
export const looksAtRecord = (rule: Rule, permission: string, actor: Actor) =>
  rule.vetoes.length > 0 || (rule.owners.length > 0 && !isOpenTo(rule, permission, actor))

/**
 * The rows that a rule lets the actor see, as SQL over an alias. Null means all of them. `bind` takes a value and
 * answers its placeholder.
 */
export function rowFilter(
  rule: Rule,
  permission: string,
  actor: Actor,
  bind: (value: unknown) => string,
  alias = 't',
): string | null {
  if (actor.kind === 'system') return null
  const parts: string[] = []
  if (!isOpenTo(rule, permission, actor)) {
    const owners = ownersLike(rule, actor)
    if (!owners.length) return 'false'
    parts.push(`(${owners.map(({ field, self }) => `${alias}."${field}" = ${bind(self)}`).join(' or ')})`)
  }
  for (const { when } of rule.vetoes) parts.push(`(${conditionSql(when, actor, bind, alias)}) is not true`)
  return parts.length ? parts.join(' and ') : null
}

function conditionSql(condition: Condition, actor: Actor, bind: (value: unknown) => string, alias: string): string {
  const sqlOf = (one: Condition) => `(${conditionSql(one, actor, bind, alias)})`
  if (condition.test === 'every') return condition.of.map(sqlOf).join(' and ')
  if (condition.test === 'no') return `${sqlOf(condition.of)} is not true`
  if (condition.test === 'may') return String(actor.permissions.has(condition.permission))
  if (condition.test === 'is') return `${alias}."${condition.field}" in (${condition.values.map(bind).join(', ')})`
  return `${alias}."${condition.field}" = ${bind(condition.to === 'member' ? actor.memberId : actor.userId)}`
}

/** A role as an org keeps it: its name, and where it differs from the modules' defaults. */
export interface KeptRole {
  readonly name: string
  readonly changes: Readonly<Record<string, boolean>>
}

/** All permissions that a set of roles gives: the defaults of the rules, as each role changes them. */
export function permissionsOf(rules: ReadonlyMap<string, Rule>, roles: readonly KeptRole[]): Set<string> {
  const granted = new Set<string>()
  for (const role of roles) {
    for (const [permission, rule] of rules) {
      if (role.changes[permission] ?? rule.roles.includes(role.name as RoleName)) granted.add(permission)
    }
  }
  return granted
}
