import { Skeleton } from '@mantine/core'
import {
  Empty,
  links,
  Missing,
  PageHead,
  recordQuery,
  resourceByPath,
  Trail,
  Trouble,
  useCatalog,
  useOrg,
} from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ballotQuery } from '../../ballot/wire.tsx'
import classes from '../elections.module.css'
import { t } from '../t.ts'
import { Entry } from './Entry.tsx'
import { Envelopes } from './Envelopes.tsx'
import { Papers } from './Papers.tsx'

/** Where ballots on paper are entered, each by two people who do not see what the other entered. */
export default function PaperPage() {
  const org = useOrg()
  const { id = '' } = useParams({ strict: false })
  const resource = resourceByPath(useCatalog(), 'paper-ballots')
  const election = useQuery(recordQuery(org, 'elections', id))
  const ballot = useQuery(ballotQuery(org, id))
  if (!resource) return <Missing />
  const failed = election.error ?? ballot.error
  if (failed) return <Trouble failure={failed} onRetry={() => void ballot.refetch()} isPage />
  if (!election.data || !ballot.data) return <Skeleton height={320} mt="2.5rem" />
  const row = election.data
  const isCounting = row['state'] === 'counting' && !row['seal']
  return (
    <>
      <PageHead
        title={t('paper.title')}
        note={String(row['name'])}
        trail={<Trail to={links.page(org, `elections/${id}/office`)} label={t('paper.back')} />}
      />
      {isCounting ? (
        <section className={classes['section']} aria-label={t('paper.enter')}>
          <p className={classes['quiet']} style={{ maxWidth: '44rem', marginBottom: '1.1rem' }}>
            {t('paper.intro')}
          </p>
          <Entry contests={ballot.data.contests} path={`elections/${id}/paper-ballots`} />
        </section>
      ) : (
        <Empty
          icon={row['seal'] ? 'check' : 'lock'}
          title={t(row['seal'] ? 'paper.counted' : 'paper.closed')}
          text={t(row['seal'] ? 'paper.countedText' : 'paper.closedText')}
          isSmall
        />
      )}
      {row['state'] === 'voting' || isCounting ? <Envelopes election={row} /> : null}
      <Papers resource={resource} election={row} contests={ballot.data.contests} />
    </>
  )
}
