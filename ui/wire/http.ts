import type { FieldError } from '@commonhall/kernel'
import { t } from '../say.ts'

/** What the server said no with, in its own words. `status` 0 means that no answer came at all. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly FieldError[]
  readonly requestId: string | undefined
  /** All that the answer says, for codes that bring members of their own. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(status: number, code: string, detail: string, said: Partial<Said> = {}) {
    super(detail)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.errors = said.errors ?? []
    this.requestId = said.request_id
    this.members = said
  }
}

interface Said {
  readonly code: string
  readonly detail: string
  readonly errors: readonly FieldError[]
  readonly request_id: string
  readonly [member: string]: unknown
}

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>

export interface Asked {
  readonly query?: Query
  readonly body?: unknown
  /** The version that is being changed; somebody else's newer one makes the server refuse. */
  readonly version?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** Goes on its way even when the page is left. */
  readonly keepalive?: boolean
}

/** The one cookie that scripts can read: sending it back shows that the call comes from our own page. */
export const csrf = () => /(?:^|; )(?:__Host-)?(?:[\w-]+-)?csrf=([^;]*)/.exec(document.cookie)?.[1] ?? ''

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
  const headers: Record<string, string> = { accept: 'application/json', ...asked.headers }
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
    ...(asked.keepalive ? { keepalive: true } : {}),
  })
}

async function problemOf(response: Response): Promise<Problem> {
  const said = (await response.json().catch(() => ({}))) as Partial<Said>
  const detail = said.detail ?? (response.status >= 500 ? t('problem.fault') : t('problem.refused'))
  return new Problem(response.status, said.code ?? `http_${response.status}`, detail, said)
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

let whenProofNeeded = () => Promise.resolve(false)

/** How somebody shows once more that it is them, when what they want asks for it. Answers whether they did. */
export const onProofNeeded = (act: () => Promise<boolean>) => {
  whenProofNeeded = act
}

let whenWritten = (_path: string, _body: unknown, _answer: unknown) => {}

/** What hears of all that this page has changed. */
export const onWritten = (act: typeof whenWritten) => {
  whenWritten = act
}

/** The server's answer, or the problem that it tells of. */
async function ask(method: string, path: string, asked: Asked): Promise<Response | Problem> {
  let response: Response
  try {
    response = await send(method, path, asked)
    // HEAD says nothing of why; what is refused is refused again, with its reason.
    if (method === 'HEAD' && !response.ok) response = await send('GET', path, asked)
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure
    return new Problem(0, 'unreachable', t('problem.unreachable'))
  }
  return response.ok ? response : await problemOf(response)
}

const isCalled = (answer: Response | Problem, ...codes: readonly string[]) =>
  answer instanceof Problem && codes.includes(answer.code)

/** Renewing and leaving a session are not worth a renewed one. */
const needsSession = (path: string) => !/^\/auth\/(refresh|logout)/.test(path)

/**
 * The server's answer as it comes, for what is read piece by piece. Throws a Problem when the server refuses or cannot
 * be reached. An access cookie that has run out is renewed once without the person noticing, and what needs a fresh
 * proof of who they are asks them for it and is then sent once more.
 */
export async function open(method: string, path: string, asked: Asked = {}): Promise<Response> {
  let answer = await ask(method, path, asked)
  if (needsSession(path) && isCalled(answer, 'not_signed_in', 'sign_in_first') && (await renew()))
    answer = await ask(method, path, asked)
  if (isCalled(answer, 'proof_needed') && (await whenProofNeeded())) answer = await ask(method, path, asked)
  if (answer instanceof Problem) {
    if (needsSession(path) && isCalled(answer, 'not_signed_in')) whenSignedOut()
    throw answer
  }
  return answer
}

/** One call of the API. Answers the JSON; refusals are thrown, as `open` has it. */
export async function call<Answer>(method: string, path: string, asked: Asked = {}): Promise<Answer> {
  const response = await open(method, path, asked)
  const isEmpty = response.status === 204 || method === 'HEAD'
  const answer: unknown = isEmpty ? undefined : await response.json().catch(() => undefined)
  if (method !== 'GET' && method !== 'HEAD') whenWritten(path, asked.body, answer)
  return answer as Answer
}
