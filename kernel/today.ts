/** The calendar day that it is now in a time zone (IANA name), or where the program runs. */
export function todayIn(timeZone?: string): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  // Canadian English writes dates the ISO way.
  return new Intl.DateTimeFormat('en-CA', { ...parts, ...(timeZone ? { timeZone } : {}) }).format(new Date())
}
