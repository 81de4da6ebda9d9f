import { Button, Group, Skeleton } from '@mantine/core'
import { type Fields, kindOf, labelOf } from '@commonhall/kernel'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { formatValue } from '../fields/format.ts'
import { Blank } from '../fields/Value.tsx'
import { check, startOf, useDraft, type Values } from '../form/draft.ts'
import { FormFields } from '../form/FormFields.tsx'
import listClasses from '../list/list.module.css'
import { Empty } from '../parts/Empty.tsx'
import { Missing } from '../parts/Fallbacks.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { type KnownReport, useCatalog, useOrg } from '../wire/catalog.ts'
import { download } from '../wire/download.ts'
import { call, type Query, queryString } from '../wire/http.ts'
import { totalsOf } from './report-totals.ts'
import classes from './report.module.css'

interface Answer {
  readonly columns: Fields
  readonly rows: readonly Values[]
}

function Asks({ report, start, onAsk }: { report: KnownReport; start: Values; onAsk: (asked: Values) => void }) {
  const draft = useDraft(report.asks, start)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { values, errors } = check(report.asks, draft.values)
    if (errors.length) draft.fail(errors)
    else onAsk(values)
  }
  return (
    <form className={classes['asks']} onSubmit={submit} noValidate>
      <FormFields
        fields={report.asks}
        names={Object.keys(report.asks)}
        draft={draft}
        prefix="ask-"
        module={report.name.split('.')[0] ?? ''}
      />
      <Button type="submit" variant="default">
        {t('report.show')}
      </Button>
    </form>
  )
}

function ReportTable({ title, columns, rows }: Answer & { title: string }) {
  const names = Object.keys(columns)
  const totals = totalsOf(columns, rows)
  const show = (name: string, value: unknown) => formatValue(columns[name], value)
  return (
    <ScrollRegion className={classes['scroll']} label={title}>
      <table className={listClasses['table']}>
        <caption className={listClasses['hidden']}>{title}</caption>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col" data-align={kindOf(columns[name] ?? { kind: 'text' }).align}>
                {labelOf(columns, name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={line} data-still>
              {names.map((name) => (
                <td key={name} data-align={kindOf(columns[name] ?? { kind: 'text' }).align}>
                  {show(name, row[name]) || <Blank />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {totals ? (
          <tfoot>
            <tr data-still>
              {names.map((name, index) => (
                <td key={name} data-align={kindOf(columns[name] ?? { kind: 'text' }).align}>
                  <b>
                    {totals[name] === undefined ? (index === 0 ? t('report.total') : '') : show(name, totals[name])}
                  </b>
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </ScrollRegion>
  )
}

/** Any report: what it asks, its rows, and its files. */
export function ReportPage() {
  const org = useOrg()
  const { name = '' } = useParams({ strict: false })
  const search = useSearch({ strict: false }) as Query
  const navigate = useNavigate()
  const report = useCatalog().reports.find((one) => one.name === name)
  const asks = report?.asks ?? {}
  const start = { ...startOf(asks), ...search }
  const ready = check(asks, start)
  const query = Object.fromEntries(
    Object.entries(ready.values).flatMap(([key, value]) => (value === null ? [] : [[key, value as string]])),
  )
  const path = `/orgs/${org}/reports/${name}`
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['org', org, 'report', name, query],
    queryFn: ({ signal }) => call<Answer>('GET', path, { query: { ...query, format: 'json' }, signal }),
    enabled: !!report && !ready.errors.length,
  })
  if (!report) return <Missing />
  const ask = (asked: Values) =>
    void navigate({
      to: '.',
      search: Object.fromEntries(
        Object.entries(asked).flatMap(([key, value]) => (value === null ? [] : [[key, value as string]])),
      ),
    })
  return (
    <>
      <PageHead title={report.title} note={data ? t('report.rows', { count: data.rows.length }) : undefined}>
        <Group gap="xs">
          {(['csv', 'xlsx'] as const).map((format) => (
            <Button
              key={format}
              variant="default"
              onClick={() => void download(`${path}${queryString({ ...query, format })}`).catch(toastFailure)}
              leftSection={<Icon name="download" size={16} />}
            >
              {t(`report.${format}`)}
            </Button>
          ))}
          <Button variant="default" leftSection={<Icon name="print" size={16} />} onClick={() => window.print()}>
            {t('report.print')}
          </Button>
        </Group>
      </PageHead>
      {Object.keys(asks).length ? <Asks key={name} report={report} start={start} onAsk={ask} /> : null}
      {isPending && !ready.errors.length ? <Skeleton height={200} /> : null}
      {error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {data && !data.rows.length ? <Empty icon="chart" title={t('report.empty')} text={t('report.emptyText')} /> : null}
      {data?.rows.length ? <ReportTable title={report.title} {...data} /> : null}
    </>
  )
}
