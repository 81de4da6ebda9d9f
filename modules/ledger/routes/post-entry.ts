import { defineRoute, field } from '@commonhall/kernel'
import { post } from '../posting/post.ts'
import { linesSchema, readLines } from '../posting/read-lines.ts'
import { postedSchema } from './posted-schema.ts'

/** An entry by hand: what no other part of the house posts by itself. */
export const postEntry = defineRoute({
  method: 'POST',
  path: '/journal-entries',
  summary: 'Post a journal entry',
  rule: 'ledger.entry.post',
  body: {
    posted_on: field.date({ required: true, label: 'Date' }),
    memo: field.text({ required: true, min: 3, max: 500 }),
    payee: field.text({ max: 200 }),
    lines: field.json({ required: true, schema: linesSchema }),
  },
  creates: 'journal-entries',
  reply: postedSchema,
  async run(ctx, { body: { posted_on, memo, payee, lines } }) {
    const read = await readLines(ctx, lines)
    const [posted] = await post(ctx, [{ on: posted_on, memo, ...(payee ? { payee } : {}), lines: read }])
    return posted
  },
})
