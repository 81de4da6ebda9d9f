import { Button, Skeleton } from '@mantine/core'
import {
  Empty,
  formatInstant,
  Icon,
  links,
  PageHead,
  recordQuery,
  type Row,
  Trail,
  Trouble,
  useOrg,
} from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Turnout } from '../elections/Turnout.tsx'
import { Box } from './Box.tsx'
import { ContestResult } from './ContestResult.tsx'
import { Decision } from './Decision.tsx'
import { Figures } from './Figures.tsx'
import classes from './results.module.css'
import { t } from './t.ts'
import { type Results, resultsQuery } from './wire.tsx'
import { Winners } from './Winners.tsx'

/** Before anything is counted: how far it is, and how many have voted. */
function NotYet({ row }: { row: Row }) {
  const org = useOrg()
  const state = String(row['state'])
  const kind = state === 'voting' ? 'voting' : state === 'counting' ? 'soon' : state === 'withdrawn' ? state : 'early'
  return (
    <>
      <Empty icon={kind === 'withdrawn' ? 'close' : 'clock'} title={t(kind)} text={t(`${kind}Text`)} isSmall>
        {kind === 'voting' ? (
          <Button renderRoot={(props) => <Link {...links.page(org, `elections/${row.id}/ballot`)} {...props} />}>
            {t('toBallot')}
          </Button>
        ) : null}
      </Empty>
      <Turnout row={row} />
    </>
  )
}

/** Whether it stands. */
function Standing({ row }: { row: Row }) {
  const state = String(row['state'])
  const at = row['certified_at'] ? formatInstant(String(row['certified_at'])) : ''
  const name = row.titles?.['certified_by']
  if (state === 'contested')
    return (
      <p className={classes['standing']} data-tone="bad">
        <Icon name="warning" size={16} /> {t('state.contested', { reason: row['reason'] })}
      </p>
    )
  if (state === 'certified')
    return (
      <p className={classes['standing']}>
        <Icon name="check" size={16} /> {name ? t('state.certified', { at, name }) : t('state.certifiedAt', { at })}
      </p>
    )
  return (
    <p className={classes['standing']}>
      <Icon name="clock" size={16} /> {t('state.counting')}
    </p>
  )
}

/** What came of it: who won, whether it stands, every figure, every round, and how anybody counts again. */
function Counted({ row, results }: { row: Row; results: Results }) {
  const isOfPeople = row['kind'] === 'people'
  const proposal = row['proposal']
  return (
    <>
      <Winners contests={results.contests} isOfPeople={isOfPeople} />
      <Standing row={row} />
      {results.warnings.map((warning) => (
        <p key={warning} className={classes['standing']} data-tone="warn">
          <Icon name="warning" size={16} /> {warning}
        </p>
      ))}
      {typeof proposal === 'string' ? <Decision proposal={proposal} /> : null}
      {results.counters ? <Figures counters={results.counters} /> : null}
      {results.contests.map((contest) => (
        <ContestResult key={contest.id} contest={contest} isOfPeople={isOfPeople} />
      ))}
      <Box election={row.id} results={results} />
    </>
  )
}

/** The result of an election; until it is published, how many have voted. */
export default function ResultsPage() {
  const org = useOrg()
  const { id = '' } = useParams({ strict: false })
  const election = useQuery(recordQuery(org, 'elections', id))
  const results = useQuery(resultsQuery(org, id))
  const row = election.data
  const failure = election.error ?? results.error
  if (failure && (!row || !results.data))
    return (
      <Trouble failure={failure} onRetry={() => void Promise.all([election.refetch(), results.refetch()])} isPage />
    )
  if (!row || !results.data) return <Skeleton height={320} mt="xl" />
  return (
    <div className={classes['page']}>
      <PageHead
        title={t('of', { name: row['name'] })}
        trail={<Trail to={links.record(org, 'elections', id)} label={String(row['name'])} />}
      />
      {results.data.counted ? <Counted row={row} results={results.data} /> : <NotYet row={row} />}
    </div>
  )
}
