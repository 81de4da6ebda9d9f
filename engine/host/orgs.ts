import type { FastifyRequest } from 'fastify'
import { type OrgKind, refuse, say } from '@commonhall/kernel'
import type { Engine } from '../engine.ts'
import type { Http } from '../http/door.ts'
import { pageOf } from '../http/paging.ts'
import { jsonReply, refusals } from '../http/schemas.ts'
import type { RawQuery } from '../records/list-query.ts'
import { askHost, hostPath, noSuchOrg, orgUrl, slugOf, tags } from './door.ts'
import { switchesOf } from './modules.ts'
import { hostOrgParameters, orgPage, orgQuery, orgReply } from './schemas.ts'

interface OrgRow {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly kind: OrgKind
  readonly accent: string
  readonly time_zone: string
  readonly modules: readonly string[]
  readonly created_at: string
  readonly suspended_at: string | null
  readonly suspended_because: string | null
  readonly has_admin: boolean
  readonly people: number
  readonly records: Counts
  readonly bytes: number
  readonly counted_at: string | null
  readonly last_act_at: string | null
}

type Counts = Readonly<Record<string, number>>

interface Counted extends Record<string, unknown> {
  readonly counted_on: string
  readonly people: number
  readonly records: Counts
  readonly bytes: number
  readonly file_bytes: number
}

const days = 60

/** Orgs as a host sees them: what they are and how much they have, never what is in them. */
export function registerOrgs(http: Http): void {
  const { app } = http
  app.get(`${hostPath}/orgs`, {
    schema: {
      tags,
      summary: 'List organizations',
      operationId: 'hostListOrganizations',
      querystring: orgQuery,
      response: { 200: jsonReply('One page', orgPage), ...refusals() },
    },
    handler: (request) => listOrgs(http, request),
  })
  app.get(orgUrl, {
    schema: {
      tags,
      summary: 'Read one organization',
      operationId: 'hostReadOrganization',
      params: hostOrgParameters,
      response: { 200: jsonReply('The organization', orgReply), ...refusals() },
    },
    handler: (request) => readOrg(http, request),
  })
  app.post(`${orgUrl}/count`, {
    schema: {
      tags,
      summary: 'Count what an organization has, now',
      operationId: 'hostCountOrganization',
      params: hostOrgParameters,
      response: { 200: jsonReply('The organization', orgReply), ...refusals() },
    },
    async handler(request) {
      await askHost(http, request, 'select foundation.host_count_usage($1, $2)', [slugOf(request)])
      return await readOrg(http, request)
    },
  })
}

async function listOrgs(http: Http, request: FastifyRequest) {
  const { engine } = http
  const query = request.query as RawQuery
  const sql = 'select * from foundation.host_orgs($1, null, foundation.search_patterns($2), $3, $4, $5, $6)'
  const { rows, page } = await pageOf(engine, request, {
    scope: 'host orgs',
    read: (limit, [name, id]: [string?, string?]) =>
      askHost<OrgRow>(http, request, sql, [wordsOf(query), stateOf(query), name ?? null, id ?? null, limit]),
    mark: ({ name, id }) => [name, id],
  })
  return { data: rows.map((row) => present(engine, row)), page }
}

/** One org with its switches and how it has grown. */
export async function readOrg(http: Http, request: FastifyRequest, slug = slugOf(request)) {
  const [row] = await askHost<OrgRow>(
    http,
    request,
    'select * from foundation.host_orgs($1, $2, null, null, null, null, 1)',
    [slug],
  )
  if (!row) return noSuchOrg(request)
  const counted = await askHost<Counted>(http, request, 'select * from foundation.host_usage($1, $2, $3)', [slug, days])
  return {
    ...present(http.engine, row),
    switches: switchesOf(http.engine.registry, row.modules),
    files: await roomOf(http, request, slug),
    days: counted.map(({ counted_on, people, records, bytes, file_bytes }) => ({
      on: counted_on,
      people,
      records: recordsOf(http.engine, records).reduce((sum, { count }) => sum + count, 0),
      changes: changesOf(records),
      bytes,
      file_bytes,
    })),
  }
}

/** How much an org's files come to, how much they may, and whether the host said so for this org alone. */
async function roomOf(http: Http, request: FastifyRequest, slug: string) {
  const sql = 'select * from foundation.host_file_room($1, $2)'
  const [room] = await askHost<{ bytes: number; quota: number | null }>(http, request, sql, [slug])
  const usual = http.engine.files.settings.quota
  return { bytes: room?.bytes ?? 0, quota: room?.quota ?? usual, usual_quota: usual, is_own: room?.quota != null }
}

function present(engine: Engine, row: OrgRow) {
  const { id: _id, modules, records, ...rest } = row
  const known = engine.registry.modules.filter(({ name }) => name !== 'foundation' && modules.includes(name))
  return {
    ...rest,
    state: row.suspended_at ? 'suspended' : 'active',
    modules: known.map(({ name, label }) => ({ name, label })),
    records: recordsOf(engine, records),
    changes: changesOf(records),
  }
}

/** What modules declare as kinds of record; the house's own tables are its own business. */
const recordsOf = ({ registry }: Engine, records: Counts) =>
  [...registry.resources.values()]
    .filter(({ module, name }) => module !== 'foundation' && Object.hasOwn(records, name))
    .map(({ name, plural }) => ({ name, label: plural, count: records[name] ?? 0 }))

const changesOf = (records: Counts) => records['foundation.audit_entry'] ?? 0

/** The words of a search; none at all for what nobody can be called. */
function wordsOf({ q }: RawQuery): readonly string[] | null {
  const words = (typeof q === 'string' ? q : '').replaceAll('\0', '').trim().split(/\s+/).filter(Boolean)
  return words.length ? words.slice(0, 8) : null
}

function stateOf({ state }: RawQuery): string | null {
  if (state === undefined || state === '') return null
  if (state === 'active' || state === 'suspended') return state
  return refuse('bad_state', say('host:bad_state'), { status: 400 })
}
