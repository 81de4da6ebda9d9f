import { Button, NativeSelect, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { LoadMore } from '../list/LoadMore.tsx'
import { useListSearch } from '../list/search.ts'
import { Empty } from '../parts/Empty.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { ChangeLine } from '../record/ChangeLine.tsx'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import { changesQuery } from '../wire/records.ts'
import classes from './home.module.css'

/** Who changed what in the whole org, newest first. */
export function AuditPage() {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const list = useListSearch()
  const answer = useInfiniteQuery(changesQuery(org, { ...list.query, limit: 50 }))
  const changes = answer.data?.pages.flatMap((page) => page.data) ?? []
  const kinds = Object.values(catalog.resources).filter(({ traits }) => traits.includes('audited'))
  const kind = list.search['filter[resource]'] ?? ''
  return (
    <>
      <PageHead title={t('audit.title')} />
      <NativeSelect
        label={t('audit.kind')}
        maw="16rem"
        mb="lg"
        value={kind}
        onChange={(event) => list.filter('resource', { eq: event.currentTarget.value })}
        data={[{ value: '', label: t('audit.all') }, ...kinds.map(({ name, plural }) => ({ value: name, label: plural }))]}
      />
      {answer.isPending ? <Skeleton height={240} /> : null}
      {answer.isError ? <Trouble failure={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.data && !changes.length ? (
        <Empty icon="history" title={t('audit.empty')} text={t('audit.emptyText')}>
          {kind ? <Button variant="default" onClick={list.clear}>{t('list.clear')}</Button> : null}
        </Empty>
      ) : null}
      <div className={classes['recent']}>
        <ol>
          {changes.map((change) => {
            const resource = catalog.resources[change.resource]
            return (
              <li key={change.id}>
                <ChangeLine change={change} resource={resource} />
                {resource ? (
                  <Link {...links.record(org, resource.path, change.record)} aria-label={t('home.openRecord', { label: resource.label.toLowerCase() })}>
                    {resource.label} <Icon name="chevron" size={12} />
                  </Link>
                ) : null}
              </li>
            )
          })}
        </ol>
      </div>
      {changes.length ? <LoadMore answer={answer} shown={changes.length} total={undefined} plural={t('audit.entries')} /> : null}
    </>
  )
}
