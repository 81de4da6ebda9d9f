import { Button, Skeleton } from '@mantine/core'
import { formatInstant, type KnownResource, RecordPage, type Row, Trouble, useCatalog, useOrg } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Amendments } from './amendments/Amendments.tsx'
import { Discussion } from './discussion/Discussion.tsx'
import classes from './proposals.module.css'
import { Proxies } from './Proxies.tsx'
import { isBoard, voteQuery } from './queries.tsx'
import { t } from './t.ts'
import { ProposalText } from './text/ProposalText.tsx'
import { Casting } from './vote/Casting.tsx'
import { Decision } from './vote/Decision.tsx'
import { LateChanges } from './vote/LateChanges.tsx'
import { RollCall } from './vote/RollCall.tsx'
import { Rules } from './vote/Rules.tsx'
import { SecretVote } from './vote/SecretVote.tsx'
import { SetUpDialog } from './vote/SetUpDialog.tsx'
import { Standing } from './vote/Standing.tsx'
import type { VotePage } from './wire.ts'

/** What comes next, before it is voted on. */
function Next({ row }: { row: Row }) {
  const when = (name: string) => (row[name] ? formatInstant(String(row[name])) : '')
  const [opens, closes] = [when('opens_at'), when('closes_at')]
  const state = row['state']
  if (state === 'draft')
    return (
      <section className={classes['note']} aria-label={t('form.title')}>
        <p>
          <b>{t('next.draft')}</b>
        </p>
        <p className={classes['quiet']}>{t('next.draftText')}</p>
      </section>
    )
  if (state === 'withdrawn')
    return (
      <section className={classes['note']} aria-label={t('form.title')}>
        <p>
          <b>{t('next.withdrawn')}</b>
        </p>
        {row['reason'] ? <p className={classes['prose']}>{String(row['reason'])}</p> : null}
      </section>
    )
  if (state !== 'discussion') return null
  const vote = opens ? 'next.opens' : closes ? 'next.closes' : 'next.noVote'
  return (
    <section className={classes['note']} aria-label={t('form.title')}>
      <p>
        <b>{t('next.discussion')}</b>
      </p>
      <p className={classes['quiet']}>{t(vote, { opens, closes })}</p>
    </section>
  )
}

/** The vote or the decision: before the text, since that is what one comes for. */
function Vote({ row, page }: { row: Row; page: VotePage }) {
  return (
    <>
      {page.decision ? <Decision row={row} decision={page.decision} /> : null}
      {page.way === 'roll-call' ? <Casting row={row} page={page} /> : null}
      {page.election ? <SecretVote election={page.election} /> : null}
      {page.result ? <Standing row={row} result={page.result} /> : null}
    </>
  )
}

/** A proposal, in the order in which it is read: what one can do, what it says, what others say. */
function Proposal({ row }: { row: Row }) {
  const org = useOrg()
  const vote = useQuery(voteQuery(org, row))
  const isVotedOn = ['voting', 'decided'].includes(String(row['state']))
  const page = vote.data
  return (
    <>
      <Next row={row} />
      {isVotedOn && vote.isPending ? <Skeleton height={180} mb="lg" /> : null}
      {vote.error && !page ? <Trouble failure={vote.error} onRetry={() => void vote.refetch()} /> : null}
      {isVotedOn && page ? <Vote row={row} page={page} /> : null}
      <ProposalText row={row} />
      {row['state'] === 'draft' ? null : <Amendments row={row} />}
      {row['state'] === 'draft' ? null : <Discussion row={row} />}
      {page?.result ? <RollCall row={row} /> : null}
      <LateChanges row={row} />
      {row['state'] === 'draft' ? null : <Proxies row={row} />}
      <Rules row={row} rules={page?.rules ?? []} />
    </>
  )
}

/** Setting up a vote asks more than the act does: until when, how, by which rules. */
function Acts({ row }: { row: Row }) {
  const [isSettingUp, setSettingUp] = useState(false)
  if (!isBoard(useCatalog()) || row['state'] !== 'discussion') return null
  return (
    <>
      <Button variant="default" onClick={() => setSettingUp(true)}>
        {t('next.setUp')}
      </Button>
      {isSettingUp ? <SetUpDialog row={row} onClose={() => setSettingUp(false)} /> : null}
    </>
  )
}

const shownHere = ['revision', 'amendment', 'comment', 'vote', 'proxy', 'election']

/** One proposal, from its draft to the decision. */
export default function ProposalPage({ resource }: { resource: KnownResource }) {
  const shown = useMemo(
    // Not offered among the acts, but known by its name to the history.
    () => ({
      ...resource,
      acts: resource.acts.map((one) => (one.name === 'open-vote' ? { ...one, from: [] } : one)),
    }),
    [resource],
  )
  return (
    <RecordPage
      resource={shown}
      Above={Proposal}
      Acts={Acts}
      hides={Object.keys(resource.fields)}
      without={shownHere.map((name) => `governance.${name}`)}
    />
  )
}
