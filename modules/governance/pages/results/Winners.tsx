import { Icon } from '@commonhall/ui'
import type { Tabulation } from '../../counting/result.ts'
import classes from './results.module.css'
import { t } from './t.ts'
import type { CountedContest } from './wire.tsx'

/** "Ana, Ben and Cleo". */
const listed = (names: readonly string[]): string => {
  const last = names.at(-1) ?? ''
  return names.length > 1 ? t('won.and', { first: names.slice(0, -1).join(', '), last }) : last
}

/** What came of a contest, in a sentence. */
export function outcomeOf({ candidates, winners, result, method }: CountedContest, isOfPeople: boolean): string {
  if (!result) return ''
  if (result.asks) return t('won.asks')
  if (method === 'yes-no') {
    const [yes, no] = candidates
    const tally = (result as Tabulation).rounds[0]?.tally ?? {}
    const figures = { yes: tally[yes?.id ?? ''] ?? '0', no: tally[no?.id ?? ''] ?? '0' }
    return t(winners[0] === yes?.id ? 'won.passed' : 'won.failed', figures)
  }
  const names = winners.map((id) => candidates.find((candidate) => candidate.id === id)?.name ?? id)
  if (!names.length) return t('won.nobody')
  const isOne = names.length === 1
  const key = isOfPeople ? (isOne ? 'one' : 'several') : isOne ? 'chosen' : 'chosenSeveral'
  return t(`won.${key}`, { names: listed(names) })
}

/** Who won, before anything else. */
export const Winners = ({ contests, isOfPeople }: { contests: readonly CountedContest[]; isOfPeople: boolean }) => (
  <ul className={classes['winners']}>
    {contests.map((contest) => (
      <li key={contest.id}>
        <span>{contest.name}</span>
        <b>
          <Icon name={contest.result?.asks ? 'warning' : 'check'} /> {outcomeOf(contest, isOfPeople)}
        </b>
      </li>
    ))}
  </ul>
)
