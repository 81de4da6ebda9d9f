import { sql } from 'kysely'
import { type Context, dayAfter, type RowOf } from '@commonhall/kernel'
import { closeBox } from '../ballots/close-box.ts'
import { certifies } from '../closing/certify.ts'
import { countElection } from '../closing/count-election.ts'
import { prepareBallot } from '../elections/ballot/prepare.ts'
import { openVoting } from '../elections/clock/open-voting.ts'
import type { election } from '../resources/election.ts'
import { castBallots } from './demo-ballots.ts'
import { type DemoElection, demoElections } from './demo-contests.ts'
import type { Hall } from './demo-governance.ts'
import { evening } from './demo-proposals.ts'

type Election = RowOf<typeof election>

/** An election of officers at three steps: nominations, voting, and one that was counted and certified. */
export async function addElections(ctx: Context, hall: Hall): Promise<void> {
  for (const one of demoElections(ctx.today)) {
    const id = await nominate(ctx, hall, one)
    if (one.state === 'nominations') continue
    await publish(ctx, id)
    await giveNotice(ctx, id, dayAfter(ctx.today, one.noticed), hall)
    await open(ctx, id)
    await castBallots(ctx, id, one)
    if (one.state === 'certified') await finish(ctx, id, hall)
    else await sql`select governance.rewrite_box(${id}::uuid)`.execute(ctx.db)
  }
}

/** Everybody who stands has said so: nobody has to be written to. */
async function nominate(ctx: Context, hall: Hall, one: DemoElection): Promise<string> {
  const { id } = await ctx.db
    .insertInto('governance.election')
    .values({
      name: one.name,
      kind: 'people',
      state: 'nominations',
      about: one.about,
      rule_set: hall.ruleSets.get('union-officers') ?? null,
      nominations_until_at: evening(ctx, one.nominatedUntil),
      opens_at: evening(ctx, one.opens),
      closes_at: one.closes === null ? soon() : evening(ctx, one.closes),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const [index, { candidates, ...contest }] of one.contests.entries()) {
    const made = await ctx.db
      .insertInto('governance.contest')
      .values({ election: id, position: index + 1, ...contest })
      .returning('id')
      .executeTakeFirstOrThrow()
    await addCandidates(ctx, hall, made.id, candidates)
  }
  const observer = hall.members[one.observer]
  if (observer) await ctx.db.insertInto('governance.observer').values({ election: id, member: observer }).execute()
  return id
}

/** Nobody casts a ballot after the end that was told: it is so near that the election is over by now. */
const soon = () => new Date(Date.now() + 300_000).toISOString()

async function addCandidates(
  ctx: Context,
  hall: Hall,
  contest: string,
  candidates: DemoElection['contests'][number]['candidates'],
): Promise<void> {
  const rows = candidates.map(({ member, statement }) => ({ member: hall.members[member] ?? null, statement }))
  await sql`insert into governance.candidate (contest, election, name, member, statement, state, answered_at)
    select c.id, c.election, m.first_name || ' ' || m.last_name, m.id, k.statement, 'accepted', now()
    from governance.contest c, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) k (member uuid, statement text)
      join members.member m on m.id = k.member
    where c.id = ${contest}::uuid`.execute(ctx.db)
}

const read = (ctx: Context, id: string): Promise<Election> =>
  ctx.db.selectFrom('governance.election').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

async function publish(ctx: Context, id: string): Promise<void> {
  const { seed, rules } = await prepareBallot(ctx, await read(ctx, id))
  await sql`update governance.election set state = 'published', seed = ${seed}, rules = ${JSON.stringify(rules)}::jsonb,
    version = version + 1 where id = ${id}::uuid`.execute(ctx.db)
}

/** A letter to everybody on the roll who may vote. */
async function giveNotice(ctx: Context, id: string, day: string, { officer }: Hall): Promise<void> {
  await sql`insert into governance.voter_notice (election, voter, member, way, address, sent_on, state, proof,
      recorded_by)
    select v.election, v.id, v.member, 'post', m.address, ${day}::date, 'sent',
      'Postal receipt 9407 1000 0000 ' || lpad(row_number() over (order by v.name)::text, 4, '0'), ${officer}::uuid
    from governance.voter v join members.member m on m.id = v.member
    where v.election = ${id}::uuid and v.eligible`.execute(ctx.db)
}

async function open(ctx: Context, id: string): Promise<void> {
  const { rules, public_key, key_fingerprint } = await openVoting(ctx, await read(ctx, id))
  await sql`update governance.election set state = 'voting', rules = ${JSON.stringify(rules)}::jsonb,
    public_key = ${public_key}, key_fingerprint = ${key_fingerprint}, opened_at = opens_at, version = version + 1
    where id = ${id}::uuid`.execute(ctx.db)
}

/** The same context, in which nobody is told anything: the demo is no news. */
const quietly = (ctx: Context): Context =>
  Object.create(ctx, {
    notify: { value: () => Promise.resolve() },
    emit: { value: () => Promise.resolve() },
  }) as Context

async function finish(ctx: Context, id: string, { officer }: Hall): Promise<void> {
  await sql`update governance.election set state = 'counting', closed_at = now(), version = version + 1
    where id = ${id}::uuid`.execute(ctx.db)
  await closeBox(ctx, id)
  await countElection(quietly(ctx), id)
  const { certified_at, keep_until_on } = certifies(ctx)
  await sql`update governance.election set state = 'certified', certified_by = ${officer}::uuid,
    certified_at = ${certified_at}, keep_until_on = ${keep_until_on}, version = version + 1
    where id = ${id}::uuid`.execute(ctx.db)
}
