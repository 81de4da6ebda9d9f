import { sql } from 'kysely'
import { type Context, defineRoute, field, isUuid, refuse, refuseField, say } from '@commonhall/kernel'
import { offerMade } from '../notices/offer-made.ts'
import { termsInWords } from '../projects/terms-in-words.ts'
import { contractor } from '../resources/contractor.ts'

interface Bidder {
  readonly id: string
  readonly name: string
  readonly people: number
}

const mostBidders = 500
const list = {
  type: 'array',
  maxItems: mostBidders,
  items: {
    type: 'object',
    required: ['contractor', 'name', 'people'],
    properties: {
      contractor: { type: 'string', format: 'uuid' },
      name: { type: 'string' },
      people: { type: 'integer', minimum: 0 },
    },
  },
} as const

/** An award that can still be bid with: what it gives, and in which words. */
async function awardOf(ctx: Context, id: string) {
  const project = await ctx.db
    .selectFrom('market_recovery.project')
    .select(['id', 'name', 'state', 'award_hours', 'award_amount', 'award_expires_on'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!project) return refuse('not_found', say('market-recovery:offer.no_project'))
  if (project.state !== 'awarded')
    refuse('conflict', say('market-recovery:offer.not_awarded', { project: project.name }))
  const rates = await ctx.db
    .selectFrom('market_recovery.award_rate')
    .select(['classification', 'rate'])
    .where('project', '=', id)
    .orderBy('classification')
    .execute()
  if (!rates.length) refuse('conflict', say('market-recovery:offer.no_rates', { project: project.name }))
  return { ...project, terms: termsInWords({ ...project, rates }) }
}

/** Signatory contractors in good standing that have not been told of these very terms. */
async function untold(ctx: Context, project: string, terms: string, only: readonly string[] | null): Promise<Bidder[]> {
  const { rows } = await sql<Bidder>`
    select c.id, c.name::text as name, market_recovery.sign_ins_of(c.id) as people
    from market_recovery.contractor c
    where c.state = 'good' and c.signatory and c.archived_at is null
      and (${only}::uuid[] is null or c.id = any(${only}::uuid[]))
      and not exists (select from market_recovery.offer o
        where o.project = ${project} and o.contractor = c.id and o.terms = ${terms}
          and (o.people > 0 or o.how is not null))
    order by c.name limit ${mostBidders}`.execute(ctx.db)
  return rows
}

function readOnly(given: unknown): readonly string[] | null {
  if (given === null) return null
  if (Array.isArray(given) && given.length <= mostBidders && given.every(isUuid)) return given
  return refuseField('contractors', 'not_a_reference', say('kernel:invalid.not_a_reference', { label: 'contractors' }))
}

/**
 * Tells every signatory contractor in good standing of an award, in the same words, and keeps who was told and when.
 * Whoever knows these terms already is not told twice.
 */
export const offerProject = defineRoute({
  method: 'POST',
  path: '/projects/{id}/offer',
  summary: 'Offer an award to every signatory contractor',
  rule: 'market-recovery.project.decide',
  params: { id: field.ref('market-recovery.project', { required: true }) },
  body: {
    contractors: field.json({
      label: 'Contractors',
      schema: { type: 'array', maxItems: mostBidders, items: { type: 'string', format: 'uuid' } },
      help: 'Ids. Left out, all of them.',
    }),
    how: field.text({ max: 200, help: 'Told by other means, such as a letter.' }),
  },
  reply: {
    type: 'object',
    required: ['terms', 'told', 'untold'],
    properties: { terms: { type: 'string' }, told: list, untold: list },
  },
  async run(ctx, { params: { id }, body: { contractors, how } }) {
    const { name, terms } = await awardOf(ctx, id)
    const bidders = await untold(ctx, id, terms, readOnly(contractors))
    const told = bidders.filter(({ people }) => people > 0 || how !== null)
    const row = ({ id: whom, people }: Bidder) => ({
      project: id,
      contractor: whom,
      told_at: new Date().toISOString(),
      told_by: ctx.actor.userId,
      how,
      people: how === null ? people : 0,
      terms,
    })
    if (told.length) await ctx.db.insertInto('market_recovery.offer').values(told.map(row)).execute()
    for (const bidder of how === null ? told : []) {
      await ctx.notify(
        offerMade,
        { project: name, contractor: bidder.name, terms },
        { to: { party: contractor.name, record: bidder.id }, about: { resource: 'market-recovery.project', id } },
      )
    }
    const shown = (some: readonly Bidder[]) => some.map(({ id: whom, ...rest }) => ({ contractor: whom, ...rest }))
    return { terms, told: shown(told), untold: shown(bidders.filter((one) => !told.includes(one))) }
  },
})
