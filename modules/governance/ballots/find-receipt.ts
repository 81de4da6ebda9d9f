import { sql } from 'kysely'
import { defineRoute, field, refuse, say } from '@commonhall/kernel'

/** Whether a receipt stands in the box, once it is published: with the ballot, as everybody can read it there. */
export const findReceipt = defineRoute({
  method: 'GET',
  path: '/elections/{id}/receipts/{receipt}',
  summary: 'Look for a receipt in the published box',
  rule: 'governance.election.read',
  params: {
    id: field.ref('governance.election', { required: true }),
    receipt: field.text({ required: true, max: 64, help: '64 hexadecimal digits.' }),
  },
  reply: {
    type: 'object',
    required: ['receipt', 'ballot'],
    properties: {
      receipt: { type: 'string', maxLength: 64 },
      ballot: { type: 'string', maxLength: 70_000, description: 'As it was sealed' },
    },
  },
  async run(ctx, { params: { id, receipt } }) {
    const { rows } = await sql<{ published: boolean; ballot: string | null }>`
      select e.seal is not null as published, b.ballot from governance.election e
      left join governance.ballot b on b.org_id = e.org_id and b.election = e.id and b.receipt = lower(${receipt})
        and e.seal is not null
      where e.id = ${id}`.execute(ctx.db)
    const [found] = rows
    if (!found) return refuse('not_found', say('governance:ballot.no_election'))
    if (!found.published) return refuse('not_published', say('governance:ballot.not_published'), { status: 409 })
    if (found.ballot === null) return refuse('not_found', say('governance:ballot.no_such_receipt'))
    return { receipt: receipt.toLowerCase(), ballot: found.ballot }
  },
})
