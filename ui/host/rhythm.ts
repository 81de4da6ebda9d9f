import { t } from '../say.ts'

const times = new Intl.DateTimeFormat('en-US', { timeStyle: 'short', timeZone: 'UTC' })
const days = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' })

const timeOf = (hour: string, minute: string) => times.format(Date.UTC(2024, 0, 1, Number(hour), Number(minute)))

/** January 7, 2024 was a Sunday, as 0 and 7 are in cron. */
const dayOf = (day: string) => days.format(Date.UTC(2024, 0, 7 + (Number(day) % 7)))

/** Five cron fields in words; those that nobody here writes stay as they are. */
export function rhythmOf(cron: string): string {
  const [minute = '', hour = '', day, month, weekday = ''] = cron.split(' ')
  const step = minute === '*' ? 1 : Number(/^\*\/(\d+)$/.exec(minute)?.[1])
  if (day !== '*' || month !== '*') return cron
  if (step && hour === '*' && weekday === '*') return t('hostJobs.every.minutes', { count: step })
  if (!/^\d+$/.test(minute)) return cron
  if (hour === '*' && weekday === '*') return t('hostJobs.every.hour', { minute: minute.padStart(2, '0') })
  if (!/^\d+$/.test(hour)) return cron
  if (weekday === '*') return t('hostJobs.every.day', { time: timeOf(hour, minute) })
  return /^\d$/.test(weekday) ? t('hostJobs.every.week', { day: dayOf(weekday), time: timeOf(hour, minute) }) : cron
}
