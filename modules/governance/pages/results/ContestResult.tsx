import { formatCount } from '@commonhall/ui'
import type { Tabulation } from '../../counting/result.ts'
import { Bars } from './Bars.tsx'
import classes from './results.module.css'
import rounds from './rounds.module.css'
import { roundsTable } from './rounds.ts'
import { RoundsFigures } from './RoundsFigures.tsx'
import { t } from './t.ts'
import { outcomeOf } from './Winners.tsx'
import type { CountedContest } from './wire.tsx'

interface PassProps {
  readonly contest: CountedContest
  readonly tabulation: Tabulation
  /** Which seat, where each is counted by itself. */
  readonly pass: number | null
  /** What whoever won is called. */
  readonly elected: string
}

/** One count from first to last round: drawn, and as figures. */
function Pass({ contest, tabulation, pass, elected }: PassProps) {
  const table = roundsTable(tabulation, contest.candidates, contest.method === 'yes-no')
  const told = contest.rounds
    .filter((one) => one.pass === pass)
    .map(({ sentences }) => (sentences.length ? sentences : [t('contest.nobody')]))
  const isOne = table.thresholds.length === 1
  const caption = t(isOne ? 'contest.figures' : 'contest.table', { contest: contest.name })
  if (!tabulation.rounds.length) return null
  const figures = (
    <RoundsFigures
      table={table}
      caption={caption}
      elected={elected}
      unit={t(contest.method === 'score' ? 'contest.points' : 'contest.votes')}
    />
  )
  return (
    <>
      {pass ? <h3>{t('contest.seat', { seat: pass })}</h3> : null}
      <Bars table={table} told={told} elected={elected} />
      {isOne ? (
        <div className="mantine-visually-hidden">{figures}</div>
      ) : (
        <details className={rounds['all']}>
          <summary>{caption}</summary>
          {figures}
          <ol className={rounds['every']}>
            {told.map((sentences, index) => (
              <li key={index}>{sentences.join(' ')}</li>
            ))}
          </ol>
        </details>
      )}
    </>
  )
}

/** How a contest came out, and how it was counted. */
export function ContestResult({ contest, isOfPeople }: { contest: CountedContest; isOfPeople: boolean }) {
  const { id, name, method, seats, result } = contest
  if (!result) return null
  const passes = 'passes' in result ? result.passes : [result]
  const [first] = passes
  const elected = method === 'yes-no' ? '' : t(isOfPeople ? 'contest.elected' : 'contest.chosen')
  const isOne = passes.length === 1 && first?.rounds.length === 1
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
      {isOne ? null : <p className={classes['outcome']}>{outcomeOf(contest, isOfPeople)}</p>}
      {passes.map((tabulation, index) => (
        <Pass
          key={index}
          contest={contest}
          tabulation={tabulation}
          pass={passes.length > 1 ? index + 1 : null}
          elected={elected}
        />
      ))}
    </section>
  )
}
