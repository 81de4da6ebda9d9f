import { defineRoute, field, refuse, say } from '@commonhall/kernel'
import { reverse } from '../posting/reverse.ts'
import { postedSchema } from './posted-schema.ts'

/** Takes an entry back that was posted by hand. What came from a payment is taken back where that is voided. */
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
    const found = await ctx.db
      .selectFrom('ledger.entry')
      .select(['number', 'source_resource'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!found) return refuse('not_found', say('ledger:no_entry'))
    // Else the payment would still be there, and the books would not know of it.
    if (found.source_resource) return refuse('conflict', say('ledger:from_elsewhere', { number: found.number }))
    const [posted] = await reverse(ctx, { entries: [id], on: posted_on ?? ctx.today, memo: reason })
    return posted
  },
})
