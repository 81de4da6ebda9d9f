/** The day so many days after another, or before it, both `YYYY-MM-DD`. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Every day from one to another, both included. */
export function daysFrom(first: string, last: string): string[] {
  const days: string[] = []
  for (let day = first; day <= last; day = dayAfter(day, 1)) days.push(day)
  return days
}

/** Monday is 1, Sunday is 7. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

/** The latest day, on or before one, that is a weekday: Monday is 1, Sunday is 7. */
export const lastWeekday = (day: string, weekday: number): string =>
  dayAfter(day, -((weekdayOf(day) - weekday + 7) % 7))
