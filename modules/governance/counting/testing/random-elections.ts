import fc from 'fast-check'
import { type Ballot, readRules, type Rules } from '../index.ts'

const names = ['Ann', 'Ben, Jr.', 'Cy "Red" Day', 'Eve', 'Fay', 'Gus']

/** A rank: mostly one name, now and then none or several. */
const rank = (candidates: readonly string[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...candidates).map((name) => [name]) },
    { weight: 1, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...candidates), { minLength: 2, maxLength: 3 }) },
  )

export const rankedBallots = (candidates: readonly string[], most = 30): fc.Arbitrary<Ballot[]> =>
  fc.array(
    fc.record({
      count: fc.integer({ min: 1, max: 4 }),
      ranks: fc.array(rank(candidates), { maxLength: candidates.length + 1 }),
    }),
    { maxLength: most },
  )

export const someCandidates = fc.integer({ min: 2, max: names.length }).map((size) => names.slice(0, size))

const errors = {
  overvote: fc.constantFrom('exhaust', 'skip', 'exhaust-if-multiple-continuing'),
  max_skipped_ranks: fc.constantFrom(null, 0, 1, 2),
  max_rankings: fc.constantFrom(null, 2, 4),
  duplicate: fc.constantFrom('skip', 'exhaust'),
}

export interface Election {
  readonly rules: Rules
  readonly ballots: Ballot[]
}

/** An election by ranks under rules that the naive count knows. */
export const plainElections: fc.Arbitrary<Election> = someCandidates.chain((candidates) =>
  fc
    .record({
      method: fc.constantFrom('irv', 'stv', 'stv', 'bottoms-up'),
      seats: fc.integer({ min: 1, max: 3 }),
      quota: fc.constantFrom('droop-whole', 'droop-fractional', 'hare-whole', 'hare-fractional'),
      decimal_places: fc.integer({ min: 0, max: 6 }),
      ...errors,
    })
    .chain((random) => {
      const isIrv = random.method === 'irv'
      const rules = readRules({
        ...random,
        candidates,
        seats: isIrv ? 1 : random.seats,
        quota: isIrv ? 'majority-of-continuing' : random.quota,
        tie_break: { mode: 'candidate-order' },
      })
      return rankedBallots(candidates).map((ballots) => ({ rules, ballots }))
    }),
)

/** An election by ranks under any rules. */
export const anyElections: fc.Arbitrary<Election> = someCandidates.chain((candidates) =>
  fc
    .record({
      method: fc.constantFrom('irv', 'irv-sequential', 'stv', 'bottoms-up', 'bottoms-up-percentage'),
      seats: fc.integer({ min: 1, max: 3 }),
      write_ins: fc.boolean(),
      excluded: fc.boolean(),
      percentage: fc.constantFrom('5', '12.5', '34'),
      batch_elimination: fc.boolean(),
      continue_until_two_remain: fc.boolean(),
      eliminate_all_below_threshold: fc.boolean(),
      winners_per_round: fc.constantFrom('all-over-threshold', 'one'),
      minimum_first_round_votes: fc.constantFrom(0, 0, 2),
      stop_after_round: fc.constantFrom(null, null, 2),
      tie_break: fc.constantFrom(
        { mode: 'candidate-order' },
        { mode: 'random', seed: 7 },
        { mode: 'random-permutation', seed: 7 },
        { mode: 'previous-round-then-random', seed: 7 },
        { mode: 'drawn-order', seed: 'seven', previous_rounds: true },
      ),
      ...errors,
    })
    .chain(({ write_ins: present, excluded, ...random }) => {
      const { method, seats, batch_elimination: batch, continue_until_two_remain: untilTwo } = random
      const isIrv = method === 'irv'
      const rules = readRules({
        ...random,
        candidates,
        seats: isIrv ? 1 : seats,
        excluded_candidates: excluded ? ['Out'] : [],
        undeclared_write_ins: { present },
        batch_elimination: batch && method !== 'stv',
        continue_until_two_remain: untilTwo && isIrv,
      })
      const named = [...candidates, ...(excluded ? ['Out'] : []), ...(present ? ['Undeclared Write-ins'] : [])]
      return rankedBallots(named).map((ballots) => ({ rules, ballots }))
    }),
)
