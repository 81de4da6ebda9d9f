import { sql } from 'kysely'
import { type Context, refuse, say } from '@commonhall/kernel'
import { type Facts, nextStep, type Now, type Readiness, readinessFor } from './readiness.ts'

interface Row extends Facts {
  readonly at: string
  readonly time_zone: string
}

/** All that decides about the next step of an election, in one statement. */
async function factsOf(ctx: Context, id: string): Promise<Row> {
  const { rows } = await sql<Row>`
    with e as (
      select e.*, governance.home_zone() as time_zone, governance.day_of(greatest(e.opens_at, now())) as rules_day,
        governance.day_of(e.opens_at) as opens_on
      from governance.election e where e.id = ${id}::uuid),
    ruled as (select e.*, governance.rules_in_force(e.rule_set, e.rules_day) as ruled from e)
    select e.state, e.kind, e.rule_set, e.ruled as rules, e.rules_day, e.nominations_until_at, e.opens_at, e.closes_at,
      e.opens_on, v.voters, v.eligible, u.many as unnoticed, u.names as unnoticed_names, now() as at, e.time_zone,
      (select count(*)::int from governance.observer w where w.election = e.id) as observers,
      coalesce((select jsonb_agg(jsonb_build_object('name', c.name, 'method', c.method, 'seats', c.seats,
        'standing', k.standing, 'unanswered', k.unanswered) order by c.position, c.id)
        from governance.contest c cross join lateral (
          select count(*) filter (where k.state = 'accepted') as standing,
            coalesce(jsonb_agg(k.name order by k.name) filter (where k.state = 'nominated'), '[]') as unanswered
          from governance.candidate k where k.contest = c.id) k
        where c.election = e.id), '[]') as contests
    from ruled e
      cross join lateral (select count(*)::int as voters, (count(*) filter (where v.eligible))::int as eligible
        from governance.voter v where v.election = e.id) v
      cross join lateral governance.unnoticed(e.org_id, e.id, e.ruled, e.rules_day) u`.execute(ctx.db)
  return rows[0] ?? refuse('not_found', say('governance:held.no_election'))
}

/** What is missing before the next step of an election, or before the one that somebody takes now. */
export async function readiness(
  ctx: Context,
  id: string,
  step?: Readiness['next'],
): Promise<Readiness & { readonly state: string }> {
  const { at, time_zone: timeZone, ...facts } = await factsOf(ctx, id)
  const now: Now = { at, today: ctx.today, timeZone }
  return { state: facts.state, ...readinessFor(step ?? nextStep(facts), facts, now) }
}

/** The sentences against a step, as one; undefined where nothing is in its way. */
export async function objectionTo(ctx: Context, id: string, step: NonNullable<Readiness['next']>) {
  const { missing } = await readiness(ctx, id, step)
  return missing.length ? missing.map(({ sentence }) => sentence).join(' ') : undefined
}
