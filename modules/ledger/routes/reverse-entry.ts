import { defineRoute, field, refuse, say } from '@commonhall/kernel'
import { reverse } from '../posting/reverse.ts'
import { postedSchema } from './posted-schema.ts'

/** Takes an entry back by one with its signs turned: how a mistake is put right. */
export const reverseEntry = defineRoute({
  method: 'POST',
  path: '/journal-entries/{id}/reverse',
  summary: 'Take a journal entry back',
  rule: 'ledger.entry.reverse',
  params: { id: field.ref('ledger.entry', { required: true }) },
  body: {
    reason: field.text({ required: true, min: 3, max: 500 }),
    posted_on: field.date({ label: 'Date' }),
  },
  creates: 'journal-entries',
  reply: postedSchema,
  async run(ctx, { params: { id }, body: { reason, posted_on } }) {
    const found = await ctx.db.selectFrom('ledger.entry').select('id').where('id', '=', id).executeTakeFirst()
    if (!found) refuse('not_found', say('ledger:no_entry'))
    const [posted] = await reverse(ctx, { entries: [id], on: posted_on ?? ctx.today, memo: reason })
    return posted
  },
})
