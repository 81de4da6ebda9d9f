import { addWords } from '@commonhall/kernel'
import { beforeAll, expect, test } from 'vitest'
import { readRules, words } from './index.ts'
import { caseNames, readCase } from './testing/read-case.ts'

beforeAll(() => addWords('governance', { counting: words }))

const good = { method: 'irv', candidates: ['A', 'B'], tie_break: { mode: 'candidate-order' } }

test('rules that say little have the defaults', () => {
  expect(readRules(good)).toEqual({
    method: 'irv',
    seats: 1,
    candidates: ['A', 'B'],
    excluded_candidates: [],
    undeclared_write_ins: { present: false, name: 'Undeclared Write-ins' },
    quota: 'majority-of-continuing',
    percentage: '0',
    eliminate_all_below_threshold: false,
    winners_per_round: 'all-over-threshold',
    surplus: 'weighted-inclusive-gregory',
    decimal_places: 4,
    overvote: 'exhaust',
    overvote_without_names: 'OVERVOTE',
    max_skipped_ranks: 1,
    max_rankings: null,
    duplicate: 'skip',
    batch_elimination: false,
    continue_until_two_remain: false,
    stop_after_round: null,
    minimum_first_round_votes: 0,
    tie_break: { mode: 'candidate-order' },
    max_choices: null,
    max_score: 5,
    votes_per_ballot: 1,
  })
})

test.each(caseNames)('the rules of %s are read, and read again', (name) => {
  const rules = readRules(readCase(name).rules)
  expect(readRules(JSON.parse(JSON.stringify(rules)))).toEqual(rules)
})

test.each([
  [null, 'one object'],
  [[], 'one object'],
  [{ ...good, method: undefined }, 'leave out "method". It is one of: yes-no, plurality'],
  [{ ...good, method: 'borda' }, 'say "borda" for "method", which is none of: yes-no'],
  [{ ...good, candidates: undefined }, 'name no candidates'],
  [{ ...good, candidates: 'A' }, 'a list of names as "candidates"'],
  [{ ...good, candidates: ['A', 'A'] }, 'name "A" twice'],
  [{ ...good, candidates: ['A', 'OVERVOTE'] }, 'called "OVERVOTE"'],
  [{ ...good, candidates: ['A', 'exhausted'] }, 'called "exhausted"'],
  [{ ...good, excluded_candidates: ['A'] }, 'name "A" twice'],
  [{ ...good, seats: 2 }, 'elects one, and the rules ask for 2'],
  [{ ...good, seats: 0 }, 'a whole number from 1'],
  [{ ...good, quota: 'droop-whole' }, 'say "droop-whole" for "quota"'],
  [{ ...good, overvote: 'maybe' }, 'say "maybe" for "overvote"'],
  [{ ...good, max_skipped_ranks: -1 }, 'from 0 to'],
  [{ ...good, max_rankings: 0 }, 'from 1 to'],
  [{ ...good, surplus: 'random-sample' }, 'say "random-sample" for "surplus"'],
  [{ ...good, decimal_places: 21 }, 'from 0 to 20'],
  [{ ...good, batch_elimination: 'yes' }, 'must be true or false'],
  [{ ...good, method: 'stv', batch_elimination: true }, '"batch_elimination" is one of instant run-off'],
  [{ ...good, method: 'stv', continue_until_two_remain: true }, '"continue_until_two_remain" is one of'],
  [{ ...good, method: 'bottoms-up-percentage' }, '"percentage" above 0'],
  [{ ...good, method: 'bottoms-up-percentage', percentage: 101 }, '"percentage" above 0'],
  [{ ...good, method: 'yes-no', candidates: ['Yes'] }, 'two or three candidates'],
  [{ ...good, tie_break: undefined }, 'leave out "tie_break"'],
  [{ ...good, tie_break: { mode: 'coin' } }, 'say "coin" for "mode"'],
  [{ ...good, tie_break: { mode: 'candidate-order', order: ['A'] } }, 'leaves out "B"'],
  [{ ...good, tie_break: { mode: 'random' } }, '"seed", a whole number'],
  [{ ...good, tie_break: { mode: 'random', seed: 1.5 } }, '"seed", a whole number'],
  [{ ...good, tie_break: { mode: 'drawn-order' } }, 'for "seed": it must be a text'],
  [{ ...good, tie_break: { mode: 'ask', answers: [{ round: 1 }] } }, 'answers to ties must be a list'],
])('%j is refused', (given, sentence) => {
  expect(() => readRules(given)).toThrow(sentence)
})
