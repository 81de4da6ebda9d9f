import { type Fields, kindOf, type Module, parseRecord, type Route } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { accepted } from '../records/records.ts'
import { permit } from '../rules.ts'
import { type Http, orgPath, writing } from './door.ts'
import { fieldSchema, inputSchema, jsonReply, orgParameters, refusals } from './schemas.ts'

/** Asks a rule that is not about a record. */
export function permitRule(engine: Engine, caller: Caller, permission: string): void {
  permit(engine.registry.rules, permission, caller.actor)
}

/** A module's own route, with the same door in front of it as every other. */
export function registerRoute(http: Http, module: Module, route: Route): void {
  const { app, engine } = http
  const properties = (fields: Fields) =>
    Object.fromEntries(Object.entries(fields).map(([name, declared]) => [name, fieldSchema(declared, false)]))
  const params = {
    ...orgParameters,
    required: ['slug', ...Object.keys(route.params ?? {})],
    properties: { ...orgParameters.properties, ...properties(route.params ?? {}) },
  }
  app.route({
    method: route.method,
    url: `${orgPath}${route.path.replace(/\{(\w+)\}/g, ':$1')}`,
    schema: {
      tags: [module.label],
      summary: route.summary,
      params,
      ...(route.query ? { querystring: { type: 'object', properties: properties(route.query) } } : {}),
      ...(route.body ? { body: inputSchema(route.body, false) } : {}),
      response: {
        ...(route.creates ? { 201: jsonReply('Made', route.reply) } : { 200: jsonReply('Done', route.reply) }),
        ...refusals(409),
      },
    },
    handler: writing(http, module.name, async (caller, transaction, request) => {
      permitRule(engine, caller, route.rule)
      const { slug: _slug, ...path } = request.params as Record<string, unknown>
      const input = {
        params: accepted(parseRecord(route.params ?? {}, path)),
        query: accepted(
          parseRecord(route.query ?? {}, readTexts(route.query ?? {}, request.query as Record<string, unknown>)),
        ),
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
