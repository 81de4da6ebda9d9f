import { defineRoute, field } from '@commonhall/kernel'
import { contractorOfGrid } from '../grid/may-enter.ts'
import { sentRows } from '../grid/sent-rows.ts'
import { type Outcome, writeGrid } from '../grid/write-grid.ts'
import { tellApprovers } from '../telling/tell-approvers.ts'
import { mostRows, sentSchema, writtenSchema } from '../grid/week-schemas.ts'

/** A whole week of a contractor at once. Rows that are right are kept, whatever is wrong with others. */
export const writeWeeks = defineRoute({
  method: 'POST',
  path: '/hours/weeks',
  summary: "Enter a contractor's week",
  rule: 'market-recovery.hours.create',
  body: {
    contractor: field.ref('market-recovery.contractor', { required: true }),
    week_ending: field.date({ required: true }),
    submit: field.yesNo(),
    rows: field.json({ required: true, schema: sentSchema }),
  },
  reply: writtenSchema,
  async run(ctx, { body: { contractor, week_ending, submit, rows: given } }) {
    await contractorOfGrid(ctx, contractor)
    const rows = await writeGrid(ctx, { contractor, week_ending, submit: submit === true }, sentRows(given, mostRows))
    const submitted = rows.filter(({ outcome }) => outcome === 'submitted')
    await tellApprovers(
      ctx,
      submitted.flatMap(({ hours }) => (hours ? [{ ...hours, contractor, week_ending }] : [])),
    )
    const many = (wanted: Outcome['outcome']) => rows.filter(({ outcome }) => outcome === wanted).length
    return { saved: many('saved'), submitted: submitted.length, refused: many('refused'), rows }
  },
})
