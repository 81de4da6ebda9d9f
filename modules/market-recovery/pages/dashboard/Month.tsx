import { call, links, useCatalog, useToday } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { hours, money } from '../amounts.ts'
import shared from '../pages.module.css'
import { t } from '../t.ts'
import classes from './dashboard.module.css'

interface Overview {
  readonly metrics: readonly { readonly name: string; readonly value: number | string }[]
}

const named = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** What this month's weeks come to so far. */
export function Month() {
  const org = useCatalog().org.slug
  const { data } = useQuery({
    queryKey: ['org', org, 'overview'],
    queryFn: ({ signal }) => call<Overview>('GET', `/orgs/${org}/overview`, { signal }),
  })
  const valueOf = (name: string) => data?.metrics.find((metric) => metric.name === `market-recovery.${name}`)?.value
  const first = `${useToday().slice(0, 7)}-01`
  const lead = links.list(org, 'hours', { 'filter[week_ending][gte]': first })
  const [worked, subsidy] = [valueOf('hours_this_month'), valueOf('subsidy_this_month')]
  if (worked === undefined || subsidy === undefined) return null
  return (
    <section className={shared['section']} aria-labelledby="month">
      <h2 id="month">{t('dashboard.month', { month: named.format(Date.parse(`${first}T00:00:00Z`)) })}</h2>
      <ul className={classes['tiles']}>
        <li>
          <Link {...lead}>
            <b>{hours(String(worked))}</b>
            <span>{t('dashboard.hours')}</span>
          </Link>
        </li>
        <li>
          <Link {...lead}>
            <b>{money(String(subsidy))}</b>
            <span>{t('dashboard.subsidy')}</span>
          </Link>
        </li>
      </ul>
      <p className={shared['quiet']}>{t('dashboard.monthText')}</p>
    </section>
  )
}
