import { refuse, say } from '@commonhall/kernel'
import type { Method, Quota, Rules, TieAnswer, TieBreak } from './rules.ts'

type Json = Readonly<Record<string, unknown>>

const no = (key: string, shown: Record<string, unknown> = {}): never =>
  refuse('invalid_rules', say(`governance:counting.refused.${key}`, shown))

/** The quotas that make sense for each method; the first is the default. */
const quotas: Readonly<Record<Method, readonly Quota[]>> = {
  'yes-no': ['majority-of-continuing'],
  plurality: ['majority-of-continuing'],
  approval: ['majority-of-continuing'],
  score: ['majority-of-continuing'],
  cumulative: ['majority-of-continuing'],
  irv: ['majority-of-continuing', 'majority-of-first-round'],
  'irv-sequential': ['majority-of-continuing', 'majority-of-first-round'],
  stv: ['droop-whole', 'droop-fractional', 'hare-whole', 'hare-fractional'],
  'bottoms-up': [
    'droop-whole',
    'droop-fractional',
    'hare-whole',
    'hare-fractional',
    'majority-of-first-round',
    'majority-of-continuing',
  ],
  'bottoms-up-percentage': ['percentage-of-continuing'],
}

const methods = Object.keys(quotas) as Method[]
const yesNoAbstain = ['Yes', 'No', 'Abstain']

/**
 * Reads rules in the shape of rules.json, fills in the defaults, and refuses what is unknown, missing or contradictory.
 * @throws Refusal `invalid_rules`
 */
export function readRules(given: unknown): Rules {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return no('no_rules')
  const json = given as Json
  const method = choice(json, 'method', methods)
  const candidates = names(json, 'candidates') ?? (method === 'yes-no' ? yesNoAbstain : no('no_candidates'))
  const seats = method === 'bottoms-up-percentage' || method === 'yes-no' ? 1 : whole(json, 'seats', 1, 10_000, 1)
  const rules: Rules = {
    ...(typeof json['contest'] === 'string' ? { contest: json['contest'] } : {}),
    method,
    seats,
    candidates,
    excluded_candidates: names(json, 'excluded_candidates') ?? [],
    undeclared_write_ins: writeIns(json['undeclared_write_ins']),
    quota: choice(json, 'quota', quotas[method], quotas[method][0]),
    percentage: percentage(json['percentage'], method),
    eliminate_all_below_threshold: yes(json, 'eliminate_all_below_threshold'),
    winners_per_round: choice(json, 'winners_per_round', ['all-over-threshold', 'one'], 'all-over-threshold'),
    surplus: choice(json, 'surplus', ['weighted-inclusive-gregory'], 'weighted-inclusive-gregory'),
    decimal_places: whole(json, 'decimal_places', 0, 20, 4),
    overvote: choice(json, 'overvote', ['exhaust', 'skip', 'exhaust-if-multiple-continuing'], 'exhaust'),
    overvote_without_names: text(json, 'overvote_without_names', 'OVERVOTE'),
    max_skipped_ranks: wholeOrNull(json, 'max_skipped_ranks', 0, 1),
    max_rankings: wholeOrNull(json, 'max_rankings', 1, null),
    duplicate: choice(json, 'duplicate', ['skip', 'exhaust'], 'skip'),
    batch_elimination: yes(json, 'batch_elimination'),
    continue_until_two_remain: yes(json, 'continue_until_two_remain'),
    stop_after_round: wholeOrNull(json, 'stop_after_round', 1, null),
    minimum_first_round_votes: whole(json, 'minimum_first_round_votes', 0, 1_000_000_000, 0),
    tie_break: tieBreak(json['tie_break'], candidates),
    max_choices: wholeOrNull(json, 'max_choices', 1, method === 'plurality' ? seats : null),
    max_score: whole(json, 'max_score', 1, 1_000_000, 5),
    votes_per_ballot: whole(json, 'votes_per_ballot', 1, 1_000_000, seats),
  }
  return checked(rules)
}

/** What each rule may be by itself, and still not together with another. */
function checked(rules: Rules): Rules {
  const { method, candidates, excluded_candidates: excluded, undeclared_write_ins: group } = rules
  const everybody = [...candidates, ...excluded, ...(group.present ? [group.name] : [])]
  const twice = everybody.find((name, index) => everybody.indexOf(name) !== index)
  if (twice !== undefined) no('twice', { name: twice })
  const taken = ['', rules.overvote_without_names, 'exhausted', 'residual surplus']
  const reserved = everybody.find((name) => taken.includes(name))
  if (reserved !== undefined) no('reserved', { name: reserved })
  if (method === 'yes-no' && (candidates.length < 2 || candidates.length > 3)) no('yes_no')
  if (method === 'irv' && rules.seats !== 1) no('one_seat', { seats: rules.seats })
  if (method === 'stv' && rules.batch_elimination) no('only_irv', { rule: 'batch_elimination' })
  if (rules.continue_until_two_remain && method !== 'irv') no('only_irv', { rule: 'continue_until_two_remain' })
  return rules
}

