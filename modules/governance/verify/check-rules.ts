import type { ContestInFile, HeadInFile } from './box-file.ts'
import type { Finding } from './finding.ts'

/**
 * The rules of each contest against what else the head says of it: whoever counts out a winner, or draws ties from
 * another seed, makes a result that fits these rules, but not those that were published before anybody voted.
 */
export function checkRules({ contests, seed }: HeadInFile): Finding[] {
  return contests.flatMap((contest) => {
    const of = (what: string): Finding => ({ code: 'rules', line: 1, params: { contest: contest.name, what } })
    return wrongIn(contest, seed).map(of)
  })
}

function wrongIn({ id, candidates, counting }: ContestInFile, seed: string | null): string[] {
  const found: string[] = []
  if (!areSame(counting['candidates'], idsOf(candidates, false))) found.push('candidates')
  if (!areSame(counting['excluded_candidates'] ?? [], idsOf(candidates, true))) found.push('excluded_candidates')
  const tie = counting['tie_break']
  if (isDrawn(tie) && tie.seed !== (seed ?? id)) found.push('tie_break.seed')
  return found
}

const idsOf = (candidates: ContestInFile['candidates'], isOut: boolean) =>
  candidates.filter(({ out = false }) => out === isOut).map(({ id }) => id)

/** In the order of the ballot, for some ties are settled by it. */
const areSame = (said: unknown, ids: readonly string[]) => JSON.stringify(said) === JSON.stringify(ids)

const isDrawn = (tie: unknown): tie is { readonly mode: string; readonly seed: unknown } =>
  typeof tie === 'object' && tie !== null && 'mode' in tie && tie.mode === 'drawn-order' && 'seed' in tie
