import { sql } from 'kysely'
import { defineRoute, field, refuse, say } from '@commonhall/kernel'
import { whyNotSentence } from './why-not.ts'

type Late = 'added' | 'gone' | 'eligible' | 'not_eligible'

interface Row {
  readonly total: number
  readonly name: string
  readonly member: string | null
  readonly unit: string | null
  readonly change: Late
  readonly why_not: string | null
}

const most = 500
const uuid = { type: ['string', 'null'], format: 'uuid' } as const

/** What would be another way on the roll if it were drawn now. It is listed, and never applied once voting is open. */
export const lateChanges = defineRoute({
  method: 'GET',
  path: '/elections/{id}/late-changes',
  summary: 'What has changed since the roll was drawn',
  rule: 'governance.voter.note',
  params: { id: field.ref('governance.election', { required: true }) },
  reply: {
    type: 'object',
    required: ['total', 'data'],
    properties: {
      total: { type: 'integer', minimum: 0 },
      data: {
        type: 'array',
        maxItems: most,
        items: {
          type: 'object',
          required: ['name', 'member', 'unit', 'change', 'why_not', 'sentence'],
          properties: {
            name: { type: 'string', maxLength: 240 },
            member: uuid,
            unit: uuid,
            change: { type: 'string', enum: ['added', 'gone', 'eligible', 'not_eligible'] },
            why_not: { type: ['string', 'null'], maxLength: 60 },
            sentence: { type: 'string', maxLength: 1000 },
          },
        },
      },
    },
  },
  async run(ctx, { params: { id } }) {
    const election = await ctx.db
      .selectFrom('governance.election')
      .select(['rules', 'record_on'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!election) return refuse('not_found', say('governance:held.no_election'))
    if (election.rules === null) return { total: 0, data: [] }
    const { rows } = await sql<Row>`
      with changed as (
        select coalesce(v.name, d.name)::text as name, coalesce(v.member, d.member) as member,
          coalesce(v.unit, d.unit) as unit, d.why_not, case when v.id is null then 'added'
            when d.name is null then 'gone' when d.eligible then 'eligible' else 'not_eligible' end as change
        from governance.electorate(${JSON.stringify(election.rules)}::jsonb,
            ${election.record_on ?? ctx.today}::date) d
          full join (select * from governance.voter v where v.election = ${id}::uuid) v
            on coalesce(v.member, v.unit) = coalesce(d.member, d.unit)
        where v.eligible is distinct from coalesce(d.eligible, false)
          and not (v.id is null and not d.eligible))
      select count(*) over ()::int as total, c.* from changed c order by c.name, c.member, c.unit
      limit ${most}`.execute(ctx.db)
    const data = rows.map(({ total: _total, ...row }) => ({ ...row, sentence: sentenceOf(row) }))
    return { total: rows[0]?.total ?? 0, data }
  },
})

const sentenceOf = ({ change, why_not: code }: Pick<Row, 'change' | 'why_not'>): string =>
  say(`governance:roll.${change}`, { reason: code ? whyNotSentence(code, 'vote') : '' })
