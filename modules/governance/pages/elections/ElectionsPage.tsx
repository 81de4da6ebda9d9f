import { Button, Skeleton } from '@mantine/core'
import {
  Empty,
  formatInstant,
  Icon,
  isNarrowed,
  type KnownResource,
  links,
  ListPage,
  listQuery,
  LoadMore,
  PageHead,
  type Row,
  Trail,
  Trouble,
  useCatalog,
  useListSearch,
  useOrg,
  Value,
} from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import classes from './elections.module.css'
import { MineLine, useMine } from './Mine.tsx'
import { rowsOf } from './queries.tsx'
import { t } from './t.ts'

const going = ['voting', 'counting', 'contested', 'published', 'nominations', 'draft']
const over = ['certified', 'withdrawn']

/** What happens next, or happened last, with its day. */
function whenOf(row: Row): string {
  const on = (name: string) => (row[name] ? formatInstant(String(row[name])) : '')
  const state = String(row['state']) as 'draft'
  const [dated, field] =
    {
      nominations: ['nominationsUntil', 'nominations_until_at'] as const,
      published: ['publishedOpens', 'opens_at'] as const,
      voting: ['votingUntil', 'closes_at'] as const,
      certified: ['certifiedOn', 'certified_at'] as const,
    }[state as string] ?? []
  return dated && on(field) ? t(`elections.when.${dated}`, { when: on(field) }) : t(`elections.when.${state}`)
}

/** The way on: to the ballot, to the result, or for whoever runs it, to its room. */
function Way({ row, canVote, runs }: { row: Row; canVote: boolean; runs: boolean }) {
  const org = useOrg()
  const way = canVote ? 'vote' : row['seal'] ? 'results' : undefined
  const path = { vote: 'ballot', results: 'results' } as const
  return (
    <div className={classes['acts']}>
      {runs ? (
        <Button
          variant="default"
          aria-label={`${t('elections.run')}: ${String(row['name'])}`}
          renderRoot={(props) => <Link {...links.page(org, `elections/${row.id}/office`)} {...props} />}
        >
          {t('elections.run')}
        </Button>
      ) : null}
      {way ? (
        <Button
          variant={way === 'vote' ? 'filled' : 'default'}
          aria-label={`${t(`elections.${way}`)}: ${String(row['name'])}`}
          renderRoot={(props) => <Link {...links.page(org, `elections/${row.id}/${path[way]}`)} {...props} />}
        >
          {t(`elections.${way}`)}
        </Button>
      ) : null}
    </div>
  )
}

function Line({ resource, row, runs }: { resource: KnownResource; row: Row; runs: boolean }) {
  const org = useOrg()
  const mine = useMine(row)
  const state = resource.fields['state']
  return (
    <li className={classes['election']}>
      <div>
        <h3>
          <Link {...links.record(org, resource.path, row.id)}>{String(row['name'])}</Link>
          {state ? <Value field={state} name="state" row={row} module={resource.module} /> : null}
        </h3>
        <p data-quiet>{whenOf(row)}</p>
        <MineLine mine={mine} />
      </div>
      <Way row={row} canVote={mine?.canVote ?? false} runs={runs && !over.includes(String(row['state']))} />
    </li>
  )
}

interface GroupProps {
  readonly name: 'open' | 'coming' | 'past'
  readonly resource: KnownResource
  readonly rows: readonly Row[]
  readonly runs: boolean
}

const Group = ({ name, resource, rows, runs }: GroupProps) =>
  rows.length ? (
    <section className={classes['section']} aria-labelledby={`group-${name}`}>
      <h2 id={`group-${name}`}>{t(`elections.${name}`)}</h2>
      <ul className={classes['list']}>
        {rows.map((row) => (
          <Line key={row.id} resource={resource} row={row} runs={runs} />
        ))}
      </ul>
    </section>
  ) : null

/** Teaches what belongs here, and offers the first step to whoever may take it. */
const Nothing = ({ mayCreate }: { mayCreate: boolean }) => (
  <Empty icon="roll" title={t('elections.none')} text={t(mayCreate ? 'elections.noneOffice' : 'elections.noneText')} />
)

const NothingOpen = () => (
  <p className={classes['quiet']} style={{ paddingBottom: '1rem' }}>
    {t('elections.nothingOpen')}
  </p>
)

function Elections({ resource }: { resource: KnownResource }) {
  const catalog = useCatalog()
  const org = useOrg()
  const mayCreate = resource.permissions.create === true
  const query = (states: readonly string[]) => ({ 'filter[state]': states, sort: '-closes_at' })
  const now = useInfiniteQuery(listQuery(org, resource.path, query(going), 200))
  const past = useInfiniteQuery(listQuery(org, resource.path, query(over), 20))
  // What is being prepared is for those who prepare it.
  const current = rowsOf(now.data)
    .filter((row) => row['state'] !== 'draft' || mayCreate)
    .toSorted((one, other) => going.indexOf(String(one['state'])) - going.indexOf(String(other['state'])))
  const isOpen = (row: Row) => row['state'] === 'voting'
  const before = rowsOf(past.data)
  const failed = now.error ?? past.error
  const isKnown = now.isSuccess && past.isSuccess
  return (
    <>
      <PageHead title={resource.plural}>
        {mayCreate && catalog.resources['governance.rule-set'] ? (
          <Button variant="default" renderRoot={(props) => <Link {...links.list(org, 'rule-sets')} {...props} />}>
            {t('elections.rules')}
          </Button>
        ) : null}
        {mayCreate ? (
          <Button
            leftSection={<Icon name="plus" size={16} />}
            renderRoot={(props) => <Link {...links.create(org, resource.path)} {...props} />}
          >
            {t('elections.new')}
          </Button>
        ) : null}
      </PageHead>
      {failed ? <Trouble failure={failed} onRetry={() => void Promise.all([now.refetch(), past.refetch()])} /> : null}
      {isKnown || failed ? null : <Skeleton height={200} mt="md" />}
      {isKnown && !current.length && !before.length ? <Nothing mayCreate={mayCreate} /> : null}
      {isKnown && !current.some(isOpen) && (current.length || before.length) ? <NothingOpen /> : null}
      <Group name="open" resource={resource} rows={current.filter(isOpen)} runs={mayCreate} />
      <Group name="coming" resource={resource} rows={current.filter((row) => !isOpen(row))} runs={mayCreate} />
      <Group name="past" resource={resource} rows={before} runs={mayCreate} />
      {before.length ? (
        <LoadMore
          answer={past}
          shown={before.length}
          total={past.data?.pages[0]?.total}
          plural={resource.plural.toLowerCase()}
        />
      ) : null}
      {current.length || before.length ? (
        <p>
          <Link {...links.list(org, resource.path, { show: 'all' })} className={classes['link'] ?? ''}>
            {t('elections.all')}
          </Link>
        </p>
      ) : null}
    </>
  )
}

/** Elections as one meets them: what is open first. All of them, to search and export, are a list beside it. */
export default function ElectionsPage({ resource }: { resource: KnownResource }) {
  const org = useOrg()
  const { search } = useListSearch()
  if (search['show'] !== 'all' && !isNarrowed(search)) return <Elections resource={resource} />
  return <ListPage resource={resource} trail={<Trail to={links.list(org, resource.path)} label={resource.plural} />} />
}
