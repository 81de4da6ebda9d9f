import type { FastifyRequest } from 'fastify'
import type pg from 'pg'
import { refuse, say } from '@commonhall/kernel'
import type { Http } from '../http/door.ts'

export const hostPath = '/api/v1/host'
export const orgUrl = `${hostPath}/orgs/:org`
export const tags = ['Host console']

/** What a SQLSTATE means for one act, beyond what every act can be refused with. */
export type Meanings = Readonly<Record<string, (error: pg.DatabaseError) => never>>

/** What the owner's functions for hosts refuse with; see 0018-host.sql. */
const usual: Meanings = {
  CH401: () =>
    refuse('not_signed_in', say('engine:access.not_signed_in'), { headers: { 'www-authenticate': 'Bearer' } }),
  CH403: () => refuse('forbidden', say('host:not_a_host')),
  CH428: () => refuse('proof_needed', say('engine:rule.proof_needed')),
}

/** The org that the address names. What cannot be one is asked for as none: a query cannot carry every character. */
export function slugOf(request: FastifyRequest): string {
  const { org = '' } = request.params as { org?: string }
  return /^[a-z0-9-]{1,60}$/.test(org) ? org : ''
}

export const noSuchOrg = (request: FastifyRequest): never =>
  refuse('not_found', say('host:no_such_org', { slug: (request.params as { org?: string }).org }))

/**
 * Asks one of the owner's functions for the host who sends the request; `$1` is their session. Whether they are a host
 * is decided in the database, in the same statement.
 */
export async function askHost<Row extends pg.QueryResultRow>(
  { engine, authenticate }: Http,
  request: FastifyRequest,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { sessionId } = await authenticate(request)
  return await engine.database
    .bare<Row>(statement, [sessionId, ...values])
    .catch((error: unknown) => told(request, error, {}))
}

/** Refuses whoever is no host, before anything that they sent is looked at. */
export const greetHost = (http: Http, request: FastifyRequest) =>
  askHost(http, request, 'select foundation.host_greet($1)')

/**
 * Does one act of a host: the function proves that the session is a host's and was proved lately, and writes it down.
 * Answers what the function answers.
 */
export async function actAsHost(
  { engine, authenticate }: Http,
  request: FastifyRequest,
  name: string,
  values: readonly unknown[],
  meanings: Meanings = {},
): Promise<string | null> {
  const { sessionId, address } = await authenticate(request)
  const all = [sessionId, ...values, request.id, address]
  const places = all.map((_, index) => `$${index + 1}`).join(', ')
  const [row] = await engine.database
    .bare<{ answer: string | null }>(`select foundation.${name}(${places}) as answer`, all)
    .catch((error: unknown) => told(request, error, meanings))
  return row?.answer ?? null
}

function told(request: FastifyRequest, error: unknown, meanings: Meanings): never {
  const { code = '' } = error as pg.DatabaseError
  if (code === 'CH404') return noSuchOrg(request)
  const meaning = meanings[code] ?? usual[code]
  if (meaning) return meaning(error as pg.DatabaseError)
  throw error
}
