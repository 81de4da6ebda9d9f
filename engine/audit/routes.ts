import { field, type FieldError, parseRecord, refuse, Refusal, say } from '@commonhall/kernel'
import type { Database } from '../database/pool.ts'
import type { Caller } from '../caller.ts'
import { type Http, orgPath, reading, writing } from '../http/door.ts'
import { permitRule } from '../http/routes.ts'
import { jsonReply, orgParameters, refusals } from '../http/schemas.ts'
import { instant, list, maybe, object } from '../http/shapes.ts'

const tags = ['Audit trail']
const mostWitnesses = 20

const witnesses = object({ emails: list({ type: 'string', format: 'email', maxLength: 254 }, mostWitnesses) })
const head = object({
  n: { type: 'integer', minimum: 1, description: 'How many seals the chain had' },
  hash: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'The hash of the last one' },
  entries: { type: 'integer', minimum: 0, description: 'How many entries it covers' },
  published_at: instant,
})
const heads = object({
  data: list(head, 400),
  covered: { ...maybe(instant), description: 'When the newest entries were sealed' },
})

/** The heads of the chain, for everybody of the org to keep; and to whom they are mailed. */
export function chainRoutes(http: Http): void {
  registerHeads(http)
  registerWitnesses(http)
}

function registerHeads(http: Http): void {
  const { database } = http.engine
  http.app.get(`${orgPath}/audit/heads`, {
    schema: {
      tags,
      operationId: 'listAuditHeads',
      summary: "The published heads of the trail's chain, newest first",
      params: orgParameters,
      response: { 200: jsonReply('The newest 400', heads), ...refusals() },
    },
    handler: reading(http, 'foundation', async ({ access }) => {
      const data = await database.read(access, {
        text: `select n, encode(hash, 'hex') as hash, entries, published_at from foundation.audit_head
          order by n desc limit 400`,
        values: [],
      })
      const [last] = await database.read<{ sealed_at: string }>(access, {
        text: 'select sealed_at from foundation.audit_seal order by n desc limit 1',
        values: [],
      })
      return { data, covered: last?.sealed_at ?? null }
    }),
  })
}

function registerWitnesses(http: Http): void {
  const { app, engine } = http
  const url = `${orgPath}/audit/witnesses`
  const reply = jsonReply('E-mail addresses', witnesses)
  app.get(url, {
    schema: {
      tags,
      operationId: 'readAuditWitnesses',
      summary: 'To whom each published head is mailed',
      params: orgParameters,
      response: { 200: reply, ...refusals() },
    },
    handler: reading(http, 'foundation', async (caller) => {
      permitRule(engine, caller, 'foundation.witness.read')
      return { emails: await witnessesOf(engine.database, caller) }
    }),
  })
  app.post(url, {
    schema: {
      tags,
      operationId: 'setAuditWitnesses',
      summary: 'Say to whom each published head is mailed',
      params: orgParameters,
      body: witnesses,
      response: { 200: reply, ...refusals(409) },
    },
    handler: writing(http, 'foundation', async (caller, transaction, request) => {
      permitRule(engine, caller, 'foundation.witness.update')
      const addresses = readEmails(request.body)
      await transaction.query('select foundation.set_audit_witnesses($1)', [addresses])
      return { status: 200, body: { emails: addresses } }
    }),
  })
}

async function witnessesOf(database: Database, { access }: Caller): Promise<string[]> {
  const [row] = await database.read<{ audit_witnesses: string[] }>(access, {
    text: 'select audit_witnesses from foundation.org where id = foundation.current_org()',
    values: [],
  })
  return row?.audit_witnesses ?? []
}

const address = { email: field.text({ required: true, format: 'email', max: 254, label: 'E-mail address' }) }

/** The addresses in a body, each once; what is none is told by its place. */
function readEmails(body: unknown): string[] {
  const { emails: given, ...others } = (body ?? {}) as { emails?: unknown }
  if (!Array.isArray(given) || Object.keys(others).length) refuse('invalid', say('engine:chain.witness.shape'))
  if (given.length > mostWitnesses) refuse('invalid', say('engine:chain.witness.too_many', { most: mostWitnesses }))
  const errors: FieldError[] = []
  const read = given.map((email: unknown, place) => {
    const parsed = parseRecord(address, { email })
    if (parsed.ok) return String(parsed.values['email']).toLowerCase()
    errors.push(...parsed.errors.map((error) => ({ ...error, path: `emails.${place}` })))
    return ''
  })
  if (errors.length) throw new Refusal('invalid', errors[0]?.message ?? '', { errors })
  return [...new Set(read)]
}
