import type { FastifyRequest } from 'fastify'
import { isUuid, Refusal } from '@commonhall/kernel'
import { isSlug, type Sender } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { addressOf } from '../sign-in/web-request.ts'

type From = Pick<Sender, 'sessionId' | 'via' | 'address'>

const orgRoutes = '/api/v1/orgs/:slug'

/** Notes in the org's trail that somebody was told no; anything else that ended a request is not noted. */
export function noteDenied(engine: Engine, request: FastifyRequest, error: unknown, from: From | null): void {
  if (!(error instanceof Refusal) || error.status !== 403) return
  const { sessionId } = error.about
  // Whoever is not let past the check against forgery is known all the same, for their cookie was right.
  if (from) note(engine, request, from, error)
  else if (typeof sessionId === 'string') {
    note(engine, request, { sessionId, via: 'page', address: addressOf(request) }, error)
  }
}

/** Somebody asked for an org that is not theirs, or is none: which of both is found out later. */
export function noteStranger(engine: Engine, request: FastifyRequest, from: From): void {
  note(engine, request, from, { code: 'stranger', message: '', about: {} })
}

function note(
  { watch, registry }: Engine,
  request: FastifyRequest,
  { sessionId, via, address }: From,
  { code, message, about }: Pick<Refusal, 'code' | 'message' | 'about'>,
): void {
  const { slug, id } = request.params as { slug: string; id?: string }
  const { url = '', schema } = request.routeOptions
  const path = url.replace(orgRoutes, '').replace(/:(\w+)/g, '{$1}') || '/'
  const { permission } = about
  // What cannot be an address of an org leads to none.
  if (!isSlug.test(slug)) return
  watch.denied({
    session: sessionId,
    slug,
    at: new Date().toISOString(),
    resource: registry.paths.get(path.split('/')[1] ?? '')?.name ?? 'foundation.route',
    record: id !== undefined && isUuid(id) ? id : null,
    operation: `${request.method} ${path}`,
    summary: schema?.summary ?? '',
    code,
    permission: typeof permission === 'string' ? permission : undefined,
    reason: message.slice(0, 300).replaceAll('\0', '').toWellFormed(),
    via,
    request_id: request.id,
    address,
  })
}
