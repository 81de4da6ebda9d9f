import { ballot } from './ballots.ts'
import { booth } from './booth.ts'
import { closing } from './closing.ts'
import { counting } from './counting.ts'
import { electionPages } from './election-pages.ts'
import { lifecycle } from './lifecycle.ts'
import { proposalPages } from './proposal-pages.ts'
import { proposals } from './proposals.ts'
import { results } from './results.ts'

/** Everything that people read of proposals and elections and that no declaration says. */
export const words = {
  ...lifecycle,
  ...proposals,
  constraint: { ...lifecycle.constraint, ...proposals.constraint },
  ballot,
  booth,
  closing,
  counting,
  electionPages,
  proposalPages,
  results,
}
