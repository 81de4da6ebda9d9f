import { sql } from 'kysely'
import { defineRoute, field, refuse, say } from '@commonhall/kernel'

/** A letter came back: the voter has had no notice by it. */
export const returnNotice = defineRoute({
  method: 'POST',
  path: '/voter-notices/{id}/returned',
  summary: 'Record that a notice came back',
  rule: 'governance.voter.note',
  params: { id: field.ref('governance.voter-notice', { required: true }) },
  body: { reason: field.text({ required: true, min: 3, max: 200 }) },
  reply: {
    type: 'object',
    required: ['id', 'state'],
    properties: { id: { type: 'string', format: 'uuid' }, state: { type: 'string', maxLength: 20 } },
  },
  async run(ctx, { params: { id }, body: { reason } }) {
    const { rows } = await sql<{ id: string; state: string }>`
      update governance.voter_notice n set state = 'failed', version = n.version + 1, updated_at = now(),
        proof = left(concat_ws('; ', n.proof, ${reason}::text), 500)
      where n.id = ${id}::uuid and n.state = 'sent' and n.way <> 'mail' returning n.id, n.state`.execute(ctx.db)
    if (rows[0]) return rows[0]
    const there = await ctx.db
      .selectFrom('governance.voter_notice')
      .select('id')
      .where('id', '=', id)
      .executeTakeFirst()
    return there
      ? refuse('conflict', say('governance:notify.not_sent'))
      : refuse('not_found', say('governance:notify.no_notice'))
  },
})
