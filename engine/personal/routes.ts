import type { FastifyReply, FastifyRequest } from 'fastify'
import { addWords, field, kebab, parseRecord, refuse, type Resource, say, todayIn } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import { type Http, orgPath, reading, writing } from '../http/door.ts'
import { jsonReply, operationId, recordParameters, refusals } from '../http/schemas.ts'
import { sensitiveFields } from '../audit/reads.ts'
import { fieldRules } from '../records/field-rules.ts'
import { accepted } from '../records/accepted.ts'
import { peopleOf } from './declared.ts'
import { personalData as collect } from './document.ts'
import { erasePerson } from './erase.ts'
import { pageOf } from './page.ts'
import { planErasure } from './plan.ts'
import { erased, erasing, personalData, plan } from './schemas.ts'
import { words } from './words/en.ts'

addWords('personal', words)

const idIn = (request: FastifyRequest) => (request.params as { id: string }).id.toLowerCase()

const asked = { reason: field.text({ required: true, min: 3, max: 500 }) }

/** A person's own data, for every resource whose records are people's own: taken out, and erased. */
export function personalRoutes(http: Http): void {
  for (const people of peopleOf(http.engine.registry)) {
    registerTaking(http, people)
    registerErasing(http, people)
  }
}

const described = ({ plural, label }: Resource, verb: string, summary: string) => ({
  tags: [plural],
  operationId: operationId(verb, label),
  summary: summary.replace('…', label.toLowerCase()),
  params: recordParameters,
})

const types = { html: 'text/html; charset=utf-8', json: 'application/json; charset=utf-8' } as const

function registerTaking(http: Http, people: Resource): void {
  http.app.get(`${orgPath}/${people.path}/:id/personal-data`, {
    schema: {
      ...described(people, 'takePersonalDataOf', 'Everything that is kept about a …, as a page or as JSON'),
      querystring: {
        type: 'object',
        properties: { format: { type: 'string', enum: Object.keys(types), default: 'html' } },
      },
      response: {
        200: {
          description: 'The file',
          content: {
            'text/html; charset=utf-8': { schema: { type: 'string' } },
            'application/json': { schema: personalData },
          },
        },
        ...refusals(),
      },
    },
    handler: reading(http, people.module, (caller, request, reply) => take(http, people, caller, request, reply)),
  })
}

async function take({ engine }: Http, people: Resource, caller: Caller, request: FastifyRequest, reply: FastifyReply) {
  const { format = 'html' } = request.query as { format?: string }
  const known = format === 'html' || format === 'json' ? format : refuse('unknown_format', unknownFormat())
  engine.records.permit(caller, people, 'personal-data')
  const record = await engine.records.find(caller, people, idIn(request))
  engine.records.permit(caller, people, 'personal-data', record)
  if (request.method === 'HEAD') return reply.type(types[known]).send()
  const { hidden } = fieldRules(engine.registry, people, caller.actor)
  const fields = sensitiveFields(people).filter((name) => !hidden.has(name))
  await engine.watch.taken(caller, 'export', people.name, { fields, rows: 1, format: known }, String(record['id']))
  const found = await collect(engine, caller, people, record)
  const name = `${caller.org.slug}-${kebab(found.about.title) || people.path}-${todayIn(caller.org.timeZone)}`
  return reply
    .type(types[known])
    .header('content-disposition', `attachment; filename="${name.replace(/[^\w-]+/g, '-')}.${known}"`)
    .send(known === 'html' ? pageOf(found) : found)
}

const unknownFormat = () => say('engine:http.unknown_format', { formats: Object.keys(types).join(', ') })

function registerErasing(http: Http, people: Resource): void {
  const { app, engine } = http
  app.get(`${orgPath}/${people.path}/:id/erasure`, {
    schema: {
      ...described(people, 'planErasureOf', 'What erasing a … would do, and what stands in its way'),
      response: { 200: jsonReply('What would happen', plan), ...refusals() },
    },
    handler: reading(http, people.module, (caller, request) =>
      engine.act(caller, (_context, transaction) =>
        planErasure({ engine, caller, transaction }, people, idIn(request)),
      ),
    ),
  })
  app.post(`${orgPath}/${people.path}/:id/erase`, {
    schema: {
      ...described(people, 'erase', 'Erase the personal data of a …; it cannot be taken back'),
      body: erasing,
      response: { 200: jsonReply('What became of it', erased), ...refusals(409) },
    },
    handler: writing(http, people.module, async (caller, transaction, request) => {
      engine.records.permit(caller, people, 'erase')
      const { reason } = accepted(parseRecord(asked, request.body))
      const id = idIn(request)
      const account = await erasePerson({ engine, caller, transaction }, people, id, String(reason))
      return { status: 200, body: { id, account } }
    }),
  })
}
