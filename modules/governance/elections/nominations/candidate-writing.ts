import { sql } from 'kysely'
import { type Change, type Context, defineWriting, type FieldError, say, type Verdict } from '@commonhall/kernel'
import { candidate } from '../../resources/candidate.ts'
import { whyNotSentence } from '../roll/why-not.ts'

type Given = Change<typeof candidate>

/** What a nomination is for, and who makes it, as far as it depends on others. */
interface Place {
  readonly id: string
  readonly election: string
  readonly kind: 'people' | 'options' | 'proposal'
  readonly method: string
  readonly state: string
  readonly until: string | null
  readonly over: boolean
  /** Who nominates is in good standing: null; or why not. */
  readonly nominator: string | null
}

const fault = (path: string, code: string, params: Record<string, unknown> = {}): FieldError => ({
  path,
  code,
  message: say(`governance:nomination.${code}`, params),
})

async function placesOf(ctx: Context, contests: readonly string[]): Promise<Map<string, Place>> {
  const { rows } = await sql<Place>`
    select c.id, c.election, e.kind, c.method, e.state, e.nominations_until_at as until,
      coalesce(e.nominations_until_at <= now(), false) as over,
      case when ${ctx.actor.memberId}::uuid is null then 'no_member' else (
        select s.why_not from governance.standing(governance.rules_in_force(e.rule_set, ${ctx.today}::date),
          ${ctx.today}::date) s where s.member = ${ctx.actor.memberId}::uuid) end as nominator
    from governance.contest c join governance.election e on e.id = c.election
    where c.id = any(${contests}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** A member who is named, as a ballot calls them. */
interface Nominee {
  readonly contest: string
  readonly id: string
  readonly name: string
  readonly state: string
  /** Nominated there already, whatever became of it. */
  readonly stands: boolean
}

/** The members named for each contest. Two of the same name are told apart by their cards. */
async function nomineesOf(ctx: Context, changes: readonly Given[]): Promise<Map<string, Nominee>> {
  const named = changes.flatMap(({ was, next: { contest, member } }) => (was || !member ? [] : [{ contest, member }]))
  if (!named.length) return new Map()
  const { rows } = await sql<Nominee>`
    select n.contest, m.id, m.name || case when exists (select from governance.candidate k
        where k.contest = n.contest and k.name = m.name and k.member is distinct from m.id)
        then ' (' || m.card_number || ')' else '' end as name, m.state,
      exists (select from governance.candidate k where k.contest = n.contest and k.member = m.id) as stands
    from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) n (contest uuid, member uuid)
    cross join lateral (
      select m.id, m.card_number::text as card_number,
        concat_ws(' ', coalesce(m.preferred_name, m.first_name), m.last_name, m.suffix)::text as name,
        case when m.archived_at is not null then 'archived' else m.state end as state
      from members.member m where m.id = n.member) m`.execute(ctx.db)
  return new Map(rows.map((row) => [`${row.contest} ${row.id}`, row]))
}

/** Whether nominations are taken now, and from this person. */
function faultOfTime(place: Place, isBoard: boolean): FieldError | undefined {
  const { state, until, over, nominator } = place
  if (!['draft', 'nominations'].includes(state)) return fault('contest', 'closed')
  if (state === 'nominations' && over) return fault('contest', 'over', { until })
  if (isBoard) return undefined
  if (state === 'draft') return fault('contest', 'not_open')
  if (place.kind !== 'people') return fault('contest', 'options')
  return nominator === null
    ? undefined
    : { ...fault('contest', 'no_standing'), message: whyNotSentence(nominator, 'nominate') }
}

function faultsOfNew(place: Place | undefined, next: Given['next'], isBoard: boolean, nominee?: Nominee): FieldError[] {
  if (!place) return [fault('contest', 'no_contest')]
  const late = faultOfTime(place, isBoard)
  if (late) return [late]
  if (place.method === 'yes-no') return [fault('contest', 'yes_no')]
  if (place.kind === 'people') {
    if (!next.member) return [fault('member', 'no_member')]
    if (nominee?.state !== 'active' && nominee?.state !== 'retired') return [fault('member', 'nominee')]
    return nominee.stands ? [fault('member', 'twice', { name: nominee.name })] : []
  }
  if (next.member) return [fault('member', 'option')]
  return next.name ? [] : [fault('name', 'no_name')]
}

/** What stands on the ballot is for those who run the election; a candidate writes the statement. */
function faultsOfChange(was: NonNullable<Given['was']>, next: Given['next'], isBoard: boolean): FieldError[] {
  if (was.member !== next.member) return [fault('member', 'same_person')]
  return was.name !== next.name && !isBoard ? [fault('name', 'own_name')] : []
}

/** Every nomination is looked at before it is written: whether it is the time, who makes it, and whom it names. */
export const candidateWriting = defineWriting(
  candidate,
  async (ctx, changes): Promise<readonly Verdict<typeof candidate>[]> => {
    const isHouse = ctx.actor.kind === 'system'
    const isBoard = isHouse || ctx.actor.permissions.has('governance.election.run')
    const fresh = changes.filter(({ was }) => !was)
    const contests = [...new Set(fresh.flatMap(({ next }) => next.contest))]
    const places = contests.length ? await placesOf(ctx, contests) : new Map<string, Place>()
    const nominees = await nomineesOf(ctx, changes)
    return changes.map(({ was, next }) => {
      const place = places.get(next.contest)
      const nominee = nominees.get(`${next.contest} ${next.member}`)
      const errors = was ? faultsOfChange(was, next, isBoard) : faultsOfNew(place, next, isBoard, nominee)
      if (errors.length) return { errors }
      if (was || !place) return {}
      return {
        sets: { election: place.election, nominated_by: ctx.actor.memberId, name: next.name || (nominee?.name ?? '') },
      }
    })
  },
)
