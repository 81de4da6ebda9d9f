import { sql } from 'kysely'
import { defineRoute, field } from '@commonhall/kernel'
import { whyNotSentence } from '../elections/roll/why-not.ts'
import { votedOf } from './vote-page.ts'

interface Row {
  readonly name: string
  readonly change: 'came' | 'went' | 'not_eligible' | 'eligible'
  readonly why_not: string | null
}

const most = 500

/** What would be another way on the roll of a vote if it opened now. It is listed, and never applied. */
export const lateChangesOfVote = defineRoute({
  method: 'GET',
  path: '/proposals/{id}/late-changes',
  summary: 'What has changed since a vote opened',
  rule: 'governance.proposal.mark-present',
  params: { id: field.ref('governance.proposal', { required: true }) },
  reply: {
    type: 'object',
    required: ['changes'],
    properties: {
      changes: {
        type: 'array',
        maxItems: most,
        items: {
          type: 'object',
          required: ['name', 'change', 'why'],
          properties: {
            name: { type: 'string', maxLength: 240 },
            change: { type: 'string', enum: ['came', 'went', 'not_eligible', 'eligible'] },
            why: { type: ['string', 'null'], maxLength: 1000 },
          },
        },
      },
    },
  },
  async run(ctx, { params: { id } }) {
    const { rules, way } = await votedOf(ctx, id)
    if (rules === null || way === 'secret') return { changes: [] }
    const { rows } = await sql<Row>`
      select coalesce(v.name, d.name)::text as name, d.why_not,
        case when v.id is null then 'came' when d.name is null then 'went' when d.eligible then 'eligible'
          else 'not_eligible' end as change
      from governance.electorate(${JSON.stringify(rules)}::jsonb, ${ctx.today}::date) d
        full join (select * from governance.vote v where v.proposal = ${id}::uuid) v
          on coalesce(v.member, v.unit) = coalesce(d.member, d.unit)
      where v.eligible is distinct from coalesce(d.eligible, false) and (v.id is not null or d.eligible)
      order by 1 limit ${most}`.execute(ctx.db)
    return {
      changes: rows.map(({ why_not, ...row }) => ({ ...row, why: why_not && whyNotSentence(why_not, 'vote') })),
    }
  },
})