function choice<Value extends string>(json: Json, key: string, known: readonly Value[], or?: Value): Value {
  const value = json[key] ?? or
  const found = known.find((one) => one === value)
  return found ?? no(value === undefined ? 'missing' : 'unknown', { rule: key, value, known: known.join(', ') })
}

function whole(json: Json, key: string, least: number, most: number, or: number): number {
  const value = json[key] ?? or
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  return no('whole', { rule: key, value: shown(value), least, most })
}

const wholeOrNull = <Or extends number | null>(json: Json, key: string, least: number, or: Or): number | null =>
  json[key] === null || json[key] === 'unlimited' || (json[key] === undefined && or === null)
    ? null
    : whole(json, key, least, 1_000_000, or ?? least)

function yes(json: Json, key: string): boolean {
  const value = json[key] ?? false
  return typeof value === 'boolean' ? value : no('yes_or_no', { rule: key, value: shown(value) })
}

function text(json: Json, key: string, or: string): string {
  const value = json[key] ?? or
  return typeof value === 'string' && value !== '' ? value : no('text', { rule: key, value: shown(value) })
}

function names(json: Json, key: string): readonly string[] | undefined {
  const value = json[key]
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value) || value.some((name) => typeof name !== 'string')) return no('names', { rule: key })
  return value as string[]
}

function writeIns(value: unknown): Rules['undeclared_write_ins'] {
  if (value === undefined || value === null) return { present: false, name: 'Undeclared Write-ins' }
  if (typeof value !== 'object') return no('text', { rule: 'undeclared_write_ins', value: shown(value) })
  const group = value as Json
  return { present: yes(group, 'present'), name: text(group, 'name', 'Undeclared Write-ins') }
}

function percentage(value: unknown, method: Method): string {
  if (method !== 'bottoms-up-percentage') return '0'
  const written = typeof value === 'number' ? String(value) : value
  if (typeof written !== 'string' || !/^\d{1,3}(\.\d{1,6})?$/.test(written)) return no('percentage')
  const isMore = Number(written) > 100 || Number(written) === 0
  return isMore ? no('percentage') : written
}

const seeded = ['random', 'random-permutation', 'previous-round-then-random'] as const
const modes = ['candidate-order', ...seeded, 'drawn-order', 'ask'] as const

function tieBreak(value: unknown, candidates: readonly string[]): TieBreak {
  if (value === undefined || value === null) return no('missing', { rule: 'tie_break', known: modes.join(', ') })
  if (typeof value !== 'object')
    return no('unknown', { rule: 'tie_break', value: shown(value), known: modes.join(', ') })
  const json = value as Json
  const mode = choice(json, 'mode', modes)
  if (mode === 'candidate-order') {
    const order = names(json, 'order')
    const missing = order && candidates.find((name) => !order.includes(name))
    if (missing !== undefined) no('order', { name: missing })
    return order ? { mode, order } : { mode }
  }
  const earlier = yes(json, 'previous_rounds') ? { previous_rounds: true } : {}
  if (mode === 'drawn-order') return { mode, seed: text(json, 'seed', ''), ...earlier }
  if (mode === 'ask') return { mode, ...earlier, answers: answers(json['answers']) }
  return { mode, seed: seedOf(json['seed']) }
}

/** A whole number, as text where it is too large for JSON's numbers. */
function seedOf(seed: unknown): number | string {
  const isNumber = typeof seed === 'number' && Number.isSafeInteger(seed)
  const isText = typeof seed === 'string' && /^-?\d{1,19}$/.test(seed)
  return isNumber || isText ? seed : no('seed')
}

function answers(value: unknown): readonly TieAnswer[] {
  if (value === undefined || value === null) return []
  const isAnswer = (one: Partial<TieAnswer> | null) =>
    one && Number.isInteger(one.round) && typeof one.chosen === 'string' && /^(elected|eliminated)$/.test(one.for ?? '')
  return Array.isArray(value) && value.every(isAnswer) ? (value as TieAnswer[]) : no('answers')
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
