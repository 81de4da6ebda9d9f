import { Button, TextInput } from '@mantine/core'
import { call, Icon, links, PageHead, Problem, recordQuery, Trail, Trouble, useOrg } from '@commonhall/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { isProblem, readBallot } from '../../ballots/ballot.ts'
import type { BallotPage } from '../voting/ballot-page.ts'
import classes from './booth.module.css'
import sheet from './paper.module.css'
import { opened } from './marks.ts'
import { MarkedBallot } from './Review.tsx'
import { t } from './t.ts'
import { ballotQuery } from './wire.tsx'

/** What `GET /elections/{id}/receipts/{receipt}` answers. */
interface Found {
  /** The text of the ballot, as it stands in the box. */
  readonly ballot: string
}

/** What stands on a ballot of the published box. */
function Counted({ page, ballot }: { page: BallotPage; ballot: string }) {
  const read = readBallot(page, ballot)
  return (
    <div className={sheet['found']} role="status">
      <h2>
        <Icon name="check" /> {t('checking.found')}
      </h2>
      <p>{t('checking.foundText')}</p>
      {isProblem(read) ? (
        <code>{ballot}</code>
      ) : (
        <MarkedBallot page={page} marks={opened(page.contests, read.choices)} />
      )}
    </div>
  )
}

const NotThere = ({ kind }: { kind: 'missing' | 'early' }) => (
  <div className={sheet['found']} role="alert">
    <h2>
      <Icon name={kind === 'early' ? 'clock' : 'warning'} /> {t(`checking.${kind}`)}
    </h2>
    <p>{t(`checking.${kind}Text`)}</p>
  </div>
)

const digits = (typed: string) => typed.replace(/[^0-9a-z]/gi, '').toLowerCase()

/** Looks a receipt up in the published box. */
function Checking({ page }: { page: BallotPage }) {
  const org = useOrg()
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState<string>()
  const at = `/orgs/${org}/elections/${page.election}`
  const look = useMutation({ mutationFn: (receipt: string) => call<Found>('GET', `${at}/receipts/${receipt}`) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const receipt = digits(typed)
    const isWell = /^[0-9a-f]{64}$/.test(receipt)
    setFault(isWell ? undefined : t('checking.malformed', { count: receipt.length }))
    if (isWell) look.mutate(receipt)
  }
  const problem = look.error instanceof Problem ? look.error : undefined
  const isEarly = page.state === 'voting' || problem?.status === 409
  const kind = isEarly ? 'early' : problem?.status === 404 ? 'missing' : undefined
  return (
    <div className={sheet['checking']}>
      <p>{t('checking.text')}</p>
      <form onSubmit={submit}>
        <TextInput
          label={t('checking.receipt')}
          description={t('checking.receiptHelp')}
          value={typed}
          error={fault}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          size="md"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={look.isPending}>
          {t('checking.act')}
        </Button>
      </form>
      {look.data ? <Counted page={page} ballot={look.data.ballot} /> : null}
      {look.error && kind ? <NotThere kind={kind} /> : null}
      {look.error && !kind ? <Trouble failure={look.error} /> : null}
    </div>
  )
}

/** Whether a ballot is in the published box, by its receipt. */
export default function ReceiptPage() {
  const org = useOrg()
  const { id = '' } = useParams({ strict: false })
  const { data: page, error, refetch } = useQuery(ballotQuery(org, id))
  const row = useQuery(recordQuery(org, 'elections', id)).data
  if (error && !page) return <Trouble failure={error} onRetry={() => void refetch()} isPage />
  return (
    <div className={classes['booth']}>
      <PageHead
        title={t('checking.title')}
        trail={<Trail to={links.record(org, 'elections', id)} label={String(row?.['name'] ?? t('gate.election'))} />}
      />
      {page ? <Checking page={page} /> : null}
    </div>
  )
}
