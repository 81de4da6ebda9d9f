import { sql } from 'kysely'
import { defineRoute, field, refuse, say } from '@commonhall/kernel'
import { mayWatch } from './may-watch.ts'

interface Row {
  readonly state: string
  readonly eligible: number
  readonly taken: number
  readonly [counter: string]: unknown
}

const count = { type: 'integer', minimum: 0 } as const
const counts = (...names: readonly string[]) =>
  ({
    type: 'object',
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, count])),
  }) as const
const maybe = { type: ['string', 'null'], maxLength: 200 } as const

/** How far an election is. Members see the turnout; the office and observers everything that must agree. */
export const readWatch = defineRoute({
  method: 'GET',
  path: '/elections/{id}/watch',
  summary: 'Watch an election',
  rule: 'governance.election.read',
  params: { id: field.ref('governance.election', { required: true }) },
  reply: {
    type: 'object',
    required: ['state', 'watcher', 'eligible', 'taken'],
    properties: {
      state: { type: 'string', maxLength: 20 },
      watcher: { type: 'boolean' },
      eligible: count,
      taken: count,
      not_eligible: count,
      online: count,
      paper: count,
      challenged: count,
      issued: count,
      cast: count,
      paper_ballots: counts('entered', 'differs', 'agreed', 'void', 'challenged', 'rejected'),
      notices: counts('missing', 'sent', 'failed', 'proven'),
      key_fingerprint: maybe,
      rewritten_at: { type: ['string', 'null'], format: 'date-time' },
      seal: maybe,
    },
  },
  async run(ctx, { params: { id } }) {
    const [row] = (await ((await mayWatch(ctx, id)) ? everything(id) : turnout(id)).execute(ctx.db)).rows
    return row ?? refuse('not_found', say('governance:held.no_election'))
  },
})

const turnout = (id: string) => sql<Row>`
  select e.state, false as watcher, (count(v.id) filter (where v.eligible))::int as eligible,
    (count(v.id) filter (where v.taken <> 'none'))::int as taken
  from governance.election e left join governance.voter v on v.election = e.id
  where e.id = ${id}::uuid group by e.state`

const everything = (id: string) => sql<Row>`
  select e.state, true as watcher, v.*, e.key_fingerprint, e.seal, b.rewritten_at,
    b.issued, b."cast",
    (select jsonb_build_object('entered', count(*) filter (where p.state = 'entered'),
        'differs', count(*) filter (where p.state = 'differs'), 'agreed', count(*) filter (where p.state = 'agreed'),
        'void', count(*) filter (where p.state = 'void'),
        'challenged', count(*) filter (where p.state = 'challenged'),
        'rejected', count(*) filter (where p.state = 'rejected'))
      from governance.paper_ballot p where p.election = e.id) as paper_ballots
  from governance.election e cross join lateral (
    select (count(*) filter (where v.eligible))::int as eligible,
      (count(*) filter (where not v.eligible))::int as not_eligible,
      (count(*) filter (where v.taken <> 'none'))::int as taken,
      (count(*) filter (where v.taken = 'online'))::int as online,
      (count(*) filter (where v.taken = 'paper'))::int as paper,
      (count(*) filter (where v.taken = 'challenged'))::int as challenged,
      jsonb_build_object('missing', count(*) filter (where v.eligible and v.notice = 'missing'),
        'sent', count(*) filter (where v.eligible and v.notice = 'sent'),
        'failed', count(*) filter (where v.eligible and v.notice = 'failed'),
        'proven', count(*) filter (where v.eligible and v.notice = 'proven')) as notices
    from governance.voter v where v.election = e.id) v
  cross join lateral (
    select coalesce(max(b.number) filter (where b.counts = 'issued'), 0) as issued,
      coalesce(max(b.number) filter (where b.counts = 'cast'), 0) as "cast", max(b.rewritten_at) as rewritten_at
    from governance.box_count b where b.election = e.id) b
  where e.id = ${id}::uuid`
