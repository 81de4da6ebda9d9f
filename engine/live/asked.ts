import type { FastifyRequest } from 'fastify'
import { isUuid, refuseField, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { permitOwn } from '../notifications/inbox/routes.ts'
import { permit } from '../rules.ts'
import { subjectOf } from './topics.ts'

/** What a listener asks for. */
export interface Asked {
  readonly topics: ReadonlySet<string>
  /** Seconds that a long poll waits; null for a stream. */
  readonly wait: number | null
  readonly after: string | null
  readonly tab: string | null
}

export const mostTopics = 50
export const longestWait = 55

const options = ['topics', 'after', 'wait', 'tab']

/** @throws {Refusal} `invalid` (422) for what cannot be asked, `forbidden` (403) for what this caller may not hear. */
export function readAsked(engine: Pick<Engine, 'registry'>, caller: Caller, request: FastifyRequest): Asked {
  const query = request.query as Record<string, unknown>
  for (const [name, value] of Object.entries(query)) {
    if (!options.includes(name)) refuseField(name, 'unknown_option', say('live:unknown_option', { name }))
    if (typeof value !== 'string') refuseField(name, 'repeated', say('live:repeated', { name }))
  }
  const { topics = '', after, wait, tab } = query as Record<string, string | undefined>
  if (tab !== undefined && !isUuid(tab)) refuseField('tab', 'not_uuid', say('live:bad_tab'))
  const last = request.headers['last-event-id']
  return {
    topics: readTopics(engine, caller, topics),
    wait: wait === undefined ? null : readWait(wait),
    after: (typeof last === 'string' && last) || after || null,
    tab: tab ?? null,
  }
}

function readWait(text: string): number {
  const seconds = /^\d{1,2}$/.test(text) ? Number(text) : NaN
  return seconds <= longestWait ? seconds : refuseField('wait', 'bad_wait', say('live:bad_wait', { most: longestWait }))
}

function readTopics(engine: Pick<Engine, 'registry'>, caller: Caller, text: string): ReadonlySet<string> {
  const topics = new Set(text.split(',').map((one) => one.trim()))
  topics.delete('')
  if (!topics.size) refuseField('topics', 'required', say('live:no_topics'))
  if (topics.size > mostTopics) refuseField('topics', 'too_many', say('live:too_many_topics', { most: mostTopics }))
  for (const topic of topics)
    if (topic === 'inbox') permitOwn(caller)
    else readTopic(engine, caller, topic)
  return topics
}

/** Whoever may not read what a topic is about is told so. */
function readTopic({ registry }: Pick<Engine, 'registry'>, { actor, org }: Caller, topic: string): void {
  const { resource, id } = subjectOf(registry, org, topic) ?? {}
  if (!resource || id !== (id?.toLowerCase() ?? null))
    return refuseField('topics', 'unknown_topic', say('live:unknown_topic', { topic: topic.slice(0, 100) }))
  permit(registry.rules, registry.ruleFor(resource, 'read')?.permission, actor)
}
