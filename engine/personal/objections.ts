import { type Resource, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import type { Engine } from '../engine.ts'
import { judge } from '../rules.ts'

/** Every reason why somebody cannot be erased yet: the rule's, an office that they hold, and what modules say. */
export async function objectionsTo(
  engine: Engine,
  caller: Caller,
  transaction: Transaction,
  people: Resource,
  id: string,
  record?: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  const found = engine.registry.ruleFor(people, 'erase')
  const verdict = found && record ? judge(found.rule, found.permission, caller.actor, record) : true
  const reasons = [verdict === true ? undefined : verdict, await officeOf(transaction, id)]
  const context = engine.context(transaction, caller)
  for (const { module, objection } of engine.registry.objections) {
    if (objection.to === people.name && caller.org.modules.has(module.name))
      reasons.push(await objection.why(context, id))
  }
  return reasons.filter((reason) => reason !== undefined)
}

/** Erasing somebody does not decide who holds an office. */
async function officeOf(transaction: Transaction, id: string): Promise<string | undefined> {
  const { rows } = await transaction.query<{ roles: string | null }>(
    `select string_agg(r.label, ', ' order by r.label) as roles from foundation.membership m
    join foundation.grant g on g.org_id = m.org_id and g.user_id = m.user_id
    join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
    where m.member_id = $1 and r.name <> 'member'`,
    [id],
  )
  const roles = rows[0]?.roles
  return roles ? say('personal:holds_office', { roles }) : undefined
}
