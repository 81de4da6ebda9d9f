import { sql } from 'kysely'
import { defineRoute, field, refuse, say } from '@commonhall/kernel'

/** Members who can be nominated, by their names alone: whoever may nominate need not be able to read the roll. */
export const readNominees = defineRoute({
  method: 'GET',
  path: '/contests/{id}/nominees',
  summary: 'Look for somebody to nominate',
  rule: 'governance.candidate.create',
  params: { id: field.ref('governance.contest', { required: true }) },
  query: { q: field.text({ max: 100 }) },
  reply: {
    type: 'object',
    required: ['data'],
    properties: {
      data: {
        type: 'array',
        maxItems: 20,
        items: {
          type: 'object',
          required: ['id', 'name'],
          properties: { id: { type: 'string', format: 'uuid' }, name: { type: 'string', maxLength: 240 } },
        },
      },
    },
  },
  async run(ctx, { params: { id }, query: { q } }) {
    const { rows: there } = await sql`select from governance.contest where id = ${id}::uuid`.execute(ctx.db)
    if (!there.length) refuse('not_found', say('governance:held.no_contest'))
    // A name that is typed finds people; nothing typed, oneself alone: nobody reads the roll through this door.
    const words = (q ?? '').split(/\s+/).filter((word) => word.length > 1)
    const { rows } = await sql<{ id: string; name: string }>`
      select m.id, m.first_name || ' ' || m.last_name as name
      from members.member m join governance.contest c on c.id = ${id}::uuid
        join governance.election e on e.id = c.election and e.kind = 'people'
      where m.state in ('active', 'retired') and m.archived_at is null
        and case when ${words.length} = 0 then m.id = ${ctx.actor.memberId}::uuid
          else foundation.fold(m.first_name || ' ' || m.last_name)
            like all (foundation.search_patterns(${words}::text[])) end
        and not exists (select from governance.candidate k where k.contest = c.id and k.member = m.id)
      order by m.last_name, m.first_name, m.id limit 20`.execute(ctx.db)
    return { data: rows }
  },
})
