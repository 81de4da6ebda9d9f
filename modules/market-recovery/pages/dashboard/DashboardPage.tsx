import { Button, Skeleton } from '@mantine/core'
import { Icon, links, listQuery, PageHead, Trouble, useCatalog, useOrg } from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { BudgetBar, BudgetFigures, BudgetWarning } from '../BudgetBar.tsx'
import budget from '../budget.module.css'
import shared from '../pages.module.css'
import { budgetOf } from '../program/budget-of.ts'
import { t } from '../t.ts'
import { usePolicy } from '../use-policy.tsx'
import { FirstSteps, useSteps } from './FirstSteps.tsx'
import { Month } from './Month.tsx'
import { Waiting } from './Waiting.tsx'

const active = { 'filter[state]': 'active' }

/** The budgets of all programs in which hours are being paid. */
function Budgets() {
  const org = useOrg()
  const { warnAt } = usePolicy()
  const { data, error, refetch } = useInfiniteQuery(listQuery(org, 'programs', active))
  const programs = data?.pages.flatMap((page) => page.data) ?? []
  return (
    <section className={shared['section']} aria-labelledby="budgets">
      <h2 id="budgets">{t('dashboard.budgets')}</h2>
      {error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {data ? null : <Skeleton height={64} />}
      {data && !programs.length ? <p className={shared['quiet']}>{t('dashboard.noActive')}</p> : null}
      <ul className={budget['programs']}>
        {programs.map((row) => {
          const program = budgetOf(row)
          return (
            <li key={row.id}>
              <h3>
                <Link {...links.record(org, 'programs', row.id)}>{program.name}</Link>
                <BudgetWarning program={program} warnAt={warnAt} />
              </h3>
              <BudgetBar program={program} />
              <BudgetFigures program={program} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Market recovery at a glance: what waits for whom, what there is to spend, and what this month came to. */
export default function DashboardPage() {
  const org = useOrg()
  const { resources } = useCatalog()
  const steps = useSteps()
  const isFirst = steps.isKnown && steps.all.some(({ isDone }) => !isDone)
  const mayEnter = resources['market-recovery.hours']?.permissions.create === true
  return (
    <>
      <PageHead title={t('title')}>
        {mayEnter && !isFirst ? (
          <Button
            leftSection={<Icon name="clock" size={16} />}
            renderRoot={(props) => <Link {...links.page(org, 'hours/submit')} {...props} />}
          >
            {t('enterHours')}
          </Button>
        ) : null}
      </PageHead>
      {isFirst ? <FirstSteps steps={steps.all} /> : null}
      {steps.isKnown && !isFirst ? (
        <>
          <Waiting />
          <Budgets />
          <Month />
        </>
      ) : null}
      {steps.isKnown ? null : <Skeleton height={240} mt="md" />}
    </>
  )
}
