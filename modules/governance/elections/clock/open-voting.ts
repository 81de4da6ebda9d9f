import { type Context, refuse, type RowOf, say } from '@commonhall/kernel'
import { keepKey } from '../../ballots/keep-key.ts'
import { makeKey } from '../../ballots/make-key.ts'
import type { election } from '../../resources/election.ts'
import { objectionTo } from '../readiness/facts.ts'
import { drawRoll } from '../roll/draw.ts'

type Election = RowOf<typeof election>

/**
 * What an election keeps as its voting opens: the roll is drawn for the last time, the rules of this day are frozen,
 * and the key is made with which ballot papers are signed. What is missing is asked after the roll was drawn.
 */
export async function openVoting(ctx: Context, record: Election): Promise<Partial<Election>> {
  const rules = await drawRoll(ctx, record, ctx.today)
  const objection = await objectionTo(ctx, record.id, 'open')
  if (objection !== undefined) refuse('conflict', objection)
  if (!rules) return refuse('conflict', say('governance:held.not_prepared'))
  const made = await makeKey()
  await keepKey(ctx, record.id, made)
  return {
    rules,
    public_key: made.public_key,
    key_fingerprint: made.fingerprint,
    opened_at: new Date().toISOString(),
  }
}
