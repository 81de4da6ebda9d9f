import { formatCount, links, listQuery, useOrg } from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import shared from '../pages.module.css'
import { t } from '../t.ts'

const query = { 'filter[state]': 'approved', 'filter[payment][empty]': 'true' }

/** Approved weeks that stand in no batch yet. */
export function Unpaid() {
  const org = useOrg()
  const { data } = useInfiniteQuery(listQuery(org, 'hours', query, 1))
  const count = data?.pages[0]?.total
  if (!count) return null
  return (
    <p className={shared['note']}>
      {t('payments.unpaid', { count, shown: formatCount(count) })}{' '}
      <Link {...links.list(org, 'hours', query)}>{t('payments.look')}</Link>
    </p>
  )
}
