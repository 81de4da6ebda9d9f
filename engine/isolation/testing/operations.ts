import type { FastifyInstance, InjectOptions } from 'fastify'
import { formOf } from '@commonhall/engine/testing'

/** One operation of the API, as its own description tells it. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly summary: string
  /** For people who are not signed in. */
  readonly open: boolean
}

/** Every operation that the description has; that it has every route of the server, openapi.test.ts proves. */
export async function operationsOf(app: FastifyInstance): Promise<Operation[]> {
  const { paths } = (await app.inject({ url: '/api/v1/openapi.json' })).json() as {
    paths: Record<string, Record<string, { summary: string; security?: unknown[] }>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary, security }]) => ({
      method: method.toUpperCase() as 'GET',
      path,
      summary,
      open: security?.length === 0,
    })),
  )
}

/** The address as people write it: what stands under an org begins behind it. */
export const shown = (path: string) => path.replace('/api/v1/orgs/{slug}', '').replace('/api/v1', '')

export const isOfOrg = ({ path }: Operation) => path.includes('{slug}')
export const isOfHost = ({ path }: Operation) => path.startsWith('/api/v1/host/')

const roll = formOf({ name: 'roll.csv', bytes: 'Last name,First name,Card number\r\nDoe,Jo,1' })

const nonsense = { nonsense: 1 }
const credential = {
  id: 'x',
  rawId: 'x',
  type: 'public-key',
  response: { clientDataJSON: 'x', attestationObject: 'x' },
  clientExtensionResults: {},
}

/** Bodies that sign-in takes and that lead nowhere; what would end sessions or write letters is no right body. */
const toSignIn: Readonly<Record<string, object>> = {
  logout: nonsense,
  'sessions/end-others': nonsense,
  'email/change': { email: 'elsewhere@people.example' },
  passkeys: { challenge: 'x', credential, name: 'x' },
  'passkeys/{id}': { name: 'Phone' },
  'totp/confirm': { code: '000000' },
  prove: { method: 'password', password: 'Wrong-password-1' },
  login: nonsense,
  'password/reset-request': nonsense,
}

/** What the console takes, for an org that is not there. */
const toHost: Readonly<Record<string, object>> = {
  orgs: { slug: 'riverside', name: 'Riverside', kind: 'union-local' },
  '{org}': { name: 'Nowhere' },
  'switch-on': { module: 'members' },
  'switch-off': { module: 'members' },
  suspend: { reason: 'Because' },
  retry: { queue: 'foundation.schedules-kept', ids: [crypto.randomUUID()] },
  discard: { queue: 'foundation.schedules-kept', ids: [crypto.randomUUID()] },
  'invite-admin': { email: 'ann@example.org', name: 'Ann' },
}

/** Which record an address is tried on: by the first part of the address, the id of one that there is. */
export type Ids = ReadonlyMap<string, string>

/** A request that leads nowhere even where it is allowed, so that trying all of them changes nothing. */
export function harmless({ method, path }: Operation, slug: string, ids: Ids = new Map()): InjectOptions {
  const place = shown(path).split('/')[1] ?? ''
  const id = ids.get(place) ?? crypto.randomUUID()
  const org = method === 'GET' ? slug : 'nowhere'
  const url = path
    .replace('{slug}', slug)
    .replace('{org}', org)
    .replace('{id}', id)
    .replace('{number}', '1')
    .replace(/\{\w+\}/g, () => crypto.randomUUID())
  const headers = { 'if-match': '"999999"' }
  if (/^\/uploads\/{id}\/\w+$/.test(shown(path))) return { method, url, headers, payload: {} }
  if (place === 'uploads') return ofUploads(method, url, ids)
  if (method === 'GET' || method === 'DELETE') return { method, url, headers }
  if (/^\/[^/]+\/{id}\/files$/.test(shown(path))) return { method, url, ...emptyFile }
  if (shown(path) === '/imports') return { method, url: `${url}?resource=members`, ...roll }
  const body = bodyFor(path, place)
  return { method, url, headers, payload: body }
}

/** A file that there is nothing in, which is refused as soon as it is seen. */
const emptyFile = formOf({ name: 'empty.txt', bytes: '' })

const metadata = (told: Readonly<Record<string, string>>) =>
  Object.entries(told)
    .map(([key, value]) => `${key} ${btoa(value)}`)
    .join(',')

/** The beginning of an upload that there would be nothing in, and no bytes for one that there is. */
function ofUploads(method: Operation['method'], url: string, ids: Ids): InjectOptions {
  const headers = { 'tus-resumable': '1.0.0' }
  const told = metadata({ name: 'empty.txt', resource: 'members', record: ids.get('members') ?? crypto.randomUUID() })
  if (method === 'POST') return { method, url, headers: { ...headers, 'upload-length': '0', 'upload-metadata': told } }
  const bytes = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
  return { method, url, headers: method === 'PATCH' ? { ...headers, ...bytes } : headers }
}

function bodyFor(path: string, place: string): object {
  if (path.startsWith('/api/v1/auth/')) return toSignIn[path.replace('/api/v1/auth/', '')] ?? {}
  if (path.startsWith('/api/v1/host/')) return toHost[path.split('/').at(-1) ?? ''] ?? {}
  const several = !path.includes('{id}') && place === 'members' && shown(path) !== '/members'
  return several ? { ids: [crypto.randomUUID()], reason: 'none' } : {}
}
