import { sql } from 'kysely'
import { type Context, dayAfter } from '@commonhall/kernel'
import { termsInWords } from '../projects/terms-in-words.ts'
import type { DemoPeople } from './demo-weeks.ts'

/** The award that was lost had been offered to every signatory bidder, by letter. */
async function addOffers(ctx: Context, people: DemoPeople): Promise<void> {
  const project = await ctx.db
    .selectFrom('market_recovery.project')
    .select(['id', 'award_hours', 'award_amount', 'award_expires_on', 'decided_on'])
    .where('name', '=', 'Foundry Lofts')
    .executeTakeFirstOrThrow()
  const rates = await ctx.db
    .selectFrom('market_recovery.award_rate')
    .select(['classification', 'rate'])
    .where('project', '=', project.id)
    .execute()
  const bidders = await ctx.db
    .selectFrom('market_recovery.contractor')
    .select('id')
    .where('state', '=', 'good')
    .where('signatory', '=', true)
    .orderBy('name')
    .execute()
  const told = {
    project: project.id,
    told_at: `${project.decided_on ?? ctx.today}T17:00:00Z`,
    told_by: people.officer,
    how: 'By letter',
    people: 0,
    terms: termsInWords({ ...project, rates }),
  }
  await ctx.db
    .insertInto('market_recovery.offer')
    .values(bidders.map(({ id: contractor }) => ({ ...told, contractor })))
    .execute()
}

/** What two companies reported to the funds in two months: as claimed, but for a few weeks. */
async function addRemittances(ctx: Context): Promise<void> {
  await sql`
    insert into market_recovery.remittance (contractor, member, week_ending, classification, hours, source)
    select h.contractor, h.member, h.week_ending,
      case when n % 29 = 7 then 'Apprentice 1' else a.classification end,
      case when n % 17 = 3 then greatest(h.hours - 8, 0) else h.hours end, 'Benefit funds'
    from (
      select contractor, member, assignment, week_ending, sum(regular + overtime) as hours,
        row_number() over (order by week_ending, contractor, assignment) as n
      from market_recovery.hours
      where adjusts is null and state in ('approved', 'paid') and week_ending > ${dayAfter(ctx.today, -84)}::date
        and contractor in
          (select id from market_recovery.contractor where name in ('Bayline Electric', 'Cascade Controls'))
      group by contractor, member, assignment, week_ending
    ) h join market_recovery.assignment a on a.id = h.assignment
    where n % 23 <> 5
    on conflict do nothing`.execute(ctx.db)
}

/** What shows afterwards that all went as it should: who was told of an award, and what claims are held against. */
export async function addEvidence(ctx: Context, people: DemoPeople): Promise<void> {
  await addOffers(ctx, people)
  await addRemittances(ctx)
}
