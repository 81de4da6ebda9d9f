import type { FastifyRequest } from 'fastify'
import { type Fields, kindOf, type Module, parseRecord, type Route } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { accepted } from '../records/accepted.ts'
import { permit } from '../rules.ts'
import { type Http, orgPath, writing } from './door.ts'
import { fieldSchema, inputSchema, jsonReply, orgParameters, refusals } from './schemas.ts'

/** Asks a rule that is not about a record. */
export function permitRule(engine: Engine, caller: Caller, permission: string): void {
  permit(engine.registry.rules, permission, caller.actor)
}

type Addressed = Pick<Route, 'path' | 'summary' | 'params' | 'query'>

export const urlOf = ({ path }: Addressed) => `${orgPath}${path.replace(/\{(\w+)\}/g, ':$1')}`

/** What the description tells of a module's route, but for what comes in and goes out. */
export function described(module: Module, { summary, params = {}, query }: Addressed) {
  const properties = (fields: Fields) =>
    Object.fromEntries(Object.entries(fields).map(([name, declared]) => [name, fieldSchema(declared, false)]))
  const required = query && Object.keys(query).filter((name) => query[name]?.required && !('default' in query[name]))
  return {
    tags: [module.label],
    summary,
    params: {
      ...orgParameters,
      required: ['slug', ...Object.keys(params)],
      properties: { ...orgParameters.properties, ...properties(params) },
    },
    ...(query ? { querystring: { type: 'object', required, properties: properties(query) } } : {}),
  }
}

/** What an address says, read by the route's fields. */
export function addressed({ params = {}, query = {} }: Addressed, request: FastifyRequest) {
  const { slug: _slug, ...path } = request.params as Record<string, unknown>
  return {
    params: accepted(parseRecord(params, path)),
    query: accepted(parseRecord(query, readTexts(query, request.query as Record<string, unknown>))),
  }
}

/** A module's own route, with the same door in front of it as every other. */
export function registerRoute(http: Http, module: Module, route: Route): void {
  const { app, engine } = http
  app.route({
    method: route.method,
    url: urlOf(route),
    schema: {
      ...described(module, route),
      ...(route.body ? { body: inputSchema(route.body, false) } : {}),
      response: {
        ...(route.creates ? { 201: jsonReply('Made', route.reply) } : { 200: jsonReply('Done', route.reply) }),
        ...refusals(409),
      },
    },
    handler: writing(http, module.name, async (caller, transaction, request) => {
      permitRule(engine, caller, route.rule)
      const input = {
        ...addressed(route, request),
        body: route.body ? accepted(parseRecord(route.body, request.body)) : {},
      }
      const body = await route.run(engine.context(transaction, caller), input)
      if (!route.creates) return { status: 200, body }
      const location = `${orgPath.replace(':slug', caller.org.slug)}/${route.creates}/${(body as { id: string }).id}`
      return { status: 201, headers: { location }, body }
    }),
  })
}

/** An address carries only text: numbers and yes or no are read from it. */
export function readTexts(fields: Fields, query: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      const declared = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (!declared || typeof value !== 'string' || (declared.kind !== 'count' && declared.kind !== 'yes_no'))
        return [name, value]
      const read = kindOf(declared).read(value, declared, {})
      return [name, read.ok ? read.value : value]
    }),
  )
}
