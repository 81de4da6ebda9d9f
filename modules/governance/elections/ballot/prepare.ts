import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, type RowOf, say } from '@commonhall/kernel'
import type { election } from '../../resources/election.ts'
import { drawRoll } from '../roll/draw.ts'
import { type ContestMade, countingRules } from './counting-rules.ts'
import { alphabetical, drawn, type Listed } from './order.ts'

type Election = RowOf<typeof election>

interface Contest extends ContestMade {
  readonly id: string
  readonly candidates: readonly Listed[]
}

/** A vote by yes and no marks one of three words, which stand on the ballot as options do. */
async function addWords(ctx: Context, id: string): Promise<void> {
  const answers = ['yes', 'no', 'abstain'].map((one) => say(`governance:${one}`))
  await sql`insert into governance.candidate (contest, election, name)
    select c.id, c.election, w.name from governance.contest c, unnest(${answers}::text[]) w (name)
    where c.election = ${id}::uuid and c.method = 'yes-no'
      and not exists (select from governance.candidate k where k.contest = c.id)`.execute(ctx.db)
}

async function contestsOf(ctx: Context, id: string): Promise<Contest[]> {
  const { rows } = await sql<Contest>`
    select c.id, c.name, c.method, c.seats, c.choices, c.counting_options, coalesce((
      select jsonb_agg(jsonb_build_object('id', k.id, 'sorted',
        coalesce(m.last_name || ', ' || m.first_name, k.name)) order by k.id)
      from governance.candidate k left join members.member m on m.id = k.member
      where k.contest = c.id and k.state = 'accepted'), '[]') as candidates
    from governance.contest c where c.election = ${id}::uuid order by c.position, c.id`.execute(ctx.db)
  return rows
}

/** Yes comes before no, whatever the alphabet and the lot say. Its words are made in this order. */
const inOrder = ({ method, candidates }: Contest, how: Election['ballot_order'], seed: string): readonly Listed[] =>
  method === 'yes-no' ? candidates : how === 'drawn' ? drawn(seed, candidates) : alphabetical(candidates)

/**
 * Makes the ballot what it will be counted as: who is on it in which order, and every rule of counting. Answers what
 * the election keeps of it. The seed is drawn once, so that nobody can draw until they like what comes of it.
 */
export async function prepareBallot(ctx: Context, record: Election): Promise<Pick<Election, 'seed' | 'rules'>> {
  const seed = record.seed ?? randomBytes(32).toString('hex')
  await addWords(ctx, record.id)
  const ballots = (await contestsOf(ctx, record.id)).map((contest) => {
    const order = inOrder(contest, record.ballot_order, seed).map(({ id }) => id)
    return { contest: contest.id, order, counting: countingRules(contest, order, seed) }
  })
  const written = JSON.stringify(ballots)
  await sql`update governance.contest c set counting = b.counting, version = c.version + 1, updated_at = now()
    from jsonb_to_recordset(${written}::jsonb) b (contest uuid, counting jsonb) where c.id = b.contest`.execute(ctx.db)
  await sql`update governance.candidate k set position = o.place, version = k.version + 1, updated_at = now()
    from jsonb_to_recordset(${written}::jsonb) b ("order" jsonb),
      lateral jsonb_array_elements_text(b."order") with ordinality o (id, place)
    where k.id = o.id::uuid`.execute(ctx.db)
  return { seed, rules: (await drawRoll(ctx, record, await dayOfOpening(ctx, record))) as Election['rules'] }
}

async function dayOfOpening(ctx: Context, { opens_at: opens }: Election): Promise<string> {
  const { rows } = await sql<{ day: string }>`
    select governance.day_of(greatest(${opens}::timestamptz, now())) as day`.execute(ctx.db)
  return rows[0]?.day ?? ctx.today
}

/** Takes back what publication wrote, so that candidates and contests can change again. */
export async function unmakeBallot(ctx: Context, { id }: Pick<Election, 'id'>): Promise<void> {
  await sql`update governance.contest set counting = null, version = version + 1, updated_at = now()
    where election = ${id}::uuid`.execute(ctx.db)
  await sql`update governance.candidate set position = null, version = version + 1, updated_at = now()
    where election = ${id}::uuid and position is not null`.execute(ctx.db)
}
