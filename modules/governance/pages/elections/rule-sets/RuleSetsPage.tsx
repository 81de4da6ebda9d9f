import { Button, Skeleton } from '@mantine/core'
import {
  ActButton,
  call,
  Empty,
  formatDate,
  Icon,
  isNarrowed,
  type KnownResource,
  links,
  ListPage,
  listQuery,
  PageHead,
  resourceByPath,
  type Row,
  Trail,
  Trouble,
  useCatalog,
  useListSearch,
  useOrg,
  useToday,
} from '@commonhall/ui'
import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import shared from '../elections.module.css'
import { rowsOf } from '../queries.tsx'
import { t } from '../t.ts'
import { useDoing } from '../use-doing.tsx'
import { ChangeRules } from './ChangeRules.tsx'
import { Sentences } from './InWords.tsx'
import { readRules } from './read-rules.ts'
import classes from './rule-sets.module.css'

interface Preset {
  readonly preset: string
  readonly name: string
  readonly about: string
  readonly sentences: readonly string[]
  readonly there: boolean
}

const presetsQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'list', 'rule-sets', 'presets'],
    queryFn: ({ signal }) =>
      call<{ readonly presets: readonly Preset[] }>('GET', `/orgs/${org}/rule-sets/presets`, { signal }),
  })

/** What most bylaws say, one click each. */
function Presets() {
  const org = useOrg()
  const { data } = useQuery(presetsQuery(org))
  const { run, isBusy } = useDoing()
  const left = data?.presets.filter(({ there }) => !there) ?? []
  if (!left.length) return null
  const take = ({ preset, name }: Preset) =>
    run(() => call('POST', `/orgs/${org}/rule-sets/presets`, { body: { preset } }), t('ruleSets.taken', { name }))
  return (
    <section className={shared['section']} aria-labelledby="presets">
      <h2 id="presets">{t('ruleSets.presets')}</h2>
      <ul className={classes['presets']}>
        {left.map((one) => (
          <li key={one.preset}>
            <h3>{one.name}</h3>
            <p data-quiet>{one.about}</p>
            <ul className={classes['sentences']}>
              {one.sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
            <Button
              variant="default"
              disabled={isBusy}
              aria-label={t('ruleSets.takeOf', { name: one.name })}
              onClick={() => void take(one)}
            >
              {t('ruleSets.take')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

const on = (value: unknown) => formatDate(String(value))

/** The version that is in force, or else the next one, or the last. */
function shownOf(versions: readonly Row[], today: string): { row: Row | undefined; when: 'now' | 'coming' | 'over' } {
  const now = versions.find(
    ({ from_on: from, until_on: until }) => String(from) <= today && (!until || String(until) >= today),
  )
  const coming = versions.findLast(({ from_on: from }) => String(from) > today)
  return { row: now ?? coming ?? versions[0], when: now ? 'now' : coming ? 'coming' : 'over' }
}

/** Rules of one name: what they say now, and their versions. */
function RuleSet({ resource, versions }: { resource: KnownResource; versions: readonly Row[] }) {
  const org = useOrg()
  const [isChanging, setChanging] = useState(false)
  const { row, when } = shownOf(versions, useToday())
  const rules = row ? readRules(row) : undefined
  if (!row) return null
  const name = String(row['name'])
  return (
    <section className={classes['rules']} aria-label={name}>
      <header>
        <div>
          <h2>
            <Link {...links.record(org, resource.path, row.id)} style={{ color: 'inherit', textDecoration: 'none' }}>
              {name}
            </Link>
          </h2>
          <p className={shared['quiet']}>{t(`ruleSets.${when}`, { from: on(row['from_on']) })}</p>
        </div>
        {resource.permissions.create === true ? (
          <ActButton
            size="compact-md"
            variant="default"
            aria-label={`${t('ruleSets.change')}: ${name}`}
            allowed={row.can?.['update']}
            onClick={() => setChanging(true)}
          >
            {t('ruleSets.change')}
          </ActButton>
        ) : null}
      </header>
      {rules ? <Sentences rules={rules} /> : null}
      {versions.length > 1 ? (
        <details>
          <summary>{t('ruleSets.versions')}</summary>
          <ul className={classes['sentences']}>
            {versions.map((one) => (
              <li key={one.id}>
                <Link {...links.record(org, resource.path, one.id)} className={shared['link'] ?? ''}>
                  {one['until_on']
                    ? t('ruleSets.period', { from: on(one['from_on']), until: on(one['until_on']) })
                    : t('ruleSets.coming', { from: on(one['from_on']) })}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {isChanging ? <ChangeRules resource={resource} row={row} onClose={() => setChanging(false)} /> : null}
    </section>
  )
}

function RuleSets({ resource }: { resource: KnownResource }) {
  const catalog = useCatalog()
  const org = useOrg()
  const answer = useInfiniteQuery(listQuery(org, resource.path, { sort: 'name,-from_on' }, 200))
  const byName = Map.groupBy(rowsOf(answer.data), (row) => String(row['name']))
  const mayCreate = resource.permissions.create === true
  const elections = resourceByPath(catalog, 'elections')
  return (
    <>
      <PageHead
        title={resource.plural}
        trail={elections ? <Trail to={links.list(org, 'elections')} label={elections.plural} /> : undefined}
      >
        {mayCreate ? (
          <Button
            variant={byName.size ? 'filled' : 'default'}
            leftSection={<Icon name="plus" size={16} />}
            renderRoot={(props) => <Link {...links.create(org, resource.path)} {...props} />}
          >
            {t('ruleSets.new')}
          </Button>
        ) : null}
      </PageHead>
      <p className={shared['quiet']} style={{ maxWidth: '44rem', paddingBottom: '1.1rem' }}>
        {t('ruleSets.intro')}
      </p>
      {answer.error ? <Trouble failure={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <Skeleton height={200} /> : null}
      {answer.isSuccess && !byName.size ? (
        <Empty icon="roll" title={t('ruleSets.none')} text={t('ruleSets.noneText')} isSmall />
      ) : null}
      {[...byName].map(([name, versions]) => (
        <RuleSet key={name} resource={resource} versions={versions} />
      ))}
      {answer.isSuccess && mayCreate ? <Presets /> : null}
      {byName.size ? (
        <p>
          <Link {...links.list(org, resource.path, { show: 'all' })} className={shared['link'] ?? ''}>
            {t('elections.all')}
          </Link>
        </p>
      ) : null}
    </>
  )
}

/** By which rules the org decides, in words. */
export default function RuleSetsPage({ resource }: { resource: KnownResource }) {
  const org = useOrg()
  const { search } = useListSearch()
  if (search['show'] !== 'all' && !isNarrowed(search)) return <RuleSets resource={resource} />
  return <ListPage resource={resource} trail={<Trail to={links.list(org, resource.path)} label={resource.plural} />} />
}
