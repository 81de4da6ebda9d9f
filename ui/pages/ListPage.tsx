import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { links } from '../links.ts'
import { BulkBar } from '../list/BulkBar.tsx'
import { useColumns } from '../list/columns.ts'
import { FilterBar, SearchField } from '../list/FilterBar.tsx'
import { LoadMore } from '../list/LoadMore.tsx'
import classes from '../list/list.module.css'
import { MoreMenu } from '../list/MoreMenu.tsx'
import { RowCards } from '../list/RowCards.tsx'
import { type Picked, RowsTable, TableSkeleton } from '../list/RowsTable.tsx'
import { useRowKeys } from '../list/row-keys.ts'
import { isNarrowed, type ListSearch, useListSearch } from '../list/search.ts'
import { ColumnChooser } from '../list/ColumnChooser.tsx'
import { SavedViews } from '../list/SavedViews.tsx'
import { formatCount } from '../fields/format.ts'
import { useShortcuts } from '../keyboard.ts'
import live from '../live/live.module.css'
import { ListNews } from '../live/ListNews.tsx'
import { useListNews } from '../live/use-list-news.ts'
import { Empty } from '../parts/Empty.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { useIsPhone } from '../parts/use-is-phone.ts'
import { t } from '../say.ts'
import { type KnownResource, useCatalog, useOrg } from '../wire/catalog.ts'
import type { Query } from '../wire/http.ts'
import { listQuery, type Row } from '../wire/records.ts'

function usePicked(rows: readonly Row[]): Picked & { rows: readonly Row[]; clear: () => void } {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  return {
    ids,
    rows: rows.filter(({ id }) => ids.has(id)),
    toggle: (id) =>
      setIds((before) =>
        before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
      ),
    all: (isOn) => setIds(new Set(isOn ? rows.map(({ id }) => id) : [])),
    clear: () => setIds(new Set()),
  }
}

type OwnWords = { readonly icon: string; readonly title: string; readonly text: string }

interface NothingProps {
  resource: KnownResource
  empty: OwnWords | undefined
  isSearch: boolean
  onClear: () => void
}

function Nothing({ resource, empty, isSearch, onClear }: NothingProps) {
  const org = useOrg()
  const icon = useCatalog().modules.find(({ name }) => name === resource.module)?.icon ?? 'roll'
  const plural = resource.plural.toLowerCase()
  if (isSearch) {
    return (
      <Empty icon="search" title={t('list.noneFound', { plural })} text={t('list.noneFoundText')}>
        <Button variant="default" onClick={onClear}>
          {t('list.clear')}
        </Button>
      </Empty>
    )
  }
  if (empty) return <Empty {...empty} />
  const { create, import: bringIn } = resource.permissions
  return (
    <Empty
      icon={icon}
      title={t('list.empty', { plural })}
      text={t(create === true ? 'list.emptyText' : 'list.emptyWait', { plural })}
    >
      {create === true ? (
        <Button renderRoot={(props) => <Link {...links.create(org, resource.path)} {...props} />}>
          {t('list.first', { label: resource.label.toLowerCase() })}
        </Button>
      ) : null}
      {bringIn === true ? (
        <Button variant="default" renderRoot={(props) => <Link {...links.importFile(org, resource.path)} {...props} />}>
          {t('list.importFile')}
        </Button>
      ) : null}
    </Empty>
  )
}

interface HeadProps {
  resource: KnownResource
  trail: ReactNode
  list: ListSearch
  total: number | undefined
  /** What has happened to the list while one looks. */
  news: ReactNode
  children?: ReactNode
}

