import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatCount, formatDecimal } from '../fields/format.ts'
import { links, splitLead } from '../links.ts'
import { pagesOf } from '../page.ts'
import { Empty } from '../parts/Empty.tsx'
import { FlashMessage } from '../parts/Frame.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { ChangeList } from '../record/ChangeList.tsx'
import { t } from '../say.ts'
import { besidesOf } from '../shell/Navigation.tsx'
import { type Catalog, useCatalog, useOrg } from '../wire/catalog.ts'
import { call } from '../wire/http.ts'
import { type Change, recordQuery, titleOf } from '../wire/records.ts'
import classes from './home.module.css'

interface Metric {
  readonly name: string
  readonly label: string
  readonly unit: 'count' | 'money' | 'hours' | 'percent'
  readonly value: number | string
  readonly leads_to: string | null
}

interface Overview {
  readonly metrics: readonly Metric[]
  readonly recent: readonly Change[]
}

const shown = ({ unit, value }: Metric) =>
  unit === 'count' ? formatCount(Number(value)) : formatDecimal({ kind: unit }, `${value}`)

function Tile({ metric }: { metric: Metric }) {
  const org = useOrg()
  const inside = (
    <>
      <span data-label>{metric.label}</span>
      <span data-value>{shown(metric)}</span>
    </>
  )
  if (!metric.leads_to) return <div className={classes['tile']}>{inside}</div>
  const { path, search } = splitLead(metric.leads_to)
  return (
    <Link {...links.list(org, path, search)} className={classes['tile'] ?? ''}>
      {inside}
    </Link>
  )
}

/** The lists that one may add to, as first steps. */
function Doors({ catalog }: { catalog: Catalog }) {
  const org = catalog.org.slug
  const beside = besidesOf(catalog)
  const lists = Object.values(catalog.resources).filter(
    (one) => one.permissions.read === true && one.module !== 'foundation' && !beside.includes(one),
  )
  const pages = catalog.modules.flatMap(({ name }) => pagesOf(name, catalog).filter(({ isFirst }) => isFirst))
  return (
    <section className={classes['doors']} aria-labelledby="doors">
      <h2 id="doors">{t('home.doors')}</h2>
      <ul>
        {pages.map(({ path = '', label, icon = 'roll' }) => (
          <li key={path}>
            <Link {...links.page(org, path)}>
              <Icon name={icon} /> {label}
            </Link>
          </li>
        ))}
        {lists.map(({ plural, path, module, permissions, label, icon }) => (
          <li key={path}>
            <Link {...links.list(org, path)}>
              <Icon name={icon ?? catalog.modules.find(({ name }) => name === module)?.icon ?? 'roll'} /> {plural}
            </Link>
            {permissions.create === true ? (
              <Link {...links.create(org, path)} data-add aria-label={t('list.new', { label: label.toLowerCase() })}>
                <Icon name="plus" size={16} />
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Recent({ changes }: { changes: readonly Change[] }) {
  return (
    <section aria-labelledby="recent">
      <h2 id="recent">{t('home.recent')}</h2>
      <ChangeList changes={changes} />
    </section>
  )
}

/** For whom one is here, and what that means: nobody has told them otherwise. */
function StandsFor({ kind, id }: { kind: string; id: string }) {
  const { org, resources } = useCatalog()
  const resource = resources[kind]
  const { data } = useQuery({ ...recordQuery(org.slug, resource?.path ?? '', id), enabled: resource !== undefined })
  if (!resource || !data) return null
  const name = titleOf(resource, data)
  return (
    <p className={classes['party']}>
      <Icon name="user" />
      <span>
        {t('home.standsFor')} <Link {...links.record(org.slug, resource.path, id)}>{name}</Link>.{' '}
        {t('home.theirsAlone')}
      </span>
    </p>
  )
}

/** An org's first page: the numbers people watch, where to go, and what happened lately. */
export function HomePage() {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['org', org, 'overview'],
    queryFn: ({ signal }) => call<Overview>('GET', `/orgs/${org}/overview`, { signal }),
  })
  // One begins with a module's records, not with what the house itself keeps.
  const roll = Object.values(catalog.resources).find(
    ({ module, permissions }) => module !== 'foundation' && permissions.import === true,
  )
  const isBlank = data?.metrics.length && data.metrics.every(({ value }) => Number(value) === 0)
  return (
    <>
      <PageHead title={catalog.org.name} note={t(`home.${catalog.org.kind}`)} />
      <FlashMessage />
      {Object.entries(catalog.actor.parties ?? {}).map(([kind, id]) => (
        <StandsFor key={kind} kind={kind} id={id} />
      ))}
      {isPending ? <Skeleton height={88} mb="xl" /> : null}
      {error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {isBlank && roll ? (
        <Empty icon="upload" title={t('home.blankTitle')} text={t('home.blankText')}>
          <Button renderRoot={(props) => <Link {...links.importFile(org, roll.path)} {...props} />}>
            {t('palette.import', { plural: roll.plural.toLowerCase() })}
          </Button>
          <Button variant="default" renderRoot={(props) => <Link {...links.create(org, roll.path)} {...props} />}>
            {t('list.first', { label: roll.label.toLowerCase() })}
          </Button>
        </Empty>
      ) : null}
      {data && !isBlank ? (
        <div className={classes['tiles']}>
          {data.metrics.map((metric) => (
            <Tile key={metric.name} metric={metric} />
          ))}
        </div>
      ) : null}
      <div className={classes['columns']}>
        {data?.recent.length ? <Recent changes={data.recent} /> : null}
        <Doors catalog={catalog} />
      </div>
    </>
  )
}
