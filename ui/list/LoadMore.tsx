import { Button } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { useEffect } from 'react'
import { formatCount } from '../fields/format.ts'
import { t } from '../say.ts'
import classes from './list.module.css'

interface LoadMoreProps {
  answer: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
  shown: number
  total: number | undefined
  plural: string
}

/** The end of what is loaded: fetches the next page when it comes into view, and has a button for everyone else. */
export function LoadMore({ answer, shown, total, plural }: LoadMoreProps) {
  const { ref, entry } = useIntersection({ rootMargin: '600px' })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer
  const isNear = entry?.isIntersecting ?? false
  useEffect(() => {
    if (isNear && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [isNear, hasNextPage, isFetchingNextPage, fetchNextPage])
  const counts = {
    count: shown,
    shown: formatCount(shown),
    total: formatCount(total ?? shown),
    plural: plural.toLowerCase(),
  }
  return (
    <div ref={ref} className={classes['foot']}>
      <span role="status">{t(hasNextPage ? 'list.shownOf' : 'list.shownAll', counts)}</span>
      {hasNextPage ? (
        <Button variant="default" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('list.loadMore')}
        </Button>
      ) : null}
    </div>
  )
}
