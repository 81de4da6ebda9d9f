import { Skeleton } from '@mantine/core'
import { compareDecimals } from '@commonhall/kernel'
import {
  call,
  type KnownResource,
  links,
  RecordPage,
  type Row,
  ScrollRegion,
  State,
  Trouble,
  useCatalog,
  useOrg,
} from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { hours, money, rate } from '../amounts.ts'
import { BudgetBar, BudgetFigures, BudgetWarning } from '../BudgetBar.tsx'
import shared from '../pages.module.css'
import { t } from '../t.ts'
import { usePolicy } from '../use-policy.tsx'
import { budgetOf } from './budget-of.ts'

/** By which rule the program pays, as one sentence or two. */
function rulesOf(row: Row): string {
  const most = row['hourly_subsidy_rate']
  const factor = String(row['overtime_factor'])
  const said =
    row['basis'] === 'fixed-rate'
      ? t('program.fixed', { rate: rate(String(most)) })
      : most
        ? t('program.rateGapMost', { rate: rate(String(most)) })
        : t('program.rateGap')
  return compareDecimals(factor, '1') === 0 ? said : `${said} ${t('program.overtime', { factor: Number(factor) })}`
}

function Money({ row }: { row: Row }) {
  const { warnAt } = usePolicy()
  const program = budgetOf(row)
  return (
    <section className={shared['section']} aria-label={t('budget.budget')}>
      <BudgetBar program={program} />
      <BudgetFigures program={program} />
      <p style={{ margin: '0.6rem 0 0' }}>
        <BudgetWarning program={program} warnAt={warnAt} />
      </p>
      <p className={shared['quiet']}>{rulesOf(row)}</p>
    </section>
  )
}

interface Answer {
  readonly rows: readonly Readonly<Record<string, string | null>>[]
  readonly totals?: Readonly<Record<string, string | null>>
}

const report = 'market-recovery.assignments-so-far'
const tones = { active: 'good', ended: 'idle', cancelled: 'idle' } as const

const AssignmentRows = ({ answer, org }: { answer: Answer; org: string }) =>
  answer.rows.map((row) => (
    <tr key={row['assignment']}>
      <th scope="row">
        <Link {...links.record(org, 'assignments', String(row['assignment']))}>{row['member']}</Link>
        <small>
          {row['contractor']} · {row['classification']}
        </small>
      </th>
      <td>
        <State tone={tones[row['state'] as keyof typeof tones]}>
          {t(`program.state.${row['state'] as keyof typeof tones}`)}
        </State>
      </td>
      <td data-align="end">{rate(String(row['contractor_rate']))}</td>
      <td data-align="end">{hours(String(row['hours']))}</td>
      <td data-align="end">{money(String(row['subsidy']))}</td>
      <td data-align="end">{money(String(row['waiting']))}</td>
    </tr>
  ))

/** Who is assigned in the program, with hours and subsidy so far. */
function Assignments({ row }: { row: Row }) {
  const org = useOrg()
  const mayRead = useCatalog().reports.some(({ name }) => name === report)
  const { data, error, refetch } = useQuery({
    // Named as a list of assignments, so that it is read anew when one of them changes.
    queryKey: ['org', org, 'list', 'assignments', { program: row.id }, report],
    queryFn: ({ signal }) =>
      call<Answer>('GET', `/orgs/${org}/reports/${report}`, { query: { program: row.id, format: 'json' }, signal }),
    enabled: mayRead,
  })
  if (!mayRead) return null
  const columns = ['member', 'stateName'] as const
  const numbers = ['rate', 'hours', 'subsidy', 'waiting'] as const
  return (
    <section className={shared['section']}>
      <header>
        <h2 id="so-far">{t('program.assignments')}</h2>
        <Link {...links.report(org, report, { program: row.id })}>{t('program.all')}</Link>
        <Link {...links.create(org, 'assignments', { program: row.id })}>{t('newAssignment')}</Link>
      </header>
      {error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {data || error ? null : <Skeleton height={120} />}
      {data && !data.rows.length ? <p className={shared['quiet']}>{t('program.noAssignments')}</p> : null}
      {data?.rows.length ? (
        <ScrollRegion className={shared['scroll']} labelledBy="so-far">
          <table className={shared['table']} data-two>
            <thead>
              <tr>
                {columns.map((name) => (
                  <th key={name} scope="col">
                    {t(`program.column.${name}`)}
                  </th>
                ))}
                {numbers.map((name) => (
                  <th key={name} scope="col" data-align="end">
                    {t(`program.column.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <AssignmentRows answer={data} org={org} />
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={3}>
                  {t('total')}
                </th>
                <td data-align="end">{hours(data.totals?.['hours'] ?? '0')}</td>
                <td data-align="end">{money(data.totals?.['subsidy'] ?? '0')}</td>
                <td data-align="end">{money(data.totals?.['waiting'] ?? '0')}</td>
              </tr>
            </tfoot>
          </table>
        </ScrollRegion>
      ) : null}
    </section>
  )
}

const shownHere = ['name', 'state', 'budget', 'committed', 'paid', 'basis', 'hourly_subsidy_rate', 'overtime_factor']
const told = ['market-recovery.assignment', 'market-recovery.hours', 'market-recovery.payment']

/** A program: its state and its money first, then who works in it and what that came to. */
export default function ProgramPage({ resource }: { resource: KnownResource }) {
  return <RecordPage resource={resource} Above={Money} Below={Assignments} hides={shownHere} without={told} />
}
