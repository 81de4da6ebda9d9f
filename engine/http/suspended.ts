import { refuse, say } from '@commonhall/kernel'
import type { Engine } from '../engine.ts'

interface Suspended extends Record<string, unknown> {
  readonly name: string
  readonly suspended_at: string
  readonly suspended_because: string | null
}

/** Tells people of a suspended org so, and why; to strangers it stays an org that is not there. */
export async function refuseSuspended({ database }: Engine, sessionId: string, slug: string): Promise<void> {
  if (!/^[a-z0-9-]{1,60}$/.test(slug)) return
  const [found] = await database.bare<Suspended>('select * from foundation.suspended_org($1, $2)', [sessionId, slug])
  if (!found) return
  const { name, suspended_at, suspended_because: reason } = found
  const on = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(suspended_at))
  refuse('org_suspended', say('host:suspended', { name, on, reason: reason ?? '' }).trim(), { status: 403 })
}
