import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { demoHost } from '../demo/world.ts'

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>
}

const host = '/api/v1/host'
const ajv = new Ajv.default({ strict: false, allErrors: true })
formats.default(ajv)

let house: TestHouse
let hedda: Voice
let paths: Record<string, Record<string, Operation>>

beforeAll(async () => {
  house = await openHouse()
  hedda = await house.as(demoHost.email)
  paths = (await house.app.inject({ url: '/api/v1/openapi.json' })).json().paths
})
afterAll(() => house.close())

const calls: readonly [method: 'GET' | 'POST' | 'PATCH', path: string, status: number, body?: object][] = [
  ['GET', '/orgs', 200],
  ['GET', '/presets', 200],
  ['POST', '/orgs', 201, { slug: 'elm-street', name: 'Elm Street', kind: 'union-local' }],
  ['POST', '/orgs', 409, { slug: 'elm-street', name: 'Elm Street', kind: 'union-local' }],
  ['POST', '/orgs', 422, { slug: 'Elm Street' }],
  ['GET', '/orgs/{org}', 200],
  ['PATCH', '/orgs/{org}', 200, { name: 'Elm Street Local' }],
  ['PATCH', '/orgs/{org}', 422, { slug: 'elsewhere' }],
  ['POST', '/orgs/{org}/count', 200, {}],
  ['POST', '/orgs/{org}/switch-on', 200, { module: 'housing' }],
  ['POST', '/orgs/{org}/switch-off', 409, { module: 'members' }],
  ['POST', '/orgs/{org}/switch-off', 200, { module: 'housing' }],
  ['POST', '/orgs/{org}/suspend', 200, { reason: 'Moving house' }],
  ['POST', '/orgs/{org}/resume', 200, {}],
  ['POST', '/orgs/{org}/file-quota', 200, { bytes: 5_000_000_000 }],
  ['POST', '/orgs/{org}/invite-admin', 200, { email: 'ann@elm-street.example', name: 'Ann Lee' }],
  ['GET', '/acts', 200],
  ['GET', '/jobs/queues', 200],
  ['GET', '/jobs/schedules', 200],
  ['GET', '/jobs/failures', 200],
  ['GET', '/jobs/failures?queue=nonsense', 400],
  ['POST', '/jobs/failures/retry', 200, { queue: 'foundation.schedules-kept', all: true }],
  ['POST', '/jobs/failures/discard', 200, { queue: 'foundation.schedules-kept', all: true }],
  ['POST', '/jobs/failures/discard', 422, { queue: 'foundation.schedules-kept' }],
  ['GET', '/health', 200],
]

test.each(calls)('%s %s answers %i as described', async (method, path, status, body) => {
  const url = `${host}${path.replace('{org}', 'elm-street')}`
  const reply = await hedda.send({ method, url, ...(body ? { payload: body } : {}) })
  expect([reply.statusCode, reply.statusCode === status ? '' : reply.body]).toEqual([status, ''])
  const { content = {} } =
    paths[`${host}${path.split('?')[0]}`]?.[method.toLowerCase()]?.responses[String(status)] ?? {}
  const type = String(reply.headers['content-type']).split(';')[0] ?? ''
  const schema = content[type]?.schema
  expect([type, Boolean(schema)]).toEqual([type, true])
  expect(ajv.validate(schema ?? {}, reply.json()) ? [] : ajv.errors).toEqual([])
})
