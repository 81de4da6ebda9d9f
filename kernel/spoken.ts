import { say } from './words.ts'

const days = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })
const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
const rates = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
})
const counts = new Intl.NumberFormat('en-US')
const digits = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const hours = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** `2026-03-31` → `March 31, 2026`: how letters write a day. */
export const spokenDate = (date: string): string => days.format(new Date(`${date}T00:00:00Z`))

/** An instant where somebody lives: `March 31, 2026 at 6:00 PM EDT`. */
export const spokenInstant = (instant: string, timeZone: string): string => {
  const date = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone }).format(new Date(instant))
  const time = new Intl.DateTimeFormat('en-US', {
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(new Date(instant))
  return say('kernel:spoken.at', { date, time })
}

/** `1234.5` → `$1,234.50`. Decimals are strings, and stay exact. */
export const spokenMoney = (amount: string): string => money.format(amount as `${number}`)

/** A rate per hour: two decimals, and up to four where it has them. */
export const spokenRate = (amount: string): string => rates.format(amount as `${number}`)

export const spokenCount = (count: number): string => counts.format(count)

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** A size as people know it from their computer, in thousands: `1.4 MB`. */
export function spokenBytes(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${digits.format(bytes / 1000 ** step)} ${units[step]}`
}

export const spokenHours = (amount: string): string => hours.format(amount as `${number}`)

/** How far a day is: `today`, `tomorrow`, `in 14 days`, `yesterday`, `3 days ago`. */
export function spokenDistance(daysLeft: number): string {
  if (Math.abs(daysLeft) < 2) return say(`kernel:spoken.${['yesterday', 'today', 'tomorrow'][daysLeft + 1]}`)
  return say(`kernel:spoken.${daysLeft > 0 ? 'ahead' : 'ago'}`, { days: Math.abs(daysLeft) })
}