/** The list's name and number, and what is done with all of it. */
function Head({ resource, trail, list, total, news, children }: HeadProps) {
  const org = useOrg()
  const navigate = useNavigate()
  const mayCreate = resource.permissions.create === true
  const label = t('list.new', { label: resource.label.toLowerCase() })
  const add = links.create(org, resource.path)
  const note = (
    <span className={live['note']}>
      {total === undefined ? null : formatCount(total)}
      {news}
    </span>
  )
  useShortcuts(mayCreate ? [{ keys: 'n', label, group: t('keys.list'), run: () => void navigate(add) }] : [])
  return (
    <PageHead title={resource.plural} note={note} trail={trail}>
      <MoreMenu resource={resource} list={list} />
      {mayCreate ? (
        <Button leftSection={<Icon name="plus" size={16} />} renderRoot={(props) => <Link {...add} {...props} />}>
          {label}
        </Button>
      ) : null}
      {children}
    </PageHead>
  )
}

/** Whether any of these records has an act that is open for many at once. */
const canActOn = (rows: readonly Row[]) =>
  rows.some(({ can }) => can && Object.entries(can).some(([act, open]) => act !== 'update' && open === true))

interface ListPageProps {
  resource: KnownResource
  /** What is asked beside what the address asks. */
  always?: Query
  /** Where one came from, for a list that is not in the navigation. */
  trail?: ReactNode
  /** Acts of a page that stands around the list, and what it shows above it. */
  acts?: ReactNode
  above?: ReactNode
  /** What is said while there is nothing, where the usual words do not fit. */
  empty?: OwnWords
  /** Nothing is done to many of its records at once. */
  isForOne?: boolean
}

/** The list of any resource: search, filters, order, columns, files in and out, and acts on many records. */
export function ListPage({ resource, always, trail, acts, above, empty, isForOne = false }: ListPageProps) {
  const isPhone = useIsPhone()
  const list = useListSearch()
  const { columns } = useColumns(resource)
  const org = useOrg()
  const query = { ...always, ...list.query }
  const options = listQuery(org, resource.path, query)
  const answer = useInfiniteQuery({ ...options, placeholderData: (before) => before })
  const news = useListNews(org, resource.path, query, options.queryKey)
  const gone = new Set(news.waiting.gone)
  const rows = answer.data?.pages.flatMap((page) => page.data) ?? []
  const total = answer.data?.pages[0]?.total
  const picked = usePicked(rows)
  const canPick = !isPhone && !isForOne && canActOn(rows)
  useRowKeys(canPick ? picked.toggle : undefined)
  const isBare = answer.isSuccess && rows.length === 0
  const table = { resource, columns, rows, list, picked: canPick ? picked : undefined, gone }
  return (
    <div className={classes['page']} data-fills>
      <Head {...{ resource, trail, list, total }} news={<ListNews news={news} plural={resource.plural} />}>
        {acts}
      </Head>
      {above}
      <div className={classes['tools']}>
        {resource.views.search.length ? <SearchField list={list} plural={resource.plural} /> : null}
        <FilterBar resource={resource} list={list} />
        {isPhone ? null : <ColumnChooser resource={resource} />}
        <SavedViews resource={resource} list={list} />
      </div>
      <div
        className={classes['region']}
        role="region"
        aria-label={resource.plural}
        aria-busy={answer.isFetching}
        {...(isPhone ? {} : { tabIndex: 0 })}
      >
        {answer.isPending ? <TableSkeleton columns={isPhone ? 1 : columns.length} /> : null}
        {answer.isError ? <Trouble failure={answer.error} onRetry={() => void answer.refetch()} /> : null}
        {isBare ? (
          <Nothing resource={resource} empty={empty} isSearch={isNarrowed(list.search)} onClear={list.clear} />
        ) : null}
        {rows.length && isPhone ? <RowCards {...table} /> : null}
        {rows.length && !isPhone ? <RowsTable {...table} /> : null}
        {rows.length ? <LoadMore answer={answer} shown={rows.length} total={total} plural={resource.plural} /> : null}
      </div>
      {picked.rows.length ? <BulkBar resource={resource} rows={picked.rows} onDone={picked.clear} /> : null}
    </div>
  )
}
