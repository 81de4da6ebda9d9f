import { formatCount } from '@commonhall/ui'
import type { Tabulation } from '../../counting/result.ts'
import { Bars } from './Bars.tsx'
import classes from './results.module.css'
import { roundsTable } from './rounds.ts'
import { RoundsFigures } from './RoundsFigures.tsx'
import { t } from './t.ts'
import { outcomeOf } from './Winners.tsx'
import type { CountedContest } from './wire.ts'

interface PassProps {
  readonly contest: CountedContest
  readonly tabulation: Tabulation
  /** Which seat, where each is counted by itself. */
  readonly pass: number | null
  readonly isOfPeople: boolean
}

/** One count from first to last round: drawn, and as figures. */
function Pass({ contest, tabulation, pass, isOfPeople }: PassProps) {
  const table = roundsTable(tabulation, contest.candidates)
  const told = contest.rounds.filter((one) => one.pass === pass).map(({ sentences }) => sentences)
  const isPoints = contest.method === 'score'
  if (!tabulation.rounds.length) return null
  return (
    <>
      {pass ? <h3>{t('contest.seat', { seat: pass })}</h3> : null}
      <Bars table={table} told={told} isOfPeople={isOfPeople} />
      <details className={classes['all']} open={table.thresholds.length === 1}>
        <summary>{t('contest.table', { contest: contest.name })}</summary>
        <RoundsFigures
          table={table}
          caption={t('contest.table', { contest: contest.name })}
          isOfPeople={isOfPeople}
          unit={t(isPoints ? 'contest.points' : 'contest.votes')}
        />
        {told.length > 1 ? (
          <ol className={classes['every']}>
            {told.map((sentences, index) => (
              <li key={index}>{sentences.join(' ')}</li>
            ))}
          </ol>
        ) : null}
      </details>
    </>
  )
}

/** How a contest came out, and how it was counted. */
export function ContestResult({ contest, isOfPeople }: { contest: CountedContest; isOfPeople: boolean }) {
  const { id, name, method, seats, result } = contest
  if (!result) return null
  const passes = 'passes' in result ? result.passes : [result]
  const [first] = passes
  const notes = [
    t(`contest.method.${method}`),
    ...(method === 'yes-no' ? [] : [t('contest.seats', { count: seats })]),
    ...(first ? [t('contest.ballots', { count: formatCount(Number(first.total_ballots)) })] : []),
    ...(Number(first?.blank_ballots) ? [t('contest.blank', { count: formatCount(Number(first?.blank_ballots)) })] : []),
  ]
  return (
    <section className={classes['section']} aria-labelledby={`contest-${id}`}>
      <h2 id={`contest-${id}`}>{name}</h2>
      <p className={classes['quiet']}>{notes.join(' · ')}</p>
      <p className={classes['outcome']}>{outcomeOf(contest, isOfPeople)}</p>
      {passes.map((tabulation, index) => (
        <Pass
          key={index}
          contest={contest}
          tabulation={tabulation}
          pass={passes.length > 1 ? index + 1 : null}
          isOfPeople={isOfPeople}
        />
      ))}
    </section>
  )
}
