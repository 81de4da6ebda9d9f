import { Button, Modal, NativeSelect, Skeleton } from '@mantine/core'
import { call, Empty, type Row, Trouble, useIsPhone, useOrg } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BallotContest } from '../../../ballots/ballot.ts'
import { ContestStep } from '../../ballot/ContestStep.tsx'
import { markOf, type Marks } from '../../ballot/marks.ts'
import classes from '../elections.module.css'
import { asOnBallot } from '../preview.ts'
import { previewQuery } from '../queries.tsx'
import { t } from '../t.ts'
import { useDoing } from '../use-doing.tsx'

/** The ballot as voters will have it, to be tried. What is marked goes nowhere. */
function Trying({ contests, onClose }: { contests: readonly BallotContest[]; onClose: () => void }) {
  const isPhone = useIsPhone()
  const [at, setAt] = useState(0)
  const [marks, setMarks] = useState<Marks>({})
  const contest = contests[at]
  const isLast = at === contests.length - 1
  return (
    <Modal opened onClose={onClose} title={t('office.preview.title')} size="lg" fullScreen={isPhone}>
      <p className={classes['quiet']}>{t('office.preview.text')}</p>
      {contest ? (
        <ContestStep
          key={contest.id}
          contest={contest}
          mark={markOf(marks, contest)}
          onMark={(mark) => setMarks((before) => ({ ...before, [contest.id]: mark }))}
          place={t('office.preview.place', { number: at + 1, count: contests.length })}
        >
          {at > 0 ? (
            <Button variant="default" onClick={() => setAt(at - 1)}>
              {t('office.preview.back')}
            </Button>
          ) : null}
          <Button onClick={() => (isLast ? onClose() : setAt(at + 1))}>
            {t(isLast ? 'office.preview.done' : 'office.preview.next')}
          </Button>
        </ContestStep>
      ) : null}
    </Modal>
  )
}

const orders = ['alphabetical', 'drawn'] as const

/** Who comes first is by the alphabet, or drawn. */
function Order({ election, order }: { election: Row; order: string }) {
  const org = useOrg()
  const { run } = useDoing()
  const set = (next: string) =>
    run(
      () =>
        call('PATCH', `/orgs/${org}/elections/${election.id}`, {
          body: { ballot_order: next },
          version: election.version,
        }),
      '',
    )
  return (
    <NativeSelect
      id="ballot-order"
      label={t('office.preview.order')}
      maw="20rem"
      mb="md"
      data={orders.map((value) => ({ value, label: t(`office.preview.orders.${value}`) }))}
      value={order}
      onChange={(event) => void set(event.currentTarget.value)}
    />
  )
}

/** What is on the ballot, in its order, and a way to try it. */
export function BallotPreview({ election }: { election: Row }) {
  const { data, error, refetch } = useQuery(previewQuery(useOrg(), election.id))
  const [isTrying, setTrying] = useState(false)
  const contests = data?.contests.map(asOnBallot) ?? []
  const isEarly = ['draft', 'nominations'].includes(String(election['state']))
  return (
    <section className={classes['section']} aria-labelledby="preview">
      <header>
        <h2 id="preview">{t('office.preview.title')}</h2>
        {contests.length ? (
          <Button variant="default" onClick={() => setTrying(true)}>
            {t('office.preview.try')}
          </Button>
        ) : null}
      </header>
      {error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {data || error ? null : <Skeleton height={120} />}
      {data && !contests.length ? <Empty icon="roll" title={t('office.preview.none')} text="" isSmall /> : null}
      {data && isEarly && contests.length ? <Order election={election} order={data.order} /> : null}
      <ol className={classes['list']}>
        {contests.map(({ id, name, candidates }) => (
          <li key={id} className={classes['contest']}>
            <h3>{name}</h3>
            <ol style={{ margin: '0.35rem 0 0', paddingLeft: '1.5rem', lineHeight: 1.7 }}>
              {candidates.map((candidate) => (
                <li key={candidate.id}>{candidate.name}</li>
              ))}
            </ol>
            {candidates.length ? null : <p className={classes['quiet']}>{t('elections.noCandidatesNow')}</p>}
          </li>
        ))}
      </ol>
      {election['seed'] ? (
        <p className={classes['quiet']} style={{ overflowWrap: 'anywhere' }}>
          {t('office.preview.seed', { seed: election['seed'] })}
        </p>
      ) : null}
      {isTrying ? <Trying contests={contests} onClose={() => setTrying(false)} /> : null}
    </section>
  )
}
