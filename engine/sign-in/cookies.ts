/**
 * The house's cookies. `__Host-` binds each to this host over a secure connection; browsers count http://127.0.0.1 and
 * http://localhost as secure, so the demo needs no exception.
 */
export const cookieNames = {
  access: '__Host-access',
  refresh: '__Host-refresh',
  /** The one that scripts can read: they send it back as the x-csrf-token header. */
  csrf: '__Host-csrf',
  device: '__Host-device',
} as const

export type CookieName = keyof typeof cookieNames

/** The value of one of our cookies. Values hold letters, digits and `-_.` only, so nothing needs decoding. */
export function readCookie(header: string | undefined, name: CookieName): string | null {
  if (!header) return null
  const wanted = `${cookieNames[name]}=`
  for (const part of header.split(';')) {
    const pair = part.trimStart()
    if (pair.startsWith(wanted)) return pair.slice(wanted.length).trimEnd() || null
  }
  return null
}

/** A Set-Cookie header that keeps the value for some seconds; 0 removes it. */
export function writeCookie(name: CookieName, value: string, seconds: number): string {
  const hidden = name === 'csrf' ? '' : '; HttpOnly'
  return `${cookieNames[name]}=${value}; Path=/; Max-Age=${seconds}; Secure${hidden}; SameSite=Lax`
}

/** Takes a session out of the browser. The device stays known: it is not what was signed out. */
export const clearedCookies = (): string[] =>
  (['access', 'refresh', 'csrf'] as const).map((name) => writeCookie(name, '', 0))
