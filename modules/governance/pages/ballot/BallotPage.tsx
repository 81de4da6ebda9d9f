import { Skeleton } from '@mantine/core'
import { Empty, formatInstant, links, PageHead, Trail, Trouble, useOrg } from '@commonhall/ui'
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { BallotPage as Page } from '../voting/ballot-page.ts'
import classes from './booth.module.css'
import { NotOnRoll, NotOpen } from './Gate.tsx'
import { type Held, isOpen, Papers } from './Papers.tsx'
import { t } from './t.ts'
import { useOtherTabs } from './use-other-tabs.ts'
import { Voting } from './Voting.tsx'
import { ballotQuery, keptQuery } from './wire.tsx'

/** All that one may cast in this election; while one ballot is being filled in, that one alone. */
function Open({ page, held }: { page: Page; held: readonly Held[] }) {
  const search = useSearch({ strict: false }) as Record<string, string>
  const open = held.filter(isOpen)
  const only = held.length === 1 ? held[0] : open.length === 1 ? open[0] : undefined
  // Whose ballot has been begun stays on the screen, though it may be cast meanwhile.
  const [first] = useState(only?.paper.voter)
  const wanted = search['for'] ?? first
  const chosen = held.find(({ paper }) => paper.voter === wanted)
  if (!held.length) return <NotOnRoll election={page.election} />
  if (!chosen) return <Papers page={page} held={held} title={t('papers.title')} />
  return (
    <>
      {held.length > 1 ? <p className={classes['whose']}>{t('for', { name: chosen.paper.name })}</p> : null}
      <Voting key={chosen.paper.voter} page={page} held={chosen}>
        {held.length > 1 ? <Papers page={page} held={held} title={t('papers.another')} /> : null}
      </Voting>
    </>
  )
}

/** What this device keeps of each paper, and what other windows do to it. */
function useHeld(page: Page): { held?: readonly Held[]; problem?: Error } {
  const org = useOrg()
  const client = useQueryClient()
  useOtherTabs(page.election, () => {
    void client.invalidateQueries({ queryKey: ['booth', org, page.election] })
    void client.invalidateQueries({ queryKey: ballotQuery(org, page.election).queryKey })
  })
  const kept = useQueries({ queries: page.papers.map(({ voter }) => keptQuery(org, page, voter)) })
  const problem = kept.find(({ error }) => error)?.error
  if (problem) return { problem }
  if (kept.some(({ isPending }) => isPending)) return {}
  return { held: page.papers.map((paper, index) => ({ paper, kept: kept[index]?.data ?? null })) }
}

function Ballot({ page }: { page: Page }) {
  const { held, problem } = useHeld(page)
  if (problem) return <Empty icon="warning" title={t('gate.cannotHere')} text={problem.message} isSmall />
  if (!held) return <Skeleton height={240} />
  // A receipt stays to be read after voting has closed.
  const isRead = held.some(({ kept }) => kept?.stage === 'cast')
  if (page.state !== 'voting' && !isRead) return <NotOpen page={page} />
  return <Open page={page} held={held} />
}

/** Where one votes: every contest, a look at all of it, casting, and the receipt. */
export default function BallotPage() {
  const org = useOrg()
  const { id = '' } = useParams({ strict: false })
  const { data: page, error, isPending, refetch } = useQuery(ballotQuery(org, id))
  if (isPending) return <Skeleton height={320} mt="xl" />
  if (!page) return <Trouble failure={error} onRetry={() => void refetch()} isPage />
  const isUntil = page.state === 'voting' && page.closes_at
  return (
    <div className={classes['booth']}>
      <PageHead
        title={page.name}
        trail={<Trail to={links.record(org, 'elections', id)} label={t('gate.election')} />}
        note={isUntil ? t('gate.until', { at: formatInstant(page.closes_at ?? '') }) : undefined}
      />
      <Ballot page={page} />
    </div>
  )
}
