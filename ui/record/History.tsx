import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type KnownResource, mayReadHistory, useCatalog, useOrg } from '../wire/catalog.ts'
import { historyQuery } from '../wire/records.ts'
import { ChangeLine } from './ChangeLine.tsx'
import classes from './record.module.css'

/** What has happened to a record, newest first. */
export function History({ resource, id }: { resource: KnownResource; id: string }) {
  const org = useOrg()
  const mayReadAll = mayReadHistory(useCatalog())
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    historyQuery(org, resource.path, id),
  )
  const changes = data?.pages.flatMap((page) => page.data) ?? []
  return (
    <aside className={classes['history']} aria-labelledby="history">
      <h2 id="history">{t('history.title')}</h2>
      {isPending ? <Skeleton height={64} /> : null}
      {error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {data && !changes.length ? <p>{t('history.empty')}</p> : null}
      <ol>
        {changes.map((change) => (
          <li key={change.id}>
            <ChangeLine change={change} resource={resource} />
          </li>
        ))}
      </ol>
      {hasNextPage ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('history.older')}
        </Button>
      ) : null}
      {mayReadAll && changes.length ? (
        <p>
          <Link {...links.audit(org, { 'filter[record]': id })}>{t('history.all')}</Link>
        </p>
      ) : null}
    </aside>
  )
}
