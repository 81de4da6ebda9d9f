import { type Context, refuseField, say } from '@commonhall/kernel'
import { blankMarks, checkMarks, type FilledBallot, orderedMarks } from '../ballots/ballot.ts'
import { contestsOf, formOf } from '../closing/contests.ts'

type Choices = FilledBallot['choices']

/**
 * What somebody read off a paper, in the one way in which it can be written: contests that are left out are blank. Too
 * many marks are no mistake here, for so it may stand on the paper; the rules of counting say what becomes of them.
 */
export async function marksOnPaper(ctx: Context, election: string, given: unknown): Promise<Choices> {
  const { contests } = formOf(election, await contestsOf(ctx, election))
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return refuseField('choices', 'malformed', say('governance:closing.no_choices'))
  const choices = given as Record<string, unknown>
  const stranger = Object.keys(choices).find((id) => !contests.some((contest) => contest.id === id))
  if (stranger !== undefined) refuseField('choices', 'unknown_contest', say('governance:ballot.unknown_contest'))
  return Object.fromEntries(
    contests.map((contest) => {
      const marks = choices[contest.id] ?? blankMarks(contest)
      const wrong = checkMarks(contest, marks, { asOnPaper: true })
      if (wrong) refuseField('choices', wrong.code, wrong.message)
      return [contest.id, orderedMarks(contest, marks)]
    }),
  )
}
