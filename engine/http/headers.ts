import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Engine } from '../engine.ts'

/** The nonce of this reply, for the one inline style that the page's library makes. */
export const nonceOf = (reply: FastifyReply): string =>
  ((reply as { nonce?: string }).nonce ??= randomBytes(16).toString('base64url'))

const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** Headers that every answer carries, errors and files included. */
export function registerHeaders(app: FastifyInstance, engine: Engine): void {
  const secure = engine.settings.publicUrl.startsWith('https:')
  const headers = secure ? { ...always, 'strict-transport-security': 'max-age=31536000' } : always
  app.addHook('onSend', (_request, reply, payload, done) => {
    // A page may say that its own house may frame it; a link, that where it leads learns nothing.
    const said = { frame: reply.getHeader('x-frame-options'), referrer: reply.getHeader('referrer-policy') }
    reply.headers(headers)
    if (said.frame) reply.header('x-frame-options', said.frame)
    if (said.referrer) reply.header('referrer-policy', said.referrer)
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', policyFor(engine, reply))
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    done(null, payload)
  })
}

/** What an answer carries that no hook sees, because no request could be made out. */
export const bareHeaders = (requestId: string): Readonly<Record<string, string>> => ({
  'x-request-id': requestId,
  'cache-control': 'no-store',
  'content-security-policy': dataPolicy,
  ...always,
})

/** Data that somebody opens as if it were a page can do nothing. */
const dataPolicy = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

/** Only a page needs a nonce, and making one costs more than all other headers together. */
const policyFor = ({ files }: Engine, reply: FastifyReply) =>
  String(reply.getHeader('content-type')).startsWith('text/html')
    ? pagePolicy(nonceOf(reply), files.stores.current.direct?.origin)
    : dataPolicy

/** @param files where pages send files past us, if they may */
const pagePolicy = (nonce: string, files: string | undefined) =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${files ? ` ${files}` : ''}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
