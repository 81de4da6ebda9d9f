import { sql } from 'kysely'
import { defineRoute, field, refuse, say } from '@commonhall/kernel'
import { type Count, sayReason, type Tabulation } from '../counting/index.ts'
import { type ContestOnBallot, contestsOf } from './contests.ts'
import { warningsOf } from './missing.ts'
import { counterSchema, sentences } from './schemas.ts'
import type { Counters } from './tally-of-papers.ts'

const text = { type: 'string' } as const
const id = { type: 'string', format: 'uuid' } as const
const orNull = { type: ['string', 'null'] } as const

const contestSchema = {
  type: 'object',
  required: ['id', 'name', 'method', 'seats', 'candidates', 'winners', 'result', 'rounds'],
  properties: {
    id,
    name: text,
    method: text,
    seats: { type: 'integer', minimum: 1 },
    candidates: {
      type: 'array',
      maxItems: 500,
      items: { type: 'object', required: ['id', 'name'], properties: { id: text, name: text } },
    },
    winners: { type: 'array', maxItems: 500, items: text },
    result: { description: 'The count with all rounds, candidates by id; null before it is there' },
    rounds: {
      type: 'array',
      maxItems: 10_000,
      items: {
        type: 'object',
        required: ['round', 'pass', 'sentences'],
        properties: { round: { type: 'integer' }, pass: { type: ['integer', 'null'] }, sentences },
      },
    },
  },
} as const

interface Shown {
  readonly state: string
  readonly seal: string | null
  readonly key_fingerprint: string | null
  readonly seed: string | null
  readonly counters: (Counters & { readonly not_back_because?: string }) | null
}

/** What came of an election, round by round and in words. Before it is counted there is nothing of it. */
export const readResults = defineRoute({
  method: 'GET',
  path: '/elections/{id}/results',
  summary: 'The result of an election, round by round',
  rule: 'governance.election.read',
  params: { id: field.ref('governance.election', { required: true }) },
  reply: {
    type: 'object',
    required: ['state', 'counted', 'seal', 'seed', 'key_fingerprint', 'counters', 'warnings', 'contests'],
    properties: {
      state: text,
      counted: { type: 'boolean' },
      seal: orNull,
      seed: orNull,
      key_fingerprint: orNull,
      counters: { anyOf: [counterSchema, { type: 'null' }] },
      warnings: sentences,
      contests: { type: 'array', maxItems: 200, items: contestSchema },
    },
  },
  async run(ctx, { params }) {
    const { rows } = await sql<Shown>`
      select state, seal, seed, key_fingerprint, counters from governance.election where id = ${params.id}`.execute(
      ctx.db,
    )
    const election = rows[0] ?? refuse('not_found', say('governance:closing.no_election'))
    const isCounted = election.seal !== null
    const contests = await contestsOf(ctx, params.id)
    return {
      ...election,
      counted: isCounted,
      counters: isCounted ? election.counters : null,
      warnings: isCounted && election.counters ? warningsOf(election.counters) : [],
      contests: contests.map((contest) => shown(contest, isCounted ? (contest.result as Count | null) : null)),
    }
  },
})

function shown({ id: contest, name, method, seats, candidates }: ContestOnBallot, result: Count | null) {
  const nameOf = (of: string) => candidates.find((one) => one.id === of)?.name ?? of
  const passes = !result ? [] : 'passes' in result ? result.passes : [result]
  return {
    id: contest,
    name,
    method,
    seats,
    candidates: candidates.map((one) => ({ id: one.id, name: one.name })),
    winners: result?.winners ?? [],
    result,
    rounds: passes.flatMap((pass, index) => inWords(pass, passes.length > 1 ? index + 1 : null, nameOf)),
  }
}

const inWords = ({ rounds }: Tabulation, pass: number | null, nameOf: (id: string) => string) =>
  rounds.map(({ round, reasons }) => ({ round, pass, sentences: reasons.map((reason) => sayReason(reason, nameOf)) }))
