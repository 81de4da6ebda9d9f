import { Button } from '@mantine/core'
import { resourceByPath, type Row, State, useCatalog } from '@commonhall/ui'
import { useState } from 'react'
import classes from '../elections.module.css'
import { t } from '../t.ts'
import { Nominate } from './Nominate.tsx'

const stands = ['nominated', 'accepted']
const tones = { nominated: 'new', accepted: 'good', declined: 'idle', withdrawn: 'idle', removed: 'bad' } as const

type CandidateState = keyof typeof tones

/** One who stands, or was asked to. Once the ballot is there, nothing needs to be said of those who stand. */
function Candidate({ row, isEarly }: { row: Row; isEarly: boolean }) {
  const state = String(row['state']) as CandidateState
  const by = row.titles?.['nominated_by']
  return (
    <li data-out={stands.includes(state) ? undefined : true}>
      <span>
        <b>{String(row['name'])}</b>
        {isEarly && by ? <small>{t('elections.nominatedBy', { name: by })}</small> : null}
      </span>
      {isEarly || state !== 'accepted' ? (
        <State tone={tones[state]}>
          {t(`elections.candidate.${state}`, { reason: row['reason'] ?? '' }).replace(/: $/, '')}
        </State>
      ) : (
        <span />
      )}
      {row['statement'] ? (
        <details className={classes['statement']}>
          <summary>{t('elections.statementOf', { name: row['name'] })}</summary>
          <p>{String(row['statement'])}</p>
        </details>
      ) : null}
    </li>
  )
}

interface ContestProps {
  readonly contest: Row
  readonly election: Row
  readonly candidates: readonly Row[]
}

function Contest({ contest, election, candidates }: ContestProps) {
  const [isNominating, setNominating] = useState(false)
  const mayNominate = resourceByPath(useCatalog(), 'candidates')?.permissions.create === true
  const isEarly = ['draft', 'nominations'].includes(String(election['state']))
  const isOpen = election['state'] === 'nominations' && contest['method'] !== 'yes-no'
  const shown = isEarly
    ? candidates
    : candidates.filter(({ state }) => !['nominated', 'declined'].includes(String(state)))
  const method = String(contest['method']) as 'plurality'
  return (
    <li className={classes['contest']}>
      <header>
        <div>
          <h3>{String(contest['name'])}</h3>
          <p className={classes['quiet']}>
            {contest['method'] === 'yes-no' ? '' : `${t('elections.seats', { count: Number(contest['seats']) })} · `}
            {t(`elections.method.${method}`)}
          </p>
        </div>
        {isOpen && mayNominate ? (
          <Button
            variant="default"
            aria-label={t('elections.nominateFor', { office: contest['name'] })}
            onClick={() => setNominating(true)}
          >
            {t('elections.nominate')}
          </Button>
        ) : null}
      </header>
      {contest['about'] ? <p className={classes['prose']}>{String(contest['about'])}</p> : null}
      {shown.length ? (
        <ul className={classes['candidates']}>
          {shown.map((row) => (
            <Candidate key={row.id} row={row} isEarly={isEarly} />
          ))}
        </ul>
      ) : contest['method'] === 'yes-no' ? null : (
        <p className={classes['quiet']}>{t(isEarly ? 'elections.noCandidates' : 'elections.noCandidatesNow')}</p>
      )}
      {isNominating ? (
        <Nominate contest={contest} kind={String(election['kind'])} onClose={() => setNominating(false)} />
      ) : null}
    </li>
  )
}

interface ContestsProps {
  readonly election: Row
  readonly contests: readonly Row[]
  readonly candidates: readonly Row[]
}

/** What is on the ballot, and who stands. */
export const Contests = ({ election, contests, candidates }: ContestsProps) => (
  <section className={classes['section']} aria-labelledby="contests">
    <h2 id="contests">{t('elections.contests')}</h2>
    {contests.length ? null : <p className={classes['quiet']}>{t('elections.noContests')}</p>}
    <ul className={classes['list']}>
      {contests.map((contest) => (
        <Contest
          key={contest.id}
          contest={contest}
          election={election}
          candidates={candidates.filter((row) => row['contest'] === contest.id)}
        />
      ))}
    </ul>
  </section>
)
