import { sql } from 'kysely'
import { defineRoute, field } from '@commonhall/kernel'
import { mustWatch } from '../watch/may-watch.ts'
import { whyNotSentence } from './why-not.ts'

interface Row {
  readonly id: string
  readonly name: string
  readonly eligible: boolean
  readonly why_not: string | null
}

const page = 100
const only = {
  all: sql`true`,
  taken: sql`v.taken <> 'none'`,
  not_taken: sql`v.eligible and v.taken = 'none'`,
  not_eligible: sql`not v.eligible`,
  no_notice: sql`v.eligible and v.notice <> 'proven'`,
}

/** The roll, by name, page by page: who may vote, and who has taken a ballot. Never what anybody voted. */
export const readRoll = defineRoute({
  method: 'GET',
  path: '/elections/{id}/roll',
  summary: 'The roll of an election',
  rule: 'governance.election.read',
  params: { id: field.ref('governance.election', { required: true }) },
  query: {
    show: field.choice(['all', 'taken', 'not_taken', 'not_eligible', 'no_notice']),
    q: field.text({ max: 100 }),
    after: field.ref('governance.voter', { help: 'The last row of the page before.' }),
  },
  reply: {
    type: 'object',
    required: ['data', 'next'],
    properties: {
      data: {
        type: 'array',
        maxItems: page,
        items: {
          type: 'object',
          required: ['id', 'name', 'eligible', 'why_not', 'sentence', 'notice', 'told_on', 'taken', 'challenge'],
          properties: {
            id: { type: 'string', format: 'uuid' },
            name: { type: 'string', maxLength: 240 },
            eligible: { type: 'boolean' },
            why_not: { type: ['string', 'null'], maxLength: 60 },
            sentence: { type: ['string', 'null'], maxLength: 1000 },
            notice: { type: 'string', maxLength: 20 },
            told_on: { type: ['string', 'null'], format: 'date' },
            taken: { type: 'string', maxLength: 20 },
            challenge: { type: ['string', 'null'], maxLength: 500, description: 'Why their vote is challenged' },
          },
        },
      },
      next: { type: ['string', 'null'], format: 'uuid' },
    },
  },
  async run(ctx, { params: { id }, query: { show, q, after } }) {
    await mustWatch(ctx, id)
    // Nothing asked for: every row matches.
    const words = q?.split(/\s+/).filter(Boolean) ?? ['']
    const { rows } = await sql<Row>`
      select v.id, v.name::text as name, v.eligible, v.why_not, v.notice, v.told_on, v.taken, v.challenge
      from governance.voter v
      where v.election = ${id}::uuid and ${only[show ?? 'all']}
        and v.search_text like all (foundation.search_patterns(${words}::text[]))
        and (${after}::uuid is null or (v.name, v.id) > (
          select a.name, a.id from governance.voter a where a.id = ${after}::uuid and a.election = ${id}::uuid))
      order by v.name, v.id limit ${page + 1}`.execute(ctx.db)
    const data = rows
      .slice(0, page)
      .map((row) => ({ ...row, sentence: row.why_not === null ? null : whyNotSentence(row.why_not, 'vote') }))
    return { data, next: rows.length > page ? (data.at(-1)?.id ?? null) : null }
  },
})
