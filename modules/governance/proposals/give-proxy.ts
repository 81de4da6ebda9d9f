import { defineRoute, field, refuse, refuseField, say } from '@commonhall/kernel'
import { votedOf } from './vote-page.ts'

/**
 * A member's own written word that another votes for them. Members cannot look through the roll, so they name the other
 * as only somebody who knows them can: by card number and last name.
 */
export const giveProxy = defineRoute({
  method: 'POST',
  path: '/proposals/{id}/proxy',
  summary: 'Let another member vote for me',
  rule: 'governance.proposal.vote',
  params: { id: field.ref('governance.proposal', { required: true }) },
  body: {
    card_number: field.text({ required: true, max: 40, label: 'Their card number' }),
    last_name: field.text({ required: true, max: 100, label: 'Their last name' }),
    written_on: field.date({ required: true, label: 'Signed on', default: 'today' }),
  },
  reply: {
    type: 'object',
    required: ['id', 'state'],
    properties: { id: { type: 'string', format: 'uuid' }, state: { type: 'string' } },
  },
  creates: 'proxies',
  async run(ctx, { params: { id }, body: { card_number, last_name, written_on } }) {
    await votedOf(ctx, id)
    const giver = ctx.actor.memberId
    if (giver === null) return refuse('no_member', say('governance:vote.no_member'), { status: 403 })
    const holder = await ctx.db
      .selectFrom('members.member')
      .select('id')
      .where('card_number', '=', card_number)
      .where((eb) => eb(eb.fn('lower', ['last_name']), '=', last_name.trim().toLowerCase()))
      .where('archived_at', 'is', null)
      .executeTakeFirst()
    if (!holder) return refuseField('card_number', 'nobody', say('governance:proxy.nobody'))
    if (holder.id === giver) return refuseField('card_number', 'self', say('governance:proxy.self'))
    if (written_on > ctx.today) return refuseField('written_on', 'in_future', say('governance:proxy.in_future'))
    return await ctx.db
      .insertInto('governance.proxy')
      .values({ giver, holder: holder.id, proposal: id, written_on })
      .returning(['id', 'state'])
      .executeTakeFirstOrThrow()
  },
})
