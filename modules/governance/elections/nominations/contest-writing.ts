import { sql } from 'kysely'
import { type Change, type Context, defineWriting, type FieldError, Refusal, say } from '@commonhall/kernel'
import { countingRules } from '../ballot/counting-rules.ts'
import { contest } from '../../resources/contest.ts'

type Given = Change<typeof contest>

const fault = (path: string, code: string): FieldError => ({
  path,
  code,
  message: say(`governance:contest.${code}`),
})

/** What is wrong with the rules of counting, by the reader that the count itself uses. */
function faultOfOptions(contest: Omit<Given['next'], 'election'>): FieldError | undefined {
  const { counting_options: options } = contest
  if (options !== null && (typeof options !== 'object' || Array.isArray(options)))
    return fault('counting_options', 'options')
  try {
    countingRules(contest, ['1', '2'], 'seed')
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { path: 'counting_options', code: 'counting', message: error.message }
  }
}

/** What contradicts itself in a contest, before anybody votes by it. */
export function faultsOfContest(contest: Omit<Given['next'], 'election'>): FieldError[] {
  const { method, seats, choices } = contest
  const oneSeat = method === 'irv' || method === 'yes-no'
  const errors: FieldError[] = []
  if (oneSeat && seats > 1) errors.push(fault('seats', 'one_seat'))
  if (method === 'yes-no' && choices !== null && choices > 1) errors.push(fault('choices', 'one_choice'))
  const options = errors.length ? undefined : faultOfOptions(contest)
  return options ? [options] : errors
}

async function statesOf(ctx: Context, elections: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; state: string }>`
    select id, state from governance.election where id = any(${elections}::uuid[])`.execute(ctx.db)
  return new Map(rows.map(({ id, state }) => [id, state]))
}

/** Contests change until the ballot is published, and not after. */
export const contestWriting = defineWriting(contest, async (ctx, changes) => {
  const states = await statesOf(ctx, [...new Set(changes.map(({ next }) => next.election))])
  return changes.map(({ next }) => {
    const state = states.get(next.election)
    const closed = state !== undefined && state !== 'draft' && state !== 'nominations'
    const errors = closed ? [fault('election', 'published')] : faultsOfContest(next)
    return errors.length ? { errors } : {}
  })
})
