import { Button, Skeleton } from '@mantine/core'
import {
  formatDate,
  formatInstant,
  Icon,
  type KnownResource,
  links,
  PageHead,
  RecordPage,
  recordQuery,
  resourceByPath,
  type Row,
  Trail,
  Trouble,
  useCatalog,
  useOrg,
  Value,
} from '@commonhall/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import classes from '../elections.module.css'
import { useMine } from '../Mine.tsx'
import { candidatesQuery, contestsQuery, rowsOf, watchQuery } from '../queries.tsx'
import { t } from '../t.ts'
import { Turnout } from '../Turnout.tsx'
import { Contests } from './Contests.tsx'
import { MyNominations } from './MyNominations.tsx'

/** Whether I may vote, and the way to the ballot; once it is counted, to the result. */
function Mine({ row }: { row: Row }) {
  const org = useOrg()
  const mine = useMine(row)
  const isCounted = !!row['seal']
  if (!mine && !isCounted) return null
  const way = mine?.canVote ? 'ballot' : isCounted ? 'results' : undefined
  return (
    <section className={classes['note']} data-tone={mine?.tone} aria-labelledby="mine">
      <h2 id="mine">{t('elections.mine.title')}</h2>
      {mine?.text ? (
        <p>
          {mine.tone === 'good' ? (
            <span className={classes['done']}>
              <Icon name="check" size={16} /> {mine.text}
            </span>
          ) : (
            mine.text
          )}
        </p>
      ) : null}
      {mine?.canVote ? <p className={classes['quiet']}>{t('elections.mine.secret')}</p> : null}
      {way ? (
        <div className={classes['acts']}>
          <Button
            size="md"
            variant={way === 'ballot' ? 'filled' : 'default'}
            renderRoot={(props) => <Link {...links.page(org, `elections/${row.id}/${way}`)} {...props} />}
          >
            {t(way === 'ballot' ? 'elections.vote' : 'elections.results')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

const days = ['record_on', 'nominations_until_at', 'opens_at', 'closes_at', 'certified_at'] as const

/** What it is about, and when what happens. */
function About({ row }: { row: Row }) {
  const org = useOrg()
  const known = days.filter((name) => row[name])
  const rules = row['rule_set'] ? row.titles?.['rule_set'] : undefined
  return (
    <>
      {row['about'] ? (
        <section className={classes['section']} aria-labelledby="about">
          <h2 id="about">{t('elections.about')}</h2>
          <p className={classes['prose']}>{String(row['about'])}</p>
        </section>
      ) : null}
      {known.length || rules ? (
        <section className={classes['section']} aria-labelledby="days">
          <h2 id="days">{t('elections.days')}</h2>
          <dl className={classes['pairs']}>
            {known.map((name) => (
              <div key={name}>
                <dt>{t(`elections.day.${name}`)}</dt>
                <dd>{(name === 'record_on' ? formatDate : formatInstant)(String(row[name]))}</dd>
              </div>
            ))}
            {rules ? (
              <div>
                <dt>{t('elections.day.rule_set')}</dt>
                <dd>
                  <Link {...links.record(org, 'rule-sets', String(row['rule_set']))}>{rules}</Link>
                </dd>
              </div>
            ) : null}
          </dl>
        </section>
      ) : null}
    </>
  )
}

/** What its reason is the reason of. */
const whyOf = (row: Row) =>
  t(
    row['state'] === 'contested'
      ? 'elections.when.contested'
      : row['state'] === 'withdrawn'
        ? 'elections.when.withdrawn'
        : 'elections.why',
  )

/** An election as members meet it. */
function Election({ row }: { row: Row }) {
  const org = useOrg()
  const contests = useInfiniteQuery(contestsQuery(org, row.id))
  const candidates = useInfiniteQuery(candidatesQuery(org, row.id))
  const failed = contests.error ?? candidates.error
  if (failed)
    return <Trouble failure={failed} onRetry={() => void Promise.all([contests.refetch(), candidates.refetch()])} />
  if (!contests.data || !candidates.data) return <Skeleton height={240} />
  const shown = { contests: rowsOf(contests.data), candidates: rowsOf(candidates.data) }
  return (
    <>
      {row['reason'] ? (
        <section className={classes['note']} data-tone="warn">
          <h2>{whyOf(row)}</h2>
          <p className={classes['prose']}>{String(row['reason'])}</p>
        </section>
      ) : null}
      <Mine row={row} />
      <MyNominations {...shown} />
      <Turnout row={row} />
      <About row={row} />
      <Contests election={row} {...shown} />
    </>
  )
}

/** Ways to the rooms of those who run or watch it. */
function Rooms({ row }: { row: Row }) {
  const org = useOrg()
  const resource = resourceByPath(useCatalog(), 'elections')
  const { data } = useQuery({ ...watchQuery(org, row.id, false), enabled: row['state'] !== 'draft' })
  const room = (path: string, label: string) => (
    <Button
      variant="default"
      renderRoot={(props) => <Link {...links.page(org, `elections/${row.id}/${path}`)} {...props} />}
    >
      {label}
    </Button>
  )
  return (
    <>
      {data?.watcher ? room('watch', t('elections.watch')) : null}
      {resource?.permissions.create === true ? room('office', t('elections.run')) : null}
    </>
  )
}

const told = [
  'name',
  'kind',
  'state',
  'rule_set',
  'about',
  'record_on',
  'nominations_until_at',
  'opens_at',
  'closes_at',
  'rules',
  'seed',
  'public_key',
  'key_fingerprint',
  'counters',
  'seal',
  'opened_at',
  'closed_at',
  'certified_by',
  'certified_at',
  'keep_until_on',
  'reason',
  'proposal',
  'ballot_order',
]
const shownHere = ['contest', 'candidate', 'voter', 'voter-notice', 'observer', 'paper-ballot', 'proxy']

/** For those who run it, with all that can be done, its files and its history. */
const ForOffice = ({ resource }: { resource: KnownResource }) => (
  <RecordPage
    resource={resource}
    Above={Election}
    Acts={Rooms}
    hides={told}
    without={shownHere.map((name) => `governance.${name}`)}
  />
)

/** For members: nothing but what they came for. */
function ForMembers({ resource, id }: { resource: KnownResource; id: string }) {
  const org = useOrg()
  const { data: row, error, refetch } = useQuery(recordQuery(org, resource.path, id))
  if (!row) return error ? <Trouble failure={error} onRetry={() => void refetch()} isPage /> : <Skeleton height={320} />
  const state = resource.fields['state']
  return (
    <>
      <PageHead
        title={String(row['name'])}
        note={state ? <Value field={state} name="state" row={row} module={resource.module} /> : undefined}
        trail={<Trail to={links.list(org, resource.path)} label={resource.plural} />}
      >
        <Rooms row={row} />
      </PageHead>
      <Election row={row} />
    </>
  )
}

/** An election: whether I may vote first, then who stands, and how many have voted. */
export default function ElectionPage({ resource }: { resource: KnownResource }) {
  const { id = '' } = useParams({ strict: false })
  const isOffice = resource.permissions.create === true
  return isOffice ? <ForOffice resource={resource} /> : <ForMembers resource={resource} id={id} />
}
