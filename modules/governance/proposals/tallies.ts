import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import type { Tallies } from '../decisions/decide.ts'

/** How a roll call stands now. */
export async function talliesOf(ctx: Context, proposal: string): Promise<Tallies> {
  const { rows } = await sql<{ tallies: Tallies }>`
    select jsonb_object_agg(kind.name, jsonb_build_object(
      'voters', coalesce(found.voters, 0), 'weight', coalesce(found.weight, 0))) as tallies
    from unnest(array['yes', 'no', 'abstain', 'present', 'electorate']) kind (name)
    left join (
      select case when grouping(standing) = 1 then 'electorate' else standing end as name,
        count(*)::integer as voters, sum(weight)::integer as weight
      from (select coalesce(v.choice, case when v.present then 'present' else 'away' end) as standing, v.weight
        from governance.vote v where v.proposal = ${proposal}::uuid and v.eligible) v
      group by grouping sets ((standing), ())) found on found.name = kind.name`.execute(ctx.db)
  return rows[0]?.tallies as Tallies
}
