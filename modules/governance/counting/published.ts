import type { Count, Round, Tabulation } from './result.ts'

/** A count without its reasons: figures alone, in the form that tabulators exchange and that verifiers compare. */
export function published(count: Count) {
  return 'passes' in count ? { ...count, passes: count.passes.map(plain) } : plain(count)
}

const plain = <Whole extends Tabulation>(whole: Whole) => ({ ...whole, rounds: whole.rounds.map(figures) })

const figures = ({ round, threshold, tally, inactive, elected, eliminated, transfers }: Round) => ({
  round,
  threshold,
  tally,
  inactive,
  elected,
  eliminated,
  transfers,
})
