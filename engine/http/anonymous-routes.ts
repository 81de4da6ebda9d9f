import type { FastifyRequest } from 'fastify'
import { type AnonymousRoute, type Module, type Org, parseRecord, refuse, say, todayIn } from '@commonhall/kernel'
import { isSlug } from '../caller.ts'
import { asHouse } from '../database/access.ts'
import { again } from '../database/again.ts'
import type { Database } from '../database/pool.ts'
import { accepted } from '../records/accepted.ts'
import { AddressLimit } from './address-limit.ts'
import type { Http } from './door.ts'
import { addressed, described, urlOf } from './routes.ts'
import { inputSchema, jsonReply, refusals } from './schemas.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Nothing is kept of requests to this route: no line about them tells more than the route and how they ended. */
    readonly anonymous?: boolean
  }
}

/** So many requests a minute from one address: a whole hall may vote from one. */
const mostAsked = 6000

/** A module's route that takes nobody's session: no token and no cookie is looked at, wrong ones as little as right. */
export function registerAnonymousRoute({ app, engine }: Http, module: Module, route: AnonymousRoute): void {
  const limit = new AddressLimit(mostAsked, 'engine:http.too_many')
  const { 401: _, 403: __, ...refused } = refusals(409, 413, 429)
  app.route({
    method: route.method,
    url: urlOf(route),
    config: { anonymous: true },
    schema: {
      ...described(module, route),
      security: [],
      ...(route.body ? { body: inputSchema(route.body, false) } : {}),
      response: { 200: jsonReply('Done', route.reply), ...refused },
    },
    async handler(request: FastifyRequest) {
      limit.enter(request.ip)
      const { timeZone, ...org } = await openOrg(
        engine.database,
        (request.params as { slug: string }).slug,
        module.name,
      )
      const input = {
        ...addressed(route, request),
        body: route.body ? accepted(parseRecord(route.body, request.body)) : {},
      }
      return await again(() =>
        engine.database.transaction(asNobody(org.id), async ({ db }) =>
          route.run({ org, today: todayIn(timeZone), db }, input),
        ),
      )
    },
  })
}

/** No request, no person, no name: what is written in this transaction cannot tell whose it was. */
const asNobody = (orgId: string) => asHouse(orgId, { requestId: '', via: 'api', actorName: '' })

/** To a stranger an org that is suspended, or has the module off, is not there. */
async function openOrg(database: Database, slug: string, module: string): Promise<Org & { timeZone: string }> {
  const [row] = isSlug.test(slug)
    ? await database.bare<Org & { time_zone: string }>('select * from foundation.orgs_with($1) where slug = $2', [
        module,
        slug,
      ])
    : []
  if (!row) return refuse('not_found', say('engine:access.no_such_org'))
  const { id, name, kind, time_zone: timeZone } = row
  return { id, slug, name, kind, timeZone }
}
