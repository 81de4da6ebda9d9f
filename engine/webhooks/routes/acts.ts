import { refuse, say } from '@commonhall/kernel'
import { findOrg } from '../../caller.ts'
import { type Answer, expectedVersion } from '../../http/caller.ts'
import { permitRule } from '../../http/routes.ts'
import { idIn } from '../../roles/acting.ts'
import { tryAnew, write } from './change.ts'
import { testType } from '../messages/event-types.ts'
import type { Hand } from './hand.ts'
import { ownerOf, settingUp } from '../owner.ts'
import { webhook } from '../webhook.ts'

export async function remove({ engine, caller, transaction, request }: Hand): Promise<Answer> {
  await engine.records.remove(transaction, caller, webhook, idIn(request, webhook), expectedVersion(request))
  return { status: 204 }
}

const locked = ({ engine, caller, transaction, request }: Hand, act = 'update') =>
  engine.records.forChange(transaction, caller, webhook, idIn(request, webhook), act, expectedVersion(request))

const set = (hand: Hand, columns: Record<string, unknown>) => write(hand, idIn(hand.request, webhook), columns)

export async function rotate(hand: Hand): Promise<Answer> {
  await locked(hand, 'rotate')
  const secret = await hand.secrets.renew(hand.transaction, idIn(hand.request, webhook))
  const { status, headers = {}, body } = await set(hand, { rotated_at: new Date().toISOString() })
  return { status, headers, body, once: { secret } }
}

export async function pause(hand: Hand): Promise<Answer> {
  const { state } = await locked(hand)
  if (state !== 'active') refuse('conflict', say('webhooks:is_disabled'))
  return await set(hand, { state: 'paused', reason: say('webhooks:reason.paused') })
}

/** One whose owner may not have one any more tells from now on what whoever resumes it may read. */
export async function resume(hand: Hand): Promise<Answer> {
  const { engine, caller, transaction, request } = hand
  const { state, owner } = await locked(hand)
  if (state === 'active') refuse('conflict', say('webhooks:not_paused'))
  const org = await findOrg(engine.database, caller.org.id)
  const still = org && (await ownerOf(engine.registry, transaction, org, String(owner)))
  const id = idIn(request, webhook)
  if (!still) permitRule(engine, caller, settingUp)
  await tryAnew({ transaction }, id)
  return await set(hand, { state: 'active', reason: null, ...(still ? {} : { owner: caller.actor.userId }) })
}

/** Goes out also while the webhook is paused: so it can be seen whether the receiver is right again. */
export async function test(hand: Hand): Promise<Answer> {
  const { transaction, request } = hand
  await locked(hand)
  const id = idIn(request, webhook)
  const waiting = await transaction.query(
    "select from foundation.webhook_delivery where webhook_id = $1 and origin = 'test' and state = 'waiting'",
    [id],
  )
  if (waiting.rowCount) refuse('conflict', say('webhooks:test_waiting'))
  const { rows } = await transaction.query<{ id: string }>(
    "insert into foundation.webhook_delivery (webhook_id, type, origin) values ($1, $2, 'test') returning id",
    [id, testType],
  )
  return { status: 202, body: { delivery: rows[0]?.id } }
}
