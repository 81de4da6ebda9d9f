import { say } from '@commonhall/kernel'
import { holdReasons } from './verdict.ts'

/** Where a file stands, as its row says. */
export interface Standing {
  readonly state: 'checking' | 'ready' | 'held'
  readonly reason: string | null
  readonly detail: string | null
}

/** The same of a version, by its content `c`. */
export const standingSql = `
  case c.verdict when 'held' then 'held' when 'clean' then 'ready' else 'checking' end as state, c.reason, c.detail`

/** Why a file cannot be opened, and what to do, in words; null for one that can. */
export function becauseOf({ state, reason, detail }: Standing): string | null {
  if (state === 'ready') return null
  if (state === 'checking') return say('checks:checking')
  const known = holdReasons.find((one) => one === reason) ?? 'unclear'
  return say(`checks:because.${known === 'unknown' && detail ? 'unknown_named' : known}`, { detail: detail ?? '' })
}
