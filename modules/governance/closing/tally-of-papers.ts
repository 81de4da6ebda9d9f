import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'

/** How many ballots there are of each kind: integrity counters, published with the box. */
export interface Counters {
  /** Rows of the roll that may vote. */
  readonly eligible: number
  /** Ballot papers that were signed for voters online. */
  readonly issued: number
  /** Ballots in the box that were cast online. */
  readonly cast: number
  /** Papers that voters on the roll were given and did not bring back. */
  readonly paper_given: number
  /** Papers in the box. */
  readonly paper_counted: number
  /** Papers that were in the box and mean nothing that can be counted. */
  readonly void: number
  /** Papers that came back and were replaced. */
  readonly spoiled: number
  /** Envelopes. */
  readonly challenged: number
  readonly challenged_accepted: number
  readonly challenged_rejected: number
}

/** Papers that nobody is done with. */
export interface Unsettled {
  readonly entered: number
  readonly differs: number
  readonly undecided: number
}

export async function tallyOfPapers({ db }: Pick<Context, 'db'>, election: string): Promise<Counters & Unsettled> {
  const { rows } = await sql<Counters & Unsettled>`
    with v as (select count(*) filter (where eligible)::integer as eligible,
        count(*) filter (where taken = 'online')::integer as issued,
        count(*) filter (where taken = 'paper')::integer as paper_given
      from governance.voter where election = ${election}),
    b as (select count(*) filter (where origin = 'online')::integer as in_box,
        count(*) filter (where origin = 'paper')::integer as paper_counted
      from governance.ballot where election = ${election}),
    -- While people vote nobody looks into the box, and this is how many went in.
    o as (select case when governance.is_voting(${election}) then (select coalesce(sum(number), 0)::integer
        from governance.box_count where election = ${election} and counts = 'cast') else in_box end as cast from b),
    p as (select count(*) filter (where state = 'void')::integer as void,
        count(*) filter (where state = 'spoiled')::integer as spoiled,
        count(*) filter (where state in ('challenged', 'accepted', 'rejected'))::integer as challenged,
        count(*) filter (where state = 'accepted')::integer as challenged_accepted,
        count(*) filter (where state = 'rejected')::integer as challenged_rejected,
        count(*) filter (where state = 'entered')::integer as entered,
        count(*) filter (where state = 'differs')::integer as differs,
        count(*) filter (where state = 'challenged')::integer as undecided
      from governance.paper_ballot where election = ${election})
    select eligible, issued, o.cast, paper_given, paper_counted, void, spoiled, challenged, challenged_accepted,
      challenged_rejected, entered, differs, undecided from v, b, o, p`.execute(db)
  const [row] = rows
  if (!row) throw new Error('Counting rows answered none.')
  return row
}
