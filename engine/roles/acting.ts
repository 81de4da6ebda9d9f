import type { FastifyRequest } from 'fastify'
import { isUuid, refuse, type Resource, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import type { Engine } from '../engine.ts'
import { type Answer, expectedVersion } from '../http/caller.ts'
import { type Http, writing } from '../http/door.ts'
import { permitRule } from '../http/routes.ts'
import { judge, type KeptRole } from '../rules.ts'
import { wholeLabel } from './permission-words.ts'
import { takeTurn } from './store.ts'
import { reachOf, withinOwn } from './within-own.ts'

/** One act that changes who may do what. */
export interface Acting {
  readonly engine: Engine
  readonly caller: Caller
  readonly transaction: Transaction
  readonly request: FastifyRequest
}

/** A handler for such an act: the right is asked, the turn is waited for, and refusals of the database become ours. */
export const acting = (http: Http, permission: string, act: (acting: Acting) => Promise<Answer>) =>
  writing(http, 'foundation', async (caller, transaction, request) => {
    const { engine } = http
    permitRule(engine, caller, permission)
    await takeTurn(transaction, caller)
    try {
      return await act({ engine, caller, transaction, request })
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string }
      if (code === 'CH409') refuse('conflict', say(message === 'no_party' ? 'roles:no_party' : 'roles:last_admin'))
      if (code === '23505') refuse('conflict', say('roles:record_taken'))
      throw error
    }
  })

/** May the caller do this? True, or why not: what a page needs before it offers something. */
export function verdictOn({ registry }: Engine, { actor }: Caller, permission: string): true | string {
  const rule = registry.rules.get(permission)
  return rule ? judge(rule, permission, actor) : say('engine:rule.not_allowed')
}

/** Everything that the caller may hand on. */
export const reachOfCaller = ({ registry }: Engine, { actor, access }: Caller) =>
  reachOf(registry.rules, actor, access.via === 'key')

/** Refuses to reach beyond one's own: to give it, or to act on somebody who has it. */
export function needReach(
  { engine, caller }: Acting,
  roles: readonly KeptRole[],
  sentence: 'beyond' | 'beyond_person' = 'beyond',
): void {
  const lacking = withinOwn(engine.registry.rules, reachOfCaller(engine, caller), roles)
  if (lacking.length) refuse('forbidden', say(`roles:${sentence}`, { list: spoken(engine, lacking) }))
}

/**
 * Refuses to hand out a record as somebody's own, or as the party that they stand for, which lets them do more with
 * it than the caller may: whoever could would make it their own, or an accomplice's. What no role starts with is for
 * such people alone, and goes with the power to say who they are.
 */
export function needOwnReach({ engine, caller }: Acting, party: string | null = null): void {
  const reach = reachOfCaller(engine, caller)
  const isOn = (permission: string) => caller.org.modules.has(permission.split('.')[0] ?? '')
  const lacking = [...engine.registry.rules].flatMap(([permission, { owners, roles }]) =>
    owners.some((one) => one.party === party) && roles.length && isOn(permission) && !reach.has(permission)
      ? [permission]
      : [],
  )
  if (lacking.length) refuse('forbidden', say('roles:beyond', { list: spoken(engine, lacking) }))
}

/** The first few permissions in words. */
export function spoken({ registry }: Engine, permissions: readonly string[]): string {
  const list = permissions.slice(0, 3).map((one) => wholeLabel(registry, one))
  const count = permissions.length - list.length
  return count > 0 ? say('roles:and_more', { list: list.join('; '), count }) : list.join('; ')
}

/** Refuses when somebody has changed it since the sender looked. */
export function needVersion(request: FastifyRequest, version: number, { label }: Resource): void {
  const expected = expectedVersion(request)
  if (expected !== null && expected !== version)
    refuse('stale', say('engine:record.stale', { label: label.toLowerCase() }))
}

/** The id in the address; one that is none names nothing. */
export function idIn(request: FastifyRequest, { label }: Resource, name = 'id'): string {
  const id = (request.params as Record<string, string>)[name] ?? ''
  return isUuid(id)
    ? id.toLowerCase()
    : refuse('not_found', say('engine:record.not_found', { label: label.toLowerCase() }))
}
