import type { FastifyReply, FastifyRequest } from 'fastify'
import { asCaller, type Answer, sendAnswer } from '../../http/caller.ts'
import { type Http, orgPath, reading } from '../../http/door.ts'
import { once } from '../../http/idempotency.ts'
import { permitRule } from '../../http/routes.ts'
import { jsonReply, orgParameters, recordParameters, refusals, versionHeader } from '../../http/schemas.ts'
import { id, nothingSent, object } from '../../http/shapes.ts'
import type { Caller } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import { change, create, readChange, readNew } from './change.ts'
import { listDeliveries, readDelivery, replayOne, replaySinceThen } from './deliveries.ts'
import { eventTypes } from '../messages/event-types.ts'
import { exampleOf } from '../messages/example.ts'
import type { Hand } from './hand.ts'
import { pause, remove, resume, rotate, test } from './acts.ts'
import {
  changedWebhook,
  deliveryPage,
  deliveryParameters,
  deliveryQuery,
  eventCatalog,
  newWebhook,
  replaySince,
  webhookCreated,
  webhookReply,
  wholeDelivery,
} from './schemas.ts'
import { webhook } from '../webhook.ts'

const base = `${orgPath}/${webhook.path}`
const tags = [webhook.plural]

type Prepare<Ready> = (caller: Caller, request: FastifyRequest) => Promise<Ready> | Ready
type Write<Ready> = (ready: Ready, where: Hand) => Promise<Answer>

/** A write that looks something up before it opens its transaction: looking names up takes time. */
const prepared =
  <Ready>(
    http: Http,
    hand: Omit<Hand, 'caller' | 'transaction' | 'request'>,
    prepare: Prepare<Ready>,
    write: Write<Ready>,
  ) =>
  async (request: FastifyRequest, reply: FastifyReply) => {
    const answer = await asCaller(http.engine, http.authenticate, request, async (caller) => {
      const ready = await prepare(caller, request)
      return await http.engine.database.transaction(caller.access, (transaction: Transaction) =>
        once(request, caller.access, transaction, () => write(ready, { ...hand, caller, transaction, request })),
      )
    })
    return sendAnswer(reply, answer)
  }

/** Webhooks over HTTP. Listing and reading them is the machine's. */
export const webhookRoutes =
  (hand: Pick<Hand, 'secrets' | 'mayReach' | 'resolve'>) =>
  (http: Http): void => {
    const whole = { ...hand, engine: http.engine }
    registerChanges(http, whole)
    registerActs(http, whole)
    registerDeliveries(http, whole)
    registerCatalog(http)
  }

type Tools = Omit<Hand, 'caller' | 'transaction' | 'request'>

function registerChanges(http: Http, hand: Tools): void {
  const { app, engine } = http
  app.post(base, {
    schema: {
      tags,
      operationId: 'createWebhook',
      summary: 'Create a webhook; its secret is in this reply and nowhere else',
      params: orgParameters,
      body: newWebhook,
      response: { 201: jsonReply('The webhook', webhookCreated(engine.registry), versionHeader), ...refusals(409) },
    },
    handler: prepared(http, hand, (caller, request) => readNew(hand, caller, request.body), create),
  })
  app.patch(`${base}/:id`, {
    schema: {
      tags,
      operationId: 'changeWebhook',
      summary: 'Change a webhook; whoever changes address, events or format becomes its owner',
      params: recordParameters,
      body: changedWebhook,
      response: { 200: jsonReply('The webhook', webhookReply(engine.registry), versionHeader), ...refusals(409, 412) },
    },
    handler: prepared(http, hand, (caller, request) => readChange(hand, caller, request.body), change),
  })
  app.delete(`${base}/:id`, {
    schema: {
      tags,
      operationId: 'deleteWebhook',
      summary: 'Delete a webhook with all its messages',
      params: recordParameters,
      response: { 204: { type: 'null', description: 'Done' }, ...refusals(412) },
    },
    handler: prepared(http, hand, permitted(http, 'foundation.webhook.delete'), (_, one) => remove(one)),
  })
}

const permitted = (http: Http, permission: string) => (caller: Caller) => permitRule(http.engine, caller, permission)

const updating = 'foundation.webhook.update'

