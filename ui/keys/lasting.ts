import { formatDate } from '../fields/format.ts'
import type { Tone } from '../parts/State.tsx'
import { t } from '../say.ts'
import type { Key } from '../wire/keys.ts'

const day = 86_400_000

/** The day in so many days, where the person is. */
export function dayIn(days: number, now = new Date()): string {
  const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
  return [then.getFullYear(), then.getMonth() + 1, then.getDate()].map((part) => `${part}`.padStart(2, '0')).join('-')
}

/**
 * What is kept is the end of the last day where the org is. Noon before that is on this day by the clock of everybody
 * who is less than half a day away.
 */
export const lastDayOf = (end: string) => formatDate(isoDay(new Date(Date.parse(end) - day / 2)))

const isoDay = (at: Date) => dayIn(0, at)

/** How a key stands: whether it works, and until when. What ends soon is shown early enough to do something. */
export function standing(
  { state, expires_at: end }: Key,
  now = Date.now(),
): { tone: Tone; word: string; till: string } {
  const word = t(`apiKeys.${state}`)
  if (state !== 'active') return { tone: 'idle', word, till: state === 'expired' && end ? lastDayOf(end) : '' }
  if (!end) return { tone: 'good', word, till: t('apiKeys.noEnd').toLowerCase() }
  const left = Math.floor((Date.parse(end) - 1 - now) / day)
  if (left > 14) return { tone: 'good', word, till: t('apiKeys.untilDay', { day: lastDayOf(end) }) }
  return { tone: 'warn', word, till: left < 1 ? t('apiKeys.lastDay') : t('apiKeys.daysLeft', { count: left }) }
}
