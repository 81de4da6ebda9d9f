import { sql } from 'kysely'
import { type Context, defineRoute, field, refuse, say } from '@commonhall/kernel'
import { contestsOf } from './contests.ts'
import { missingOf, sayMissing, warningsOf, warningsWhileVoting } from './missing.ts'
import { reasonWithout } from './reason-without.ts'
import { counterSchema, sentences } from './schemas.ts'
import { tallyOfPapers } from './tally-of-papers.ts'

const tieSchema = {
  type: 'object',
  required: ['contest', 'name', 'round', 'pass', 'for', 'among'],
  properties: {
    contest: { type: 'string', format: 'uuid' },
    name: { type: 'string' },
    round: { type: 'integer', minimum: 1 },
    pass: { type: ['integer', 'null'] },
    for: { type: 'string', enum: ['elected', 'eliminated'] },
    among: {
      type: 'array',
      maxItems: 200,
      items: {
        type: 'object',
        required: ['id', 'name'],
        properties: { id: { type: 'string' }, name: { type: 'string' } },
      },
    },
  },
} as const

/** Ties at which the count has stopped. */
export async function openTies(ctx: Context, election: string) {
  const contests = await contestsOf(ctx, election)
  return contests.flatMap(({ id, name, candidates, result }) => {
    const asks = result?.asks
    if (!asks) return []
    const among = candidates.filter((one) => asks.among.includes(one.id)).map((one) => ({ id: one.id, name: one.name }))
    return [{ contest: id, name, round: asks.round, pass: asks.pass ?? null, for: asks.for, among }]
  })
}

/** What still stands between the close of voting and a result. */
export const countingStands = defineRoute({
  method: 'GET',
  path: '/elections/{id}/counting',
  summary: 'How the counting of an election stands',
  rule: 'governance.paper-ballot.read',
  params: { id: field.ref('governance.election', { required: true }) },
  reply: {
    type: 'object',
    required: ['state', 'counted', 'can_count_without', 'counters', 'missing', 'warnings', 'ties'],
    properties: {
      state: { type: 'string' },
      counted: { type: 'boolean' },
      can_count_without: { type: 'boolean', description: 'Nothing is missing but papers that did not come back' },
      counters: counterSchema,
      missing: sentences,
      warnings: sentences,
      ties: { type: 'array', maxItems: 200, items: tieSchema },
    },
  },
  async run(ctx, { params: { id } }) {
    const { rows } = await sql<{ state: string; seal: string | null }>`
      select state, seal from governance.election where id = ${id}`.execute(ctx.db)
    const election = rows[0] ?? refuse('not_found', say('governance:closing.no_election'))
    const tally = await tallyOfPapers(ctx, id)
    const isClosed = election.state !== 'voting'
    const missing = election.seal === null ? missingOf(tally, (await reasonWithout(ctx, id)) !== null) : []
    const { entered: _one, differs: _two, undecided: _three, ...counters } = tally
    return {
      state: election.state,
      counted: election.seal !== null,
      can_count_without: election.state === 'counting' && missing.length > 0 && missing.every(isNotBack),
      counters,
      missing: missing.map(sayMissing),
      warnings: isClosed ? warningsOf(counters) : warningsWhileVoting(counters),
      ties: election.seal === null ? await openTies(ctx, id) : [],
    }
  },
})

const isNotBack = ({ code }: { readonly code: string }) => code === 'not_back'