function registerActs(http: Http, hand: Tools): void {
  const { app, engine } = http
  const described = (act: string, summary: string) => ({
    tags,
    operationId: `${act}Webhook`,
    summary,
    params: recordParameters,
    body: nothingSent,
  })
  const row = jsonReply('The webhook', webhookReply(engine.registry), versionHeader)
  app.post(`${base}/:id/rotate`, {
    schema: {
      ...described('rotate', 'Change the secret; the one before signs along for a day'),
      response: { 200: jsonReply('The webhook', webhookCreated(engine.registry), versionHeader), ...refusals() },
    },
    handler: prepared(http, hand, permitted(http, 'foundation.webhook.rotate'), (_, one) => rotate(one)),
  })
  app.post(`${base}/:id/test`, {
    schema: {
      ...described('test', 'Send a test message; what comes of it stands with its delivery'),
      response: { 202: jsonReply('On its way', object({ delivery: id })), ...refusals(409) },
    },
    handler: prepared(http, hand, permitted(http, updating), (_, one) => test(one)),
  })
  app.post(`${base}/:id/pause`, {
    schema: {
      ...described('pause', 'Pause a webhook; what happens meanwhile is kept for it'),
      response: { 200: row, ...refusals(409) },
    },
    handler: prepared(http, hand, permitted(http, updating), (_, one) => pause(one)),
  })
  app.post(`${base}/:id/resume`, {
    schema: {
      ...described('resume', 'Resume a webhook; what has been kept for it goes out'),
      response: { 200: row, ...refusals(409) },
    },
    handler: prepared(http, hand, permitted(http, updating), (_, one) => resume(one)),
  })
}

function registerDeliveries(http: Http, hand: Tools): void {
  const { app } = http
  app.get(`${base}/:id/deliveries`, {
    schema: {
      tags,
      operationId: 'listWebhookDeliveries',
      summary: 'List messages of a webhook, newest first; they are kept for 30 days',
      params: recordParameters,
      querystring: deliveryQuery,
      response: { 200: jsonReply('One page', deliveryPage), ...refusals() },
    },
    handler: reading(http, 'foundation', (caller, request) => listDeliveries(http.engine, caller, request)),
  })
  app.get(`${base}/:id/deliveries/:delivery`, {
    schema: {
      tags,
      operationId: 'readWebhookDelivery',
      summary: 'Read one message with its attempts',
      params: deliveryParameters,
      response: { 200: jsonReply('The message', wholeDelivery), ...refusals() },
    },
    handler: reading(http, 'foundation', (caller, request) => readDelivery(http.engine, caller, request)),
  })
  app.post(`${base}/:id/deliveries/:delivery/replay`, {
    schema: {
      tags,
      operationId: 'replayWebhookDelivery',
      summary: 'Send a message again, now; the receiver knows it by its webhook-id',
      params: deliveryParameters,
      body: nothingSent,
      response: { 202: jsonReply('On its way', object({ delivery: id })), ...refusals() },
    },
    handler: prepared(http, hand, permitted(http, updating), (_, one) => replayOne(one)),
  })
  app.post(`${base}/:id/replay`, {
    schema: {
      tags,
      operationId: 'replayWebhook',
      summary: 'Send all messages since a moment again',
      params: recordParameters,
      body: replaySince,
      response: {
        202: jsonReply('On their way', object({ replayed: { type: 'integer', minimum: 0 } })),
        ...refusals(),
      },
    },
    handler: prepared(http, hand, permitted(http, updating), (_, one) => replaySinceThen(one)),
  })
}

function registerCatalog({ app, engine, authenticate }: Http): void {
  app.get(`${orgPath}/webhook-events`, {
    schema: {
      tags,
      operationId: 'listWebhookEvents',
      summary: 'List what webhooks can be told of, each with an example',
      params: orgParameters,
      response: { 200: jsonReply('All of them', eventCatalog), ...refusals() },
    },
    handler: reading({ app, engine, authenticate }, 'foundation', (caller) => {
      permitRule(engine, caller, 'foundation.webhook.read')
      const data = eventTypes(engine.registry, caller.org).map((one) => ({
        ...one,
        example: exampleOf(engine, caller.org, one),
      }))
      return Promise.resolve({ data })
    }),
  })
}
