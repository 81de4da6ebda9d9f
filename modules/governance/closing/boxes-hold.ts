import { sql } from 'kysely'
import { type Context, defineProof } from '@commonhall/kernel'
import { eachOf, piecesOfBox } from './ballots-in-box.ts'
import { beforeSeal, sealOf } from './box-lines.ts'

interface Checked {
  readonly id: string
  readonly state: string
  readonly seal: string | null
  readonly head: string | null
  readonly results: string | null
  readonly eligible: number
  readonly issued: number
  readonly papers: number
  readonly cast: number
  readonly counted: number
  readonly has_key: boolean
}

const checked = ({ db }: Context) =>
  sql<Checked>`select e.id, e.state, e.seal, p.head, p.results,
      (select count(*)::integer from governance.voter v where v.election = e.id and v.eligible) as eligible,
      (select count(*)::integer from governance.voter v where v.election = e.id and v.taken = 'online') as issued,
      (select count(*)::integer from governance.ballot_paper b where b.election = e.id) as papers,
      (select count(*)::integer from governance.ballot b where b.election = e.id and b.origin = 'online') as cast,
      coalesce((select number from governance.box_count c where c.election = e.id and c.counts = 'cast'), 0) as counted,
      exists (select from governance.election_key k where k.election = e.id) as has_key
    from governance.election e left join governance.published_box p on p.org_id = e.org_id and p.election = e.id
    where e.opened_at is not null order by e.id`.execute(db)

/** Whoever broke into the database cannot put a ballot into a box unnoticed, nor take one out. */
export const boxesHold = defineProof('governance.boxes', {
  title: 'Ballot boxes hold no more ballots than were issued, their seals are whole, and closed ones have no key.',
  async broken(ctx) {
    const found: string[] = []
    for (const election of (await checked(ctx)).rows) {
      for (const fault of await faultsOf(ctx, election)) found.push(`governance.election ${election.id}: ${fault}`)
    }
    return found
  },
})

async function faultsOf(ctx: Context, election: Checked): Promise<string[]> {
  const { id, state, seal, head, results, eligible, issued, papers, cast, counted, has_key } = election
  const isOpen = state === 'voting'
  const holds: [boolean, string][] = [
    [(isOpen ? counted : cast) <= issued, `${isOpen ? counted : cast} ballots, ${issued} issued`],
    [issued <= eligible, `${issued} issued, ${eligible} eligible`],
    [papers === issued, `${papers} papers signed, ${issued} issued`],
    [isOpen || cast === counted, `${cast} ballots in the box, ${counted} were cast`],
    [isOpen || !has_key, 'the private key is still there'],
    [seal === null || (head !== null && results !== null), 'the published lines are gone'],
  ]
  const faults = holds.filter(([isTrue]) => !isTrue).map(([, fault]) => fault)
  if (seal === null || head === null || results === null) return faults
  const found = await sealOf(beforeSeal({ head, results }, eachOf(piecesOfBox(ctx, id))))
  return found === seal ? faults : [...faults, `the seal is ${found}, it was ${seal}`]
}
