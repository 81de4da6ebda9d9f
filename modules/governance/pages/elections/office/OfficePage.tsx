import { Alert, Skeleton } from '@mantine/core'
import {
  formatInstant,
  type KnownResource,
  links,
  Missing,
  PageHead,
  recordQuery,
  resourceByPath,
  type Row,
  Trail,
  Trouble,
  useCatalog,
  useListSearch,
  useOrg,
  Value,
} from '@commonhall/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import classes from '../elections.module.css'
import { Agreement, Numbers } from '../observer/Numbers.tsx'
import { candidatesQuery, contestsQuery, rowsOf, watchQuery } from '../queries.tsx'
import { t } from '../t.ts'
import { Count } from './Count.tsx'
import { Files } from './Files.tsx'
import { NextStep, OtherActs } from './NextStep.tsx'
import { Notices } from './Notices.tsx'
import own from './office.module.css'
import { LateChanges, Roll } from './Roll.tsx'
import { Stepper } from './Stepper.tsx'
import { type Step, stepOf, steps } from './steps.ts'

// Most who open this room are at another step: what only one step needs comes with that step.
const BallotPreview = lazy(() => import('./BallotPreview.tsx').then((part) => ({ default: part.BallotPreview })))
const ContestsEditor = lazy(() => import('./ContestsEditor.tsx').then((part) => ({ default: part.ContestsEditor })))
const Observers = lazy(() => import('./Observers.tsx').then((part) => ({ default: part.Observers })))

function Watching({ election }: { election: Row }) {
  const org = useOrg()
  const { data } = useQuery(watchQuery(org, election.id, election['state'] === 'voting'))
  if (!data?.watcher) return null
  return (
    <>
      <Numbers watch={data} />
      <p>
        <Link {...links.page(org, `elections/${election.id}/paper`)} className={classes['link'] ?? ''}>
          {t('office.paper')}
        </Link>
      </p>
      <Agreement watch={data} />
    </>
  )
}

/** Who signed for the result, and when. */
const Certified = ({ election }: { election: Row }) => (
  <p className={classes['quiet']} style={{ paddingBottom: '1.1rem' }}>
    {t('office.certifiedBy', {
      name: election.titles?.['certified_by'] ?? '',
      when: formatInstant(String(election['certified_at'])),
    })}
  </p>
)

/** What one works with at a step. */
function Tools({ step, election }: { step: Step; election: Row }) {
  const org = useOrg()
  const resource = resourceByPath(useCatalog(), 'contests')
  const contests = useInfiniteQuery(contestsQuery(org, election.id))
  const candidates = useInfiniteQuery(candidatesQuery(org, election.id))
  const failed = contests.error ?? candidates.error
  if (failed) return <Trouble failure={failed} onRetry={() => void contests.refetch()} />
  if (!contests.data || !candidates.data || !resource) return <Skeleton height={240} />
  const standing = rowsOf(candidates.data)
  switch (step) {
    case 'nominations':
      return (
        <ContestsEditor
          resource={resource}
          election={election}
          contests={rowsOf(contests.data)}
          candidates={standing}
        />
      )
    case 'ballot':
      return <BallotPreview election={election} />
    case 'notices':
      return (
        <>
          <Notices election={election} />
          <Observers election={election} candidates={standing} />
          <Roll election={election} />
        </>
      )
    case 'voting':
      return (
        <>
          <Watching election={election} />
          <Observers election={election} candidates={standing} />
          <LateChanges election={election} />
          <Roll election={election} />
        </>
      )
    default:
      return (
        <>
          {election['closed_at'] ? <Count election={election} /> : null}
          {election['certified_at'] ? <Certified election={election} /> : null}
          {election['seal'] ? <Files election={election} /> : null}
        </>
      )
  }
}

interface RoomProps {
  readonly resource: KnownResource
  readonly row: Row
  readonly now: Step
  readonly shown: Step
}

/** One step: what it is for, what comes next, and what one works with. */
function Room({ resource, row, now, shown }: RoomProps) {
  const org = useOrg()
  const at = steps.indexOf(shown) - steps.indexOf(now)
  // While nominations run, the ballot is looked at and published.
  const isHere = at === 0 || (row['state'] === 'nominations' && ['nominations', 'ballot'].includes(shown))
  const where = at < 0 ? 'isDone' : 'isLater'
  return (
    <>
      <div className={own['lead']}>
        <h2>
          <span data-quiet>
            {t('office.stepOf', { number: steps.indexOf(shown) + 1, count: steps.length })}
            {' · '}
          </span>
          {t(`office.step.${shown}`)}
        </h2>
        <p>
          {t(`office.what.${shown}`)}{' '}
          {isHere ? null : (
            <>
              {t(`office.${where}`)}{' '}
              <Link {...links.page(org, `elections/${row.id}/office`)} className={classes['link'] ?? ''}>
                {t('office.toNow')}
              </Link>
            </>
          )}
        </p>
      </div>
      {isHere ? <NextStep resource={resource} row={row} step={shown} /> : null}
      <Suspense fallback={<Skeleton height={240} />}>
        <Tools step={shown} election={row} />
      </Suspense>
      {isHere ? <OtherActs resource={resource} row={row} /> : null}
    </>
  )
}

function Office({ resource, id }: { resource: KnownResource; id: string }) {
  const org = useOrg()
  const { search } = useListSearch()
  const [opened] = useState(() => Date.now())
  const { data: row, error, refetch } = useQuery(recordQuery(org, resource.path, id))
  if (!row) return error ? <Trouble failure={error} onRetry={() => void refetch()} isPage /> : <Skeleton height={320} />
  const until = row['nominations_until_at']
  const now = stepOf(String(row['state']), until ? String(until) : null, opened)
  const shown = steps.find((step) => step === search['step']) ?? now
  const state = resource.fields['state']
  return (
    <>
      <PageHead
        title={t('office.title', { election: row['name'] })}
        note={state ? <Value field={state} name="state" row={row} module={resource.module} /> : undefined}
        trail={<Trail to={links.record(org, resource.path, id)} label={String(row['name'])} />}
      />
      {row['state'] === 'withdrawn' ? (
        <Alert role="note" mb="lg">
          {t('elections.when.withdrawn')}
        </Alert>
      ) : null}
      <Stepper id={id} now={now} shown={shown} />
      <Room key={shown} resource={resource} row={row} now={now} shown={shown} />
    </>
  )
}

/** Where officers take an election from its first nomination to its certified result. */
export default function OfficePage() {
  const { id = '' } = useParams({ strict: false })
  const resource = resourceByPath(useCatalog(), 'elections')
  return resource ? <Office key={id} resource={resource} id={id} /> : <Missing />
}
