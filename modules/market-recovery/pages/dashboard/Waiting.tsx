import { formatAgo, formatCount, formatDate, links, listQuery, useOrg } from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import shared from '../pages.module.css'
import { t } from '../t.ts'
import classes from './dashboard.module.css'

type Name = 'toApprove' | 'sentBack' | 'drafts' | 'unpaid' | 'toRelease' | 'toExport' | 'toPay' | 'resultsDue'

interface Kind {
  readonly name: Name
  readonly path: string
  readonly query: Readonly<Record<string, string>>
}

const state = (path: string, name: Name, which: string, sort: string): Kind => ({
  name,
  path,
  query: { 'filter[state]': which, sort },
})

const kinds: readonly Kind[] = [
  state('hours', 'toApprove', 'submitted', 'submitted_at'),
  state('hours', 'sentBack', 'rejected', '-week_ending'),
  state('hours', 'drafts', 'draft', '-week_ending'),
  {
    name: 'unpaid',
    path: 'hours',
    query: { 'filter[state]': 'approved', 'filter[payment][empty]': 'true', sort: '-week_ending' },
  },
  state('payment-batches', 'toRelease', 'prepared', '-number'),
  state('payment-batches', 'toExport', 'released', '-number'),
  state('payment-batches', 'toPay', 'exported', '-number'),
  state('projects', 'resultsDue', 'awarded', '-bid_on'),
]

/** Where one goes to deal with it: the page made for it, or the list that shows just these. */
function leadOf(org: string, { name, path, query }: Kind): LinkProps {
  if (name === 'toApprove') return links.page(org, 'approvals')
  if (path === 'payment-batches') return links.page(org, 'payments', { show: query['filter[state]'] ?? '' })
  if (name === 'unpaid') return links.page(org, 'payments')
  return links.list(org, path, query)
}

function Tile({ kind }: { kind: Kind }) {
  const org = useOrg()
  const { data } = useInfiniteQuery(listQuery(org, kind.path, kind.query, 1))
  const page = data?.pages[0]
  const count = page?.total
  const first = page?.data[0]
  const detail = () => {
    if (!count) return t('dashboard.nothing')
    if (kind.name === 'toApprove')
      return first?.['submitted_at'] ? t('dashboard.oldest', { ago: formatAgo(String(first['submitted_at'])) }) : ''
    if (kind.name === 'resultsDue')
      return first?.['result_due_on']
        ? t('dashboard.resultsDueText', { on: formatDate(String(first['result_due_on'])) })
        : ''
    return t(`dashboard.${kind.name}Text`)
  }
  return (
    <li>
      <Link {...leadOf(org, kind)} data-none={count === 0 || undefined}>
        <b>{count === undefined ? '·' : formatCount(count)}</b>
        <span>{t(`dashboard.${kind.name}`, { count: count ?? 0 })}</span>
        <small>{count === undefined ? '' : detail()}</small>
      </Link>
    </li>
  )
}

/** What waits, for whoever does the next step. Each number leads to it. */
export const Waiting = () => (
  <section className={shared['section']} aria-labelledby="waiting">
    <h2 id="waiting">{t('dashboard.waiting')}</h2>
    <ul className={classes['tiles']}>
      {kinds.map((kind) => (
        <Tile key={kind.name} kind={kind} />
      ))}
    </ul>
  </section>
)
