import { type Context, defineRoute, defineWriting, field, refuse, say } from '@commonhall/kernel'
import { comment } from '../resources/comment.ts'

const params = { id: field.ref('governance.comment', { required: true }) }
const reply = {
  type: 'object',
  required: ['id', 'hidden'],
  properties: { id: { type: 'string', format: 'uuid' }, hidden: { type: 'boolean' } },
} as const

async function put(ctx: Context, id: string, hidden: boolean, reason: string | null) {
  const found = await ctx.db
    .updateTable('governance.comment')
    .set((row) => ({ hidden, reason, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .returning(['id', 'hidden'])
    .executeTakeFirst()
  return found ?? refuse('not_found', say('governance:comment.no_comment'))
}

/** Takes a comment out of sight. It stays what it was, for the board and for whoever wrote it. */
export const hideComment = defineRoute({
  method: 'POST',
  path: '/comments/{id}/hide',
  summary: 'Hide a comment',
  rule: 'governance.comment.hide',
  params,
  body: { reason: field.text({ required: true, min: 3, max: 500 }) },
  reply,
  run: (ctx, { params: { id }, body }) => put(ctx, id, true, body.reason),
})

export const showComment = defineRoute({
  method: 'POST',
  path: '/comments/{id}/show',
  summary: 'Show a hidden comment again',
  rule: 'governance.comment.hide',
  params,
  reply,
  run: (ctx, { params: { id } }) => put(ctx, id, false, null),
})

/** What is hidden is not reworded, and what was decided is not discussed any more. */
export const commentWriting = defineWriting(comment, (_ctx, changes) =>
  Promise.resolve(
    changes.map(({ was }) =>
      was?.hidden ? { errors: [{ path: 'text', code: 'hidden', message: say('governance:comment.hidden') }] } : {},
    ),
  ),
)
