import { sql } from 'kysely'
import { type Context, defineRoute, field, refuse, say } from '@commonhall/kernel'
import type { RulesInForce } from '../rules-in-force.ts'
import { whyNotSentence } from './why-not.ts'

interface Row {
  readonly voter: string | null
  readonly name: string
  readonly eligible: boolean
  readonly why_not: string | null
  readonly taken: string | null
}

interface About {
  readonly state: string
  readonly rules: RulesInForce | null
  readonly day: string
  readonly joined_on: string | null
  readonly paid_through_on: string | null
  /** Good standing as it is asked for on the day that counts; null: it is good. */
  readonly why_not: string | null
  readonly known: boolean
  readonly rows: readonly Row[]
}

/** One member and one election: the rows of the roll that are theirs, and how they stand without one. */
async function lookUp(ctx: Context, id: string): Promise<About> {
  const me = ctx.actor.memberId
  const { rows } = await sql<About>`
    with e as (
      select e.*, coalesce(e.rules, governance.rules_in_force(e.rule_set,
          coalesce(governance.day_of(e.opens_at), ${ctx.today}::date))) as ruled,
        coalesce(e.record_on, governance.day_of(e.opened_at), ${ctx.today}::date) as counted_on
      from governance.election e where e.id = ${id}::uuid)
    select e.state, e.ruled as rules, e.counted_on as day, m.joined_on, m.paid_through_on, s.why_not,
      s.member is not null as known, coalesce((
        select jsonb_agg(jsonb_build_object('voter', v.id, 'name', v.name, 'eligible', v.eligible,
          'why_not', v.why_not, 'taken', v.taken) order by v.name)
        from governance.voter v where v.election = e.id and (v.member = ${me}::uuid
          or exists (select from governance.voter_holder h where h.voter = v.id and h.member = ${me}::uuid)
          or v.unit in (select o.unit from housing.occupancy o join members.member l on l.id = o.member
            where daterange(o.from_on, o.until_on, '[]') @> e.counted_on
              and (l.id = ${me}::uuid or l.household = m.household)))), '[]') as rows
    from e left join members.member m on m.id = ${me}::uuid
      left join governance.standing(e.ruled, e.counted_on) s on s.member = m.id`.execute(ctx.db)
  return rows[0] ?? refuse('not_found', say('governance:held.no_election'))
}

/** Why somebody is not on the roll at all. */
function absence(me: string | null, about: About, drawn: boolean): string | null {
  if (me === null) return 'no_member'
  if (!about.rules) return 'other'
  if (!about.known) return 'left'
  if (about.why_not !== null) return about.why_not
  if (about.rules.electorate !== 'member') return 'no_unit'
  return drawn ? 'not_drawn' : null
}

const text = (maxLength: number) => ({ type: 'string', maxLength }) as const
const maybe = (maxLength: number) => ({ type: ['string', 'null'], maxLength }) as const

/** Whether I may vote, and if not, why not, in words; also for whoever is not on the roll at all. */
export const readStanding = defineRoute({
  method: 'GET',
  path: '/elections/{id}/standing',
  summary: 'Whether I may vote, and why not',
  rule: 'governance.election.read',
  params: { id: field.ref('governance.election', { required: true }) },
  reply: {
    type: 'object',
    required: ['provisional', 'eligible', 'why_not', 'sentence', 'rows'],
    properties: {
      provisional: { type: 'boolean' },
      eligible: { type: 'boolean' },
      why_not: maybe(60),
      sentence: text(1000),
      rows: {
        type: 'array',
        maxItems: 1000,
        items: {
          type: 'object',
          required: ['voter', 'name', 'eligible', 'why_not', 'sentence', 'taken'],
          properties: {
            voter: { type: ['string', 'null'], format: 'uuid' },
            name: text(240),
            eligible: { type: 'boolean' },
            why_not: maybe(60),
            sentence: text(1000),
            taken: maybe(20),
          },
        },
      },
    },
  },
  async run(ctx, { params: { id } }) {
    const about = await lookUp(ctx, id)
    const provisional = ['draft', 'nominations', 'published'].includes(about.state)
    const spoken = (code: string | null) =>
      code === null
        ? say(`governance:why_not.${provisional ? 'may_so_far' : 'may'}`)
        : whyNotSentence(code, 'vote', about)
    const rows = about.rows.map((row) => ({ ...row, sentence: spoken(row.eligible ? null : (row.why_not ?? 'other')) }))
    const mine = rows.find(({ eligible }) => eligible) ?? rows[0]
    const drawn = about.state !== 'draft' && about.state !== 'nominations'
    const code = mine ? (mine.eligible ? null : mine.why_not) : absence(ctx.actor.memberId, about, drawn)
    return { provisional, eligible: code === null, why_not: code, sentence: mine?.sentence ?? spoken(code), rows }
  },
})
