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
        select s.why_not from governance.standing(governance.rules_on(e.rule_set, ${ctx.today}::date),
          ${ctx.today}::date) s where s.member = ${ctx.actor.memberId}::uuid) end as nominator
    from governance.contest c join governance.election e on e.id = c.election
    where c.id = any(${contests}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The members named, as a ballot calls them, and why one may not stand. */
async function nomineesOf(ctx: Context, members: readonly string[]) {
  const { rows } = await sql<{ id: string; name: string; state: string }>`
    select m.id, concat_ws(' ', coalesce(m.preferred_name, m.first_name), m.last_name, m.suffix)::text as name,
      case when m.archived_at is not null then 'archived' else m.state end as state
    from members.member m where m.id = any(${members}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
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

function faultsOfNew(place: Place | undefined, next: Given['next'], isBoard: boolean, state?: string): FieldError[] {
  if (!place) return [fault('contest', 'no_contest')]
  const late = faultOfTime(place, isBoard)
  if (late) return [late]
  if (place.method === 'yes-no') return [fault('contest', 'yes_no')]
  if (place.kind === 'people') {
    if (!next.member) return [fault('member', 'no_member')]
    if (state !== 'active' && state !== 'retired') return [fault('member', 'nominee')]
    return []
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
    const members = [...new Set(fresh.flatMap(({ next }) => next.member ?? []))]
    const places = contests.length ? await placesOf(ctx, contests) : new Map<string, Place>()
    const nominees = members.length ? await nomineesOf(ctx, members) : new Map<string, never>()
    return changes.map(({ was, next }) => {
      const place = places.get(next.contest)
      const nominee = nominees.get(next.member ?? '')
      const errors = was ? faultsOfChange(was, next, isBoard) : faultsOfNew(place, next, isBoard, nominee?.state)
      if (errors.length) return { errors }
      if (was || !place) return {}
      return {
        sets: { election: place.election, nominated_by: ctx.actor.memberId, name: next.name || (nominee?.name ?? '') },
      }
    })
  },
)
