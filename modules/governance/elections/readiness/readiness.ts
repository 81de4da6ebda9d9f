import { dayAfter, say, spokenDate, spokenInstant } from '@commonhall/kernel'
import type { RulesInForce } from '../rules-in-force.ts'

/** A contest, as far as it can be missing something. */
export interface ContestFacts {
  readonly name: string
  readonly method: string
  readonly seats: number
  /** Who accepted, or the options there are. */
  readonly standing: number
  readonly unanswered: readonly string[]
}

/** All that decides whether an election may take its next step. */
export interface Facts {
  readonly state: string
  readonly kind: 'people' | 'options' | 'proposal'
  readonly rule_set: string | null
  /** In force on the day that counts; null: no version is. */
  readonly rules: Pick<RulesInForce, 'electorate' | 'notice_days' | 'union_election'> | null
  readonly rules_day: string
  readonly nominations_until_at: string | null
  readonly opens_at: string | null
  readonly closes_at: string | null
  /** The day on which voting opens, where the organization is. */
  readonly opens_on: string | null
  readonly contests: readonly ContestFacts[]
  /** On the roll, and whoever of them may vote. */
  readonly voters: number
  readonly eligible: number
  /** Who may vote and had no proven notice in time, and the first of them by name. */
  readonly unnoticed: number
  readonly unnoticed_names: string | null
  readonly observers: number
}

export interface Sentence {
  readonly code: string
  readonly sentence: string
}

export interface Readiness {
  /** The act that comes next; null where nothing is to be prepared any more. */
  readonly next: 'open-nominations' | 'publish' | 'open' | null
  readonly missing: readonly Sentence[]
  readonly warnings: readonly Sentence[]
}

/** What time it is, for whom. */
export interface Now {
  readonly at: string
  readonly today: string
  readonly timeZone: string
}

/** Fewer voters than this, and a result tells too much of each. Source: "Secrecy and proof" in the rules of voting. */
const fewVoters = 5

const missing = (code: string, params: Record<string, unknown> = {}): Sentence => ({
  code,
  sentence: say(`governance:ready.${code}`, params),
})
const warning = (code: string, params: Record<string, unknown> = {}): Sentence => ({
  code,
  sentence: say(`governance:warn.${code}`, params),
})

const isPast = (instant: string, { at }: Now) => Date.parse(instant) <= Date.parse(at)

/** The step after this state. Who stands for an office is nominated first; all else goes straight to a ballot. */
export function nextStep({ state, kind }: Pick<Facts, 'state' | 'kind'>): Readiness['next'] {
  if (state === 'draft') return kind === 'people' ? 'open-nominations' : 'publish'
  if (state === 'nominations') return 'publish'
  return state === 'published' ? 'open' : null
}

/** Everything that stands between an election and a step, and what one should know before it. */
export function readinessFor(step: Readiness['next'], facts: Facts, now: Now): Readiness {
  if (step === null) return { next: null, missing: [], warnings: [] }
  const found = step === 'open' ? beforeOpening(facts, now) : beforePublication(step, facts, now)
  return { next: step, missing: [...ofRules(facts), ...found], warnings: warningsOf(step, facts) }
}

function ofRules({ rule_set: set, rules, rules_day: day }: Facts): Sentence[] {
  if (set === null) return [missing('no_rules')]
  if (!rules) return [missing('rules_not_in_force', { day: spokenDate(day) })]
  return rules.electorate === 'share' ? [missing('share_secret')] : []
}

function beforePublication(step: 'open-nominations' | 'publish', facts: Facts, now: Now): Sentence[] {
  const { contests, nominations_until_at: until } = facts
  const found: Sentence[] = contests.length ? [] : [missing('no_contests')]
  if (step === 'open-nominations') {
    if (until === null) found.push(missing('no_nominations_end'))
    else if (isPast(until, now)) found.push(missing('nominations_end_past'))
    return found
  }
  if (facts.state === 'nominations' && until !== null && !isPast(until, now))
    found.push(missing('nominations_open', { until: spokenInstant(until, now.timeZone) }))
  return [...found, ...ofDates(facts, now), ...contests.flatMap((one) => ofContest(facts.kind, one))]
}

function ofDates(facts: Facts, now: Now): Sentence[] {
  const { opens_at: opens, closes_at: closes, opens_on: day, rules } = facts
  const found: Sentence[] = []
  if (opens === null) found.push(missing('no_opening'))
  if (closes === null) found.push(missing('no_closing'))
  else if (isPast(closes, now)) found.push(missing('closing_past', { closes: spokenInstant(closes, now.timeZone) }))
  const earliest = dayAfter(now.today, rules?.union_election ? rules.notice_days : 0)
  // Who was told before the ballot was taken back to be mended need not be told again.
  if (rules?.union_election && day !== null && day < earliest && (facts.eligible === 0 || facts.unnoticed > 0))
    found.push(missing('too_soon', { days: rules.notice_days, day: spokenDate(earliest) }))
  return found
}

function ofContest(kind: Facts['kind'], { name, method, standing }: ContestFacts): Sentence[] {
  if (method === 'yes-no') return []
  if (standing === 0) return [missing('no_candidates', { contest: name })]
  return kind !== 'people' && standing === 1 ? [missing('one_option', { contest: name })] : []
}

function beforeOpening(facts: Facts, now: Now): Sentence[] {
  const { opens_at: opens, closes_at: closes, rules } = facts
  const found: Sentence[] = []
  if (opens !== null && !isPast(opens, now))
    found.push(missing('opens_later', { opens: spokenInstant(opens, now.timeZone) }))
  if (closes !== null && isPast(closes, now))
    found.push(missing('closing_past', { closes: spokenInstant(closes, now.timeZone) }))
  if (facts.voters === 0) found.push(missing('roll_not_drawn'))
  else if (facts.eligible === 0) found.push(missing('no_voters'))
  if (rules?.union_election && facts.unnoticed > 0) {
    const { unnoticed: count, unnoticed_names: names } = facts
    found.push(missing('unnoticed', { count, days: rules.notice_days, names }))
  }
  return found
}

function warningsOf(step: NonNullable<Readiness['next']>, facts: Facts): Sentence[] {
  if (step === 'open-nominations') return []
  const { eligible: count, rules, contests, unnoticed } = facts
  const found: Sentence[] = []
  if (count > 0 && count < fewVoters) found.push(warning('few_voters', { count }))
  if (rules?.union_election) {
    for (const { name, method } of contests)
      if (method !== 'plurality' && method !== 'yes-no') found.push(warning('not_plurality', { contest: name }))
    if (facts.observers === 0) found.push(warning('no_observers'))
  }
  if (step === 'publish') return [...found, ...contests.flatMap((one) => warningsOfContest(facts.kind, one))]
  if (!rules?.union_election && unnoticed > 0) found.push(warning('unnoticed', { count: unnoticed }))
  return found
}

function warningsOfContest(kind: Facts['kind'], contest: ContestFacts): Sentence[] {
  const { name, seats, standing, unanswered } = contest
  const found: Sentence[] = []
  if (unanswered.length)
    found.push(warning('unanswered', { count: unanswered.length, names: unanswered.slice(0, 3).join('; ') }))
  if (kind === 'people' && standing > 0 && standing <= seats) found.push(warning('uncontested', { contest: name }))
  return found
}
