import { sql } from 'kysely'
import { defineRoute, field, refuse, say } from '@commonhall/kernel'

const id = { type: 'string', format: 'uuid' } as const
const text = (maxLength: number) => ({ type: 'string', maxLength }) as const
const maybe = (maxLength: number) => ({ type: ['string', 'null'], maxLength }) as const

const candidate = {
  type: 'object',
  required: ['id', 'name', 'member', 'statement', 'position', 'state'],
  properties: {
    id,
    name: text(160),
    member: { type: ['string', 'null'], format: 'uuid' },
    statement: maybe(5000),
    position: { type: ['integer', 'null'] },
    state: text(20),
  },
} as const

const contest = {
  type: 'object',
  required: ['id', 'name', 'about', 'method', 'seats', 'choices', 'counting', 'candidates'],
  properties: {
    id,
    name: text(160),
    about: maybe(5000),
    method: text(20),
    seats: { type: 'integer' },
    choices: { type: ['integer', 'null'] },
    counting: { type: ['object', 'null'], additionalProperties: true },
    candidates: { type: 'array', maxItems: 1000, items: candidate },
  },
} as const

interface Row {
  readonly order: string
  readonly contests: readonly unknown[]
}

/** The ballot as it would be, with everybody who was nominated and has not declined; once published, as it is. */
export const readPreview = defineRoute({
  method: 'GET',
  path: '/elections/{id}/preview',
  summary: 'Look at the ballot',
  rule: 'governance.election.read',
  params: { id: field.ref('governance.election', { required: true }) },
  reply: {
    type: 'object',
    required: ['order', 'contests'],
    properties: {
      order: { type: 'string', enum: ['alphabetical', 'drawn'] },
      contests: { type: 'array', maxItems: 200, items: contest },
    },
  },
  async run(ctx, { params }) {
    const { rows } = await sql<Row>`
      select e.ballot_order as "order", coalesce((select jsonb_agg(jsonb_build_object(
          'id', c.id, 'name', c.name, 'about', c.about, 'method', c.method, 'seats', c.seats, 'choices', c.choices,
          'counting', c.counting, 'candidates', coalesce(k.all_of_them, '[]')) order by c.position, c.id)
        from governance.contest c cross join lateral (
          select jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'member', k.member, 'statement', k.statement,
            'position', k.position, 'state', k.state)
            order by k.position, coalesce(m.last_name || ', ' || m.first_name, k.name), k.id) as all_of_them
          from governance.candidate k left join members.member m on m.id = k.member
          where k.contest = c.id and (k.state = 'accepted'
            or k.state = 'nominated' and e.state in ('draft', 'nominations'))) k
        where c.election = e.id), '[]') as contests
      from governance.election e where e.id = ${params.id}::uuid`.execute(ctx.db)
    return rows[0] ?? refuse('not_found', say('governance:held.no_election'))
  },
})
