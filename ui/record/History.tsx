import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import { changesQuery } from '../wire/records.ts'
import { ChangeLine } from './ChangeLine.tsx'
import classes from './record.module.css'

/** What has happened to a record, newest first. */
export function History({ resource, id }: { resource: KnownResource; id: string }) {
  const org = useOrg()
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    changesQuery(org, { 'filter[record]': id, limit: 10 }),
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
    </aside>
  )
}
