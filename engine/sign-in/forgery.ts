import { refuse, type RefusalDetails, say } from '@commonhall/kernel'
import { readCookie } from './cookies.ts'
import type { Seal } from './seal.ts'
import type { WebRequest } from './web-request.ts'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

export const csrfHeader = 'x-csrf-token'

/** Another site may make a browser send our cookies; its pages can neither hide where they are nor read our cookie. */
export function refuseForgery(request: WebRequest, seal: Seal, sessionId: string, publicUrl: string): void {
  if (harmless.has(request.method)) return
  const about = { sessionId }
  refuseOtherSite(request, publicUrl, about)
  if (csrfSession(request, seal) !== sessionId) refuse('csrf', say('engine:sign_in.csrf'), { about })
}

/** The session that the CSRF token was made for, if header and cookie agree on it. */
export function csrfSession(request: WebRequest, seal: Seal): string | null {
  const given = request.headers[csrfHeader]
  if (typeof given !== 'string' || given !== readCookie(request.headers.cookie, 'csrf')) return null
  return seal.open(given)
}

/** Refuses a request that a page of another site made a browser send. */
export function refuseOtherSite(request: WebRequest, publicUrl: string, about: RefusalDetails['about'] = {}): void {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  const own = site ? site === 'same-origin' || site === 'none' : !origin || isOwn(origin, host, publicUrl)
  if (!own) refuse('csrf', say('engine:sign_in.other_site'), { about })
}

function isOwn(origin: string, host: string | undefined, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  return from.host === host || from.origin === new URL(publicUrl).origin
}
