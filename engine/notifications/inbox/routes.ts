import { isUuid, refuse, refuseField, say } from '@commonhall/kernel'
import type { Caller } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import type { Answer } from '../../http/caller.ts'
import { type Http, orgPath, reading, writing } from '../../http/door.ts'
import { pageOf } from '../../http/paging.ts'
import { jsonReply, orgParameters, refusals } from '../../http/schemas.ts'
import { linesOf, markStatement, shownLines, unreadStatement } from './inbox.ts'
import { inboxPage, inboxQuery, mostIds, readBody, unreadBody, unreadReply } from '../schemas.ts'
import { tellUnread } from './tell-unread.ts'

const tags = ['Notifications']
const url = `${orgPath}/inbox`

/** One's own inbox: read, marked as read and as unread. */
export function registerInbox(http: Http): void {
  const { app, engine } = http
  app.get(url, {
    schema: {
      tags,
      operationId: 'readInbox',
      summary: 'What you were told, the newest first, and how much of it you have not read',
      params: orgParameters,
      querystring: inboxQuery,
      response: { 200: jsonReply('One page', inboxPage), ...refusals() },
    },
    handler: reading(http, 'foundation', async (caller, request) => {
      permitOwn(caller)
      const isUnread = readFlag((request.query as Record<string, unknown>)['unread'])
      const { rows, page } = await pageOf(engine, request, {
        scope: `${caller.org.id} inbox ${caller.actor.userId}`,
        read: (limit, [after]: [string?]) => linesOf(engine, caller, { limit, after: after ?? null, isUnread }),
        mark: ({ id }) => [id],
      })
      const [[counted], data] = await Promise.all([
        engine.database.read<{ unread: number }>(caller.access, unreadStatement(engine.registry, caller)),
        shownLines(engine, caller, rows),
      ])
      return { data, page, unread: counted?.unread ?? 0 }
    }),
  })
  registerMark(http, true)
  registerMark(http, false)
}

function registerMark(http: Http, isRead: boolean): void {
  const name = isRead ? 'read' : 'unread'
  http.app.post(`${url}/${name}`, {
    schema: {
      tags,
      operationId: isRead ? 'markAsRead' : 'markAsUnread',
      summary: isRead ? 'Mark what you were told as read' : 'Mark what you were told as not read',
      params: orgParameters,
      body: isRead ? readBody : unreadBody,
      response: { 200: jsonReply('What is left', unreadReply), ...refusals(409) },
    },
    handler: writing(http, 'foundation', (caller, transaction, request) => {
      permitOwn(caller)
      return mark(http.engine, caller, transaction, isRead, readIds(request.body, isRead))
    }),
  })
}

async function mark(
  engine: Engine,
  caller: Caller,
  transaction: Transaction,
  isRead: boolean,
  ids: readonly string[] | null,
): Promise<Answer> {
  const { text, values } = markStatement(caller.actor, isRead, ids)
  const { rowCount } = await transaction.query(text, values)
  const counting = unreadStatement(engine.registry, caller)
  const { rows } = await transaction.query<{ unread: number }>(counting.text, counting.values)
  if (rowCount) transaction.afterCommit(() => tellUnread(engine, caller.org.id, [caller.actor.userId ?? '']))
  return { status: 200, body: { unread: rows[0]?.unread ?? 0 } }
}

/** An inbox is somebody's own: a program that acts by a key has none. */
export function permitOwn({ access }: Caller): void {
  if (access.via === 'key') refuse('forbidden', say('notifications:own_only'))
}

function readFlag(given: unknown): boolean {
  if (given === undefined || given === 'false') return false
  return given === 'true' || refuse('bad_unread', say('notifications:unread_option'), { status: 400 })
}

/** The ids in a body; null for all. */
function readIds(body: unknown, mayBeAll: boolean): readonly string[] | null {
  const { ids, all, ...more } = (body ?? {}) as { ids?: unknown; all?: unknown }
  if (mayBeAll && all === true && ids === undefined && !Object.keys(more).length) return null
  const isList = Array.isArray(ids) && ids.length <= mostIds && all === undefined && !Object.keys(more).length
  if (!isList) return refuse('invalid', say(`notifications:ids.shape${mayBeAll ? '' : '_ids'}`, { most: mostIds }))
  const wrong = ids.findIndex((id) => !isUuid(id))
  if (wrong < 0) return ids as string[]
  return refuseField(`ids.${wrong}`, 'not_an_id', say('notifications:ids.none'))
}
