import { field, parseRecord, refuse, refuseField, say } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import { type Answer, etag, expectedVersion } from '../../http/caller.ts'
import { permitRule } from '../../http/routes.ts'
import { accepted } from '../../records/accepted.ts'
import type { Row } from '../../records/records.ts'
import { idIn } from '../../roles/acting.ts'
import { findDestination } from '../http/destination.ts'
import { eventTypes } from '../messages/event-types.ts'
import type { Hand } from './hand.ts'
import { settingUp } from '../owner.ts'
import { formats, webhook } from '../webhook.ts'

/** More of them would slow down every write of the org. */
const mostWebhooks = 50

const fields = {
  name: field.text({ required: true, max: 100 }),
  url: field.text({ required: true, max: 2000, label: 'Address' }),
  events: field.json({ required: true }),
  format: field.choice(formats, { required: true, default: 'standard' }),
}

type Tools = Pick<Hand, 'engine' | 'mayReach' | 'resolve'>
type Input = Readonly<Record<string, unknown>>

/** Looks at what is wished for before anything is locked: the name in the address is looked up. */
export async function readNew(hand: Tools, caller: Caller, body: unknown): Promise<Input> {
  permitRule(hand.engine, caller, settingUp)
  const input = accepted(parseRecord(fields, body))
  return await checked(hand, caller, input)
}

export async function readChange(hand: Tools, caller: Caller, body: unknown): Promise<Input> {
  permitRule(hand.engine, caller, 'foundation.webhook.update')
  const input = accepted(parseRecord(fields, body, { partial: true }))
  // Where it goes and what it tells is decided with fresh proof, like setting one up. The name alone is not.
  if (['url', 'events', 'format'].some((name) => name in input)) permitRule(hand.engine, caller, settingUp)
  return await checked(hand, caller, input)
}

async function checked(hand: Tools, caller: Caller, input: Input): Promise<Input> {
  const events = 'events' in input ? { events: readEvents(hand, caller, input['events']) } : {}
  if (!('url' in input)) return { ...input, ...events }
  const found = await findDestination(String(input['url']), hand.mayReach, hand.resolve)
  if (typeof found === 'string') return refuseField('url', found, say(`webhooks:fault.${found}`))
  return { ...input, ...events, url: found.url.href, host: found.url.host, url_changed_at: new Date().toISOString() }
}

function readEvents({ engine }: Tools, caller: Caller, input: unknown): string[] {
  const wanted = Array.isArray(input) ? [...new Set(input.map(String))] : []
  if (!wanted.length) return refuseField('events', 'no_events', say('webhooks:no_events'))
  const known = new Set(eventTypes(engine.registry, caller.org).map(({ type }) => type))
  const lost = wanted.find((type) => !known.has(type))
  if (lost === undefined) return wanted
  return refuseField('events', 'unknown_event', say('webhooks:unknown_event', { type: lost.slice(0, 200) }))
}

export async function create(input: Input, { engine, secrets, caller, transaction }: Hand): Promise<Answer> {
  const { rows: counted } = await transaction.query<{ n: number }>(
    'select count(*)::integer as n from foundation.webhook',
  )
  if ((counted[0]?.n ?? 0) >= mostWebhooks) refuse('conflict', say('webhooks:too_many', { most: mostWebhooks }))
  const { rows } = await transaction.query<{ id: string }>(
    `insert into foundation.webhook_setup (name, url, host, events, format, owner) values ($1, $2, $3, $4, $5, $6)
    returning id`,
    [input['name'], input['url'], input['host'], JSON.stringify(input['events']), input['format'], caller.actor.userId],
  )
  const id = rows[0]?.id ?? ''
  const secret = await secrets.renew(transaction, id)
  const row = await engine.records.look(transaction, caller, webhook, id)
  const location = `/api/v1/orgs/${caller.org.slug}/${webhook.path}/${id}`
  return { ...answerOf(row), status: 201, headers: { location, etag: etag(row.version) }, once: { secret } }
}

export const answerOf = (row: Row): Answer => ({ status: 200, headers: { etag: etag(row.version) }, body: row })

/**
 * Whoever decides anew where it goes or what it tells answers for it from then on: it tells what they may read, also of
 * what happened before. So no address can be changed to learn what only the owner before might know.
 */
export async function change(input: Input, { engine, caller, transaction, request }: Hand): Promise<Answer> {
  const id = idIn(request, webhook)
  await engine.records.forChange(transaction, caller, webhook, id, 'update', expectedVersion(request))
  const isDecided = ['url', 'events', 'format'].some((name) => name in input)
  const columns = { ...input, ...(isDecided ? { owner: caller.actor.userId } : {}) }
  if ('url' in input) await tryAnew({ transaction }, id)
  return await write({ engine, caller, transaction }, id, columns)
}

/** Changes columns of a webhook that is locked and permitted. */
export async function write(
  { engine, caller, transaction }: Pick<Hand, 'engine' | 'caller' | 'transaction'>,
  id: string,
  columns: Input,
): Promise<Answer> {
  const names = Object.keys(columns)
  const values = names.map((name) => (name === 'events' ? JSON.stringify(columns[name]) : columns[name]))
  const changes = names.map((name, index) => `${name} = $${index + 2}`)
  await transaction.query(
    `update foundation.webhook_setup set ${[...changes, 'version = version + 1', 'updated_at = now()'].join(', ')}
    where id = $1`,
    [id, ...values],
  )
  return answerOf(await engine.records.look(transaction, caller, webhook, id))
}

/** As if it had never failed: what waits is tried now. */
export async function tryAnew({ transaction: { query } }: Pick<Hand, 'transaction'>, id: string): Promise<void> {
  await query(
    'update foundation.webhook_setup set failures = 0, failing_since = null, resting_until = null where id = $1',
    [id],
  )
  await query(
    `update foundation.webhook_delivery set next_at = now()
    where webhook_id = $1 and state = 'waiting' and next_at > now()`,
    [id],
  )
}
