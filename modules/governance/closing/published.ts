import { sql } from 'kysely'
import { type FileContext, refuse, say } from '@commonhall/kernel'

/** An election whose box is published. */
export interface Published {
  readonly name: string
  readonly seal: string
  readonly head: string
  readonly results: string
  readonly ballots: number
}

/** @throws Refusal `conflict` before it is counted. */
export async function publishedBox({ db }: Pick<FileContext, 'db'>, election: string): Promise<Published> {
  const { rows } = await sql<{ name: string } & { [Key in keyof Omit<Published, 'name'>]: Published[Key] | null }>`
    select e.name, e.seal, p.head, p.results,
      (select count(*)::integer from governance.ballot b where b.election = e.id) as ballots
    from governance.election e left join governance.published_box p on p.org_id = e.org_id and p.election = e.id
    where e.id = ${election}`.execute(db)
  const row = rows[0] ?? refuse('not_found', say('governance:closing.no_election'))
  const { name, seal, head, results, ballots } = row
  if (seal === null || head === null || results === null)
    return refuse('conflict', say('governance:closing.not_counted', { name }))
  return { name, seal, head, results, ballots: ballots ?? 0 }
}

/** What files of an election are called. */
export const fileName = (org: string, name: string, what: string) =>
  `${org}-${name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60)}-${what}.jsonl`
