import { Button, Modal } from '@mantine/core'
import { field } from '@commonhall/kernel'
import {
  ActDialog,
  call,
  type KnownResource,
  listQuery,
  LoadMore,
  refresh,
  type Row,
  toast,
  Trouble,
  useCatalog,
  useOrg,
  Value,
} from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BallotContest } from '../../../ballots/ballot.ts'
import classes from '../elections.module.css'
import { rowsOf } from '../queries.tsx'
import { t } from '../t.ts'
import { useDoing } from '../use-doing.tsx'
import { Entry } from './Entry.tsx'

type Asking = 'settle' | 'accept' | 'reject' | undefined

/** Somebody decides whether an envelope is opened, and why. */
function Deciding({ row, act, onClose }: { row: Row; act: 'accept' | 'reject'; onClose: () => void }) {
  const org = useOrg()
  const help = t(act === 'accept' ? 'paper.acceptText' : 'paper.rejectText')
  const reason = field.text({ required: true, min: 3, max: 160, label: t('paper.reason'), help })
  const label = t(act === 'accept' ? 'paper.acceptOf' : 'paper.rejectOf', { number: row['number'] })
  return (
    <ActDialog
      act={{ name: act, label, from: [], to: '', asks: { reason } }}
      module="governance"
      onClose={onClose}
      onAct={async (asked) => {
        await call('POST', `/orgs/${org}/paper-ballots/${row.id}/${act}`, { body: asked })
        toast(t('paper.done'))
        void refresh(org)
      }}
    />
  )
}

/** Who entered a paper first neither enters it again nor settles it. */
function PaperActs({ row, contests }: { row: Row; contests: readonly BallotContest[] }) {
  const org = useOrg()
  const { id: me } = useCatalog().actor
  const { run } = useDoing()
  const [asking, setAsking] = useState<Asking>()
  const number = String(row['number'])
  const isMine = row['first_by'] === me
  const close = () => setAsking(undefined)
  const takeBack = () =>
    run(
      () => call('POST', `/orgs/${org}/paper-ballots/${row.id}/take-back`, { body: {} }),
      t('paper.takenBack', { number }),
    )
  const act = (name: string, label: string, run_: () => void) => (
    <Button key={name} size="compact-md" variant="default" aria-label={`${label}: ${number}`} onClick={run_}>
      {label}
    </Button>
  )
  return (
    <span className={classes['acts']} style={{ margin: 0 }}>
      {row['state'] === 'differs' && !isMine ? act('settle', t('paper.settle'), () => setAsking('settle')) : null}
      {row['state'] === 'entered' && isMine ? act('back', t('paper.takeBack'), () => void takeBack()) : null}
      {row['state'] === 'challenged'
        ? [
            act('accept', t('paper.accept'), () => setAsking('accept')),
            act('reject', t('paper.reject'), () => setAsking('reject')),
          ]
        : null}
      {asking === 'settle' ? (
        <Modal opened onClose={close} title={t('paper.settleOf', { number })} size="lg">
          <p style={{ marginTop: 0 }}>{t('paper.settleText')}</p>
          <Entry contests={contests} path={`paper-ballots/${row.id}/settle`} isSettling onDone={close} />
        </Modal>
      ) : null}
      {asking === 'accept' || asking === 'reject' ? <Deciding row={row} act={asking} onClose={close} /> : null}
    </span>
  )
}

interface PapersProps {
  readonly resource: KnownResource
  readonly election: Row
  readonly contests: readonly BallotContest[]
}

/** Papers so far, and what waits for whom. What was entered is not shown. */
export function Papers({ resource, election, contests }: PapersProps) {
  const answer = useInfiniteQuery(
    listQuery(useOrg(), resource.path, { 'filter[election]': election.id, sort: 'number' }, 100),
  )
  const rows = rowsOf(answer.data)
  const state = resource.fields['state']
  const by = (row: Row) => [row.titles?.['first_by'], row.titles?.['second_by']].filter(Boolean).join(', ')
  return (
    <section className={classes['section']} aria-labelledby="papers">
      <h2 id="papers">{t('paper.list')}</h2>
      {answer.error ? <Trouble failure={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.isSuccess && !rows.length ? <p className={classes['quiet']}>{t('paper.none')}</p> : null}
      <ul className={classes['candidates']} data-wide>
        {rows.map((row) => (
          <li key={row.id}>
            <span>
              <b>{String(row['number'])}</b>{' '}
              {state ? <Value field={state} name="state" row={row} module={resource.module} /> : null}
              <small>{[by(row), row['reason']].filter(Boolean).join(' · ')}</small>
            </span>
            <PaperActs row={row} contests={contests} />
          </li>
        ))}
      </ul>
      {rows.length ? (
        <LoadMore answer={answer} shown={rows.length} total={answer.data?.pages[0]?.total} plural={t('paper.shown')} />
      ) : null}
    </section>
  )
}
