import type { FastifyRequest } from 'fastify'
import type { Http } from '../http/door.ts'
import { jsonReply, refusals } from '../http/schemas.ts'
import { type RawQuery, readPaging } from '../records/list-query.ts'
import { askHost, hostPath, tags } from './door.ts'
import { actPage, actQuery } from './schemas.ts'

interface ActRow {
  readonly id: string
  readonly at: string
  readonly host_name: string
  readonly act: string
  readonly slug: string
  readonly detail: { readonly old?: object; readonly new?: object }
}

/** What hosts have done, the newest first: it stays when an org is gone. */
export function registerJournal(http: Http): void {
  http.app.get(`${hostPath}/acts`, {
    schema: {
      tags,
      summary: 'List what hosts have done',
      operationId: 'hostListActs',
      querystring: actQuery,
      response: { 200: jsonReply('One page', actPage), ...refusals() },
    },
    handler: (request) => listActs(http, request),
  })
}

async function listActs(http: Http, request: FastifyRequest) {
  const { cursors } = http.engine
  const query = request.query as RawQuery
  const { limit, after } = readPaging(query)
  const [mark = null] = after === null ? [] : cursors.open('host acts', after)
  const org = typeof query['org'] === 'string' && query['org'] !== '' ? query['org'].replaceAll('\0', '') : null
  const rows = await askHost<ActRow & Record<string, unknown>>(
    http,
    request,
    'select * from foundation.host_acts($1, $2, $3, $4)',
    [org, mark, limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    data: shown.map(({ id, at, host_name, act, slug, detail }) => ({
      id,
      at,
      host_name,
      act,
      org: slug,
      old: detail.old ?? {},
      new: detail.new ?? {},
    })),
    page: { next: rows.length > limit && last ? cursors.seal('host acts', [last.id]) : null },
  }
}
