import type { FastifyRequest } from 'fastify'
import type { Http } from '../http/door.ts'
import { pageOf } from '../http/paging.ts'
import { jsonReply, refusals } from '../http/schemas.ts'
import type { RawQuery } from '../records/list-query.ts'
import { askHost, hostPath, tags } from './door.ts'
import { actPage, actQuery } from './schemas.ts'

interface ActRow {
  readonly id: string
  readonly at: string
  readonly host_name: string
  readonly act: string
  readonly slug: string | null
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
  const query = request.query as RawQuery
  const org = typeof query['org'] === 'string' && query['org'] !== '' ? query['org'].replaceAll('\0', '') : null
  const { rows, page } = await pageOf(http.engine, request, {
    scope: 'host acts',
    read: (limit, [after]: [string?]) =>
      askHost<ActRow & Record<string, unknown>>(http, request, 'select * from foundation.host_acts($1, $2, $3, $4)', [
        org,
        after,
        limit,
      ]),
    mark: ({ id }) => [id],
  })
  return {
    data: rows.map(({ id, at, host_name, act, slug, detail }) => ({
      id,
      at,
      host_name,
      act,
      org: slug,
      old: detail.old ?? {},
      new: detail.new ?? {},
    })),
    page,
  }
}
