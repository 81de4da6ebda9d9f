import type { FieldError } from '@commonhall/kernel'
import { t } from '../say.ts'

/** What the server said no with, in its own words. `status` 0 means that no answer came at all. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly FieldError[]
  readonly requestId: string | undefined

  constructor(status: number, code: string, detail: string, errors: readonly FieldError[] = [], requestId?: string) {
    super(detail)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.errors = errors
    this.requestId = requestId
  }
}

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>

export interface Asked {
  readonly query?: Query
  readonly body?: unknown
  /** The version that is being changed; somebody else's newer one makes the server refuse. */
  readonly version?: number
  readonly signal?: AbortSignal
}

/** The one cookie that scripts can read: sending it back shows that the call comes from our own page. */
const csrf = () => /(?:^|; )(?:__Host-)?(?:[\w-]+-)?csrf=([^;]*)/.exec(document.cookie)?.[1] ?? ''

/** A query string; empty values are left out, lists are repeated. */
export function queryString(query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== '') search.append(name, `${one}`)
  }
  const text = search.toString()
  return text && `?${text}`
}

function send(method: string, path: string, asked: Asked): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (method !== 'GET') headers['x-csrf-token'] = csrf()
  if (asked.version !== undefined) headers['if-match'] = `"${asked.version}"`
  const form = asked.body instanceof FormData
  if (asked.body !== undefined && !form) headers['content-type'] = 'application/json'
  return fetch(`/api/v1${path}${queryString(asked.query)}`, {
    method,
    headers,
    credentials: 'same-origin',
    ...(asked.body === undefined ? {} : { body: form ? asked.body : JSON.stringify(asked.body) }),
    ...(asked.signal ? { signal: asked.signal } : {}),
  })
}

async function problemOf(response: Response): Promise<Problem> {
  const said = (await response.json().catch(() => ({}))) as Partial<Record<string, never>>
  const detail = said['detail'] ?? (response.status >= 500 ? t('problem.fault') : t('problem.refused'))
  return new Problem(
    response.status,
    said['code'] ?? `http_${response.status}`,
    detail,
    said['errors'],
    said['request_id'],
  )
}

let renewal: Promise<boolean> | undefined

/** Asks for a fresh access cookie; many calls that fail at once share one try. */
function renew(): Promise<boolean> {
  renewal ??= send('POST', '/auth/refresh', { body: {} })
    .then(
      (response) => response.ok,
      () => false,
    )
    .finally(() => setTimeout(() => (renewal = undefined), 1000))
  return renewal
}

let whenSignedOut = () => {}

/** What happens when a call finds that nobody is signed in any more. */
export const onSignedOut = (act: () => void) => {
  whenSignedOut = act
}

/** Signing in is how one gets a session: a refusal there is an answer, not an ended session. */
const needsSession = (path: string) => !/^\/auth\/(login|refresh|logout|password)/.test(path)

/**
 * One call of the API. Answers the JSON; throws a Problem when the server refuses or cannot be reached.
 * An access cookie that has run out is renewed once without the person noticing.
 */
export async function call<Answer>(method: string, path: string, asked: Asked = {}): Promise<Answer> {
  let response: Response
  try {
    response = await send(method, path, asked)
    if (response.status === 401 && needsSession(path) && (await renew())) response = await send(method, path, asked)
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure
    throw new Problem(0, 'unreachable', t('problem.unreachable'))
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json().catch(() => undefined)) as Answer
  const problem = await problemOf(response)
  if (problem.status === 401 && needsSession(path)) whenSignedOut()
  throw problem
}
