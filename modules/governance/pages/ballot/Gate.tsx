import { Button } from '@mantine/core'
import { call, Empty, formatInstant, links, useOrg } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { BallotPage } from '../voting/ballot-page.ts'
import marking from './marks.module.css'
import sheet from './paper.module.css'
import classes from './booth.module.css'
import { ruleOf } from './rule-of.ts'
import { Statement } from './Statement.tsx'
import { t } from './t.ts'

interface ShutProps {
  readonly icon: string
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}

const Shut = ({ icon, title, text, children }: ShutProps) => (
  <Empty icon={icon} title={title} text={text} isSmall>
    {children}
  </Empty>
)

const ResultsLink = ({ election }: { election: string }) => {
  const org = useOrg()
  return (
    <Button renderRoot={(props) => <Link {...links.page(org, `elections/${election}/results`)} {...props} />}>
      {t('gate.results')}
    </Button>
  )
}

/** What will be on the ballot, to read beforehand. */
const Preview = ({ page: { contests } }: { page: BallotPage }) => (
  <div className={sheet['paper']}>
    {contests.map((contest) => (
      <section key={contest.id} aria-labelledby={`contest-${contest.id}`}>
        <header>
          <h3 id={`contest-${contest.id}`}>{contest.name}</h3>
        </header>
        <p className={classes['quiet']}>{ruleOf(contest)}</p>
        <ul className={marking['cards']} data-read>
          {contest.candidates.map((candidate) => (
            <li key={candidate.id}>
              <div>
                <span>{candidate.name}</span>
              </div>
              <Statement candidate={candidate} />
            </li>
          ))}
        </ul>
      </section>
    ))}
  </div>
)

/** Why there is nothing to vote on now, and what comes next. */
export function NotOpen({ page }: { page: BallotPage }) {
  const { state, opens_at, closes_at, election } = page
  if (state === 'published')
    return (
      <>
        <Shut
          icon="clock"
          title={t('gate.published')}
          text={opens_at ? t('gate.publishedText', { at: formatInstant(opens_at) }) : t('gate.publishedSoon')}
        />
        <Preview page={page} />
      </>
    )
  if (state === 'withdrawn') return <Shut icon="close" title={t('gate.withdrawn')} text={t('gate.withdrawnText')} />
  if (state === 'draft' || state === 'nominations')
    return <Shut icon="edit" title={t('gate.draft')} text={t('gate.draftText')} />
  return (
    <Shut
      icon="lock"
      title={t('gate.closed')}
      text={closes_at ? t('gate.closedText', { at: formatInstant(closes_at) }) : ''}
    >
      <ResultsLink election={election} />
    </Shut>
  )
}

interface Standing {
  readonly sentence: string
  readonly rows: readonly { readonly name: string; readonly sentence?: string | null }[]
}

/** Who is not on the roll reads why, in words. */
export function NotOnRoll({ election }: { election: string }) {
  const org = useOrg()
  const { data } = useQuery({
    queryKey: ['org', org, 'record', 'elections', election, 'standing'],
    queryFn: ({ signal }) => call<Standing>('GET', `/orgs/${org}/elections/${election}/standing`, { signal }),
  })
  return (
    <Shut
      icon="user"
      title={t('gate.notOnRoll')}
      text={data ? `${data.sentence} ${t('gate.ask')}` : t('gate.notOnRollText')}
    />
  )
}
