import { Button, Chip, Group, Skeleton } from '@mantine/core'
import {
  Empty,
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
  useListSearch,
  useOrg,
} from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ProposalLine } from './ProposalLine.tsx'
import classes from './proposals.module.css'
import { rowsOf } from './queries.tsx'
import { t } from './t.ts'

const outcomes = ['all', 'passed', 'failed', 'no-quorum', 'withdrawn'] as const
type Outcome = (typeof outcomes)[number]

const isOutcome = (value: string | undefined): value is Outcome => outcomes.includes(value as Outcome)

const asked: Readonly<Record<Outcome, Readonly<Record<string, string | readonly string[]>>>> = {
  all: { 'filter[state]': ['decided', 'withdrawn'] },
  passed: { 'filter[outcome]': 'passed' },
  failed: { 'filter[outcome]': 'failed' },
  'no-quorum': { 'filter[outcome]': 'no-quorum' },
  withdrawn: { 'filter[state]': 'withdrawn' },
}

interface SectionProps {
  readonly name: 'open' | 'discussed' | 'drafts'
  readonly resource: KnownResource
  readonly rows: readonly Row[]
}

const Section = ({ name, resource, rows }: SectionProps) =>
  rows.length ? (
    <section className={classes['section']} aria-labelledby={`group-${name}`}>
      <h2 id={`group-${name}`}>{t(name)}</h2>
      <ul className={classes['list']}>
        {rows.map((row) => (
          <ProposalLine key={row.id} resource={resource} row={row} />
        ))}
      </ul>
    </section>
  ) : null

/** What was decided, by its outcome; the choice stands in the address. */
function Past({ resource, outcome }: { resource: KnownResource; outcome: Outcome }) {
  const org = useOrg()
  const navigate = useNavigate()
  const past = useInfiniteQuery(listQuery(org, resource.path, { ...asked[outcome], sort: '-number' }, 20))
  const rows = rowsOf(past.data)
  const choose = (next: string) =>
    void navigate({ to: '.', search: next === 'all' ? {} : { outcome: next }, replace: true, resetScroll: false })
  if (past.error) return <Trouble failure={past.error} onRetry={() => void past.refetch()} />
  if (!past.isSuccess || (!rows.length && outcome === 'all')) return null
  return (
    <section className={classes['section']} aria-labelledby="group-past">
      <h2 id="group-past">{t('past')}</h2>
      <Chip.Group value={outcome} onChange={choose}>
        <Group gap="xs" mb="xs" role="radiogroup" aria-label={t('outcomes')}>
          {outcomes.map((one) => (
            <Chip key={one} value={one} size="sm" variant="outline">
              {t(`outcome.${one}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {rows.length ? null : <p className={classes['quiet']}>{t('noneOutcome')}</p>}
      <ul className={classes['list']}>
        {rows.map((row) => (
          <ProposalLine key={row.id} resource={resource} row={row} />
        ))}
      </ul>
      {rows.length ? (
        <LoadMore
          answer={past}
          shown={rows.length}
          total={past.data.pages[0]?.total}
          plural={resource.plural.toLowerCase()}
        />
      ) : null}
    </section>
  )
}

/** What belongs here, and the first step. */
function Nothing({ resource }: { resource: KnownResource }) {
  const org = useOrg()
  const mayCreate = resource.permissions.create === true
  return (
    <Empty icon="hammer" title={t('none')} text={t(mayCreate ? 'noneText' : 'noneWait')}>
      {mayCreate ? (
        <Button renderRoot={(props) => <Link {...links.create(org, resource.path)} {...props} />}>{t('new')}</Button>
      ) : null}
    </Empty>
  )
}

function Proposals({ resource, outcome }: { resource: KnownResource; outcome: Outcome }) {
  const org = useOrg()
  const query = { 'filter[state]': ['voting', 'discussion', 'draft'], sort: '-number' }
  const now = useInfiniteQuery(listQuery(org, resource.path, query, 200))
  const any = useInfiniteQuery(listQuery(org, resource.path, { sort: '-number' }, 1))
  const current = rowsOf(now.data)
  const inState = (state: string) => current.filter((row) => row['state'] === state)
  const open = inState('voting').toSorted((one, other) =>
    String(one['closes_at']).localeCompare(String(other['closes_at'])),
  )
  const isEmpty = any.isSuccess && !rowsOf(any.data).length
  return (
    <>
      <PageHead title={resource.plural}>
        {resource.permissions.create === true && !isEmpty ? (
          <Button
            leftSection={<Icon name="plus" size={16} />}
            renderRoot={(props) => <Link {...links.create(org, resource.path)} {...props} />}
          >
            {t('new')}
          </Button>
        ) : null}
      </PageHead>
      {now.error ? <Trouble failure={now.error} onRetry={() => void now.refetch()} /> : null}
      {now.isPending ? <Skeleton height={200} mt="md" /> : null}
      {isEmpty ? <Nothing resource={resource} /> : null}
      {now.isSuccess && any.isSuccess && !isEmpty && !open.length ? (
        <p className={classes['lead']}>{t('nothingOpen')}</p>
      ) : null}
      <Section name="open" resource={resource} rows={open} />
      <Section name="discussed" resource={resource} rows={inState('discussion')} />
      <Section name="drafts" resource={resource} rows={inState('draft')} />
      {now.isSuccess && !isEmpty ? <Past resource={resource} outcome={outcome} /> : null}
      {isEmpty || !now.isSuccess ? null : (
        <p>
          <Link {...links.list(org, resource.path, { show: 'all' })} className={classes['link'] ?? ''}>
            {t('all')}
          </Link>
        </p>
      )}
    </>
  )
}

/** Proposals as one meets them: what is open for voting first. All of them, to search and export, are a list beside. */
export default function ProposalsPage({ resource }: { resource: KnownResource }) {
  const org = useOrg()
  const { search } = useListSearch()
  const { outcome } = search
  if (search['show'] !== 'all' && !isNarrowed(search))
    return <Proposals resource={resource} outcome={isOutcome(outcome) ? outcome : 'all'} />
  return <ListPage resource={resource} trail={<Trail to={links.list(org, resource.path)} label={resource.plural} />} />
}
