import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { FileContext } from '@commonhall/kernel'

interface Kept {
  readonly record: string
  readonly of: ReturnType<typeof sql<Row>>
}

interface Row {
  readonly row: Readonly<Record<string, unknown>>
}

/** What is kept besides the box, each kind under its name, in an order that tells nothing of when it was written. */
const kept = (id: string): readonly Kept[] => [
  {
    record: 'held',
    of: sql`select to_jsonb(e) - '{org_id,search_text,counters}'::text[] as row
    from governance.election e where e.id = ${id}`,
  },
  {
    record: 'candidate',
    of: sql`select to_jsonb(c) - '{org_id,search_text}'::text[] as row
    from governance.candidate c where c.election = ${id} order by c.contest, c.position nulls last, c.id`,
  },
  {
    record: 'voter',
    of: sql`select jsonb_build_object('id', v.id, 'name', v.name, 'member', v.member, 'unit', v.unit,
      'eligible', v.eligible, 'why_not', v.why_not, 'notice', v.notice, 'taken', v.taken,
      'challenge', v.challenge) as row
    from governance.voter v where v.election = ${id} order by v.name, v.id`,
  },
  {
    record: 'notice',
    of: sql`select to_jsonb(n) - '{org_id}'::text[] as row
    from governance.voter_notice n where n.election = ${id} order by n.voter, n.id`,
  },
  {
    record: 'observer',
    of: sql`select to_jsonb(o) - '{org_id}'::text[] as row
    from governance.observer o where o.election = ${id} order by o.id`,
  },
  {
    record: 'paper',
    of: sql`select to_jsonb(p) - '{org_id,search_text}'::text[]
      || jsonb_build_object('entries', coalesce((
        select jsonb_agg(jsonb_build_object('place', x.place, 'entered_by', x.entered_by, 'choices', x.choices)
          order by x.place)
        from governance.paper_entry x where x.org_id = p.org_id and x.paper_ballot = p.id), '[]')) as row
    from governance.paper_ballot p where p.election = ${id} order by p.number`,
  },
  { record: 'trail', of: sql`select t.entry as row from governance.trail_of(${id}) t` },
]

/**
 * The sealed archive: the box to the letter, then everything else that is kept of the election, and at the end a seal
 * over all of it, with how many there are of each kind.
 */
export async function* archiveLines(
  ctx: Pick<FileContext, 'rows'>,
  id: string,
  box: AsyncIterable<string>,
): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const sealed = (line: string) => {
    hash.update(line, 'utf8')
    return line
  }
  for await (const line of box) yield sealed(line)
  const counts: Record<string, number> = {}
  for (const { record, of } of kept(id)) {
    counts[record] = 0
    for await (const { row } of ctx.rows(of)) {
      counts[record]++
      yield sealed(`${JSON.stringify({ record, row })}\n`)
    }
  }
  yield `${JSON.stringify({ record: 'archive-seal', counts, sha256: hash.digest('hex') })}\n`
}
