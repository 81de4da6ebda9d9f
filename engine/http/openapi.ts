import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import type { Engine } from '../engine.ts'
import { orgPath } from './door.ts'
import { registerReader } from './reader.ts'
import { operationId } from './schemas.ts'

const people = [{ bearer: [] }, { cookie: [] }]

/** The ways in which somebody, or something, shows who it is. */
const ways = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of somebody who has signed in',
  },
  cookie: { type: 'apiKey', in: 'cookie', name: '__Host-access', description: 'The same in a browser' },
  key: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'chk_…',
    description:
      'An API key of the organization: `Authorization: Bearer chk_…`. It may do what its scopes say, and never more ' +
      'than its owner. Each reply tells its limit (`RateLimit-Policy`, `RateLimit`); over it, the answer is 429 with ' +
      '`Retry-After`.',
  },
} as const

/** An operation that nobody named is called after its address. */
const nameOf = (url: string) => url.replace(orgPath, '').replace('/api/v1', '')

/** The description of the API, gathered from the routes themselves, so that it cannot say what is not there. */
export async function registerDescription(app: FastifyInstance, engine: Engine): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Commonhall',
        version: '1.0.0',
        description:
          'The daily business of member-run organizations. Everything of an organization is under ' +
          '/api/v1/orgs/{slug}. Programs come in with an API key: `Authorization: Bearer chk_…`.',
        license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
      },
      servers: [{ url: engine.settings.publicUrl }],
      components: {
        securitySchemes: ways,
      },
      security: people,
    },
  })
  app.addHook('onRoute', (route) => {
    const { schema, url, method } = route
    if (!schema) return
    route.schema = {
      // Keys open what is an organization's, and nothing else.
      ...(url.startsWith(orgPath) ? { security: [...people, { key: [] }] } : {}),
      operationId: operationId(String(method), nameOf(url)),
      ...schema,
    }
  })
  registerReader(app)
  app.get(
    '/api/v1/openapi.json',
    {
      schema: {
        tags: ['Description'],
        summary: 'This description',
        security: [],
        response: {
          200: {
            description: 'OpenAPI 3.1',
            content: { 'application/json': { schema: { type: 'object', additionalProperties: true } } },
          },
        },
      },
    },
    () => app.swagger(),
  )
}
