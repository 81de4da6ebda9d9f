import { Button, Skeleton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { Empty } from '../parts/Empty.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { toast, toastFailure } from '../parts/toast.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { resourceByPath, useCatalog } from '../wire/catalog.ts'
import { call } from '../wire/http.ts'
import type { RowPage } from '../wire/records.ts'
import classes from './reports.module.css'
import { nextOf, rhythmOf, type Schedule } from './schedule.ts'

function useSchedules() {
  const { org } = useCatalog()
  const client = useQueryClient()
  const path = `/orgs/${org.slug}/report-schedules`
  const list = useQuery({
    queryKey: ['org', org.slug, 'report-schedules', 'all'],
    queryFn: ({ signal }) => call<RowPage>('GET', path, { query: { limit: 200 }, signal }),
  })
  const settled = () => client.invalidateQueries({ queryKey: ['org', org.slug, 'report-schedules'] })
  const change = useMutation({
    mutationFn: ({ id, state }: Schedule) =>
      call('PATCH', `${path}/${id}`, { body: { state: state === 'active' ? 'paused' : 'active' } }),
    onSuccess: settled,
    onError: toastFailure,
  })
  const remove = useMutation({
    mutationFn: ({ id }: Schedule) => call('DELETE', `${path}/${id}`),
    onSuccess() {
      toast(t('reports.mail.removed'))
      return settled()
    },
    onError: toastFailure,
  })
  return { list, change, remove }
}

function Line({ schedule, onChange, onRemove }: { schedule: Schedule; onChange: () => void; onRemove: () => void }) {
  const catalog = useCatalog()
  const { org, reports } = catalog
  const report = reports.find(({ name }) => name === schedule.report)
  const { period, ...filters } = schedule.asked
  const may = resourceByPath(catalog, 'report-schedules')?.permissions
  const title = report?.title ?? t('reports.mail.gone')
  const said = [
    rhythmOf(schedule),
    ...(period ? [t(`reports.period.${period as 'last-week'}`).toLowerCase()] : []),
    ...(Object.keys(filters).length ? [t('reports.mail.filtered')] : []),
    t(`reports.${schedule.format}`),
    t('reports.mail.people', { count: schedule.recipients.length }),
  ]
  return (
    <li>
      <div>
        {report ? <Link {...links.report(org.slug, report.name, schedule.asked)}>{title}</Link> : title}
        <p>{said.join(' · ')}</p>
        <p>{nextOf(schedule)}</p>
      </div>
      {may?.update === true ? (
        <Button variant="default" size="xs" onClick={onChange}>
          {t(schedule.state === 'active' ? 'reports.mail.pause' : 'reports.mail.resume')}
          <span className={classes['hidden']}>{title}</span>
        </Button>
      ) : null}
      {may?.create === true ? (
        <Button variant="subtle" size="xs" onClick={onRemove}>
          {t('reports.mail.remove')}
          <span className={classes['hidden']}>{title}</span>
        </Button>
      ) : null}
    </li>
  )
}

/** Reports that go out by mail, each with when and to how many. */
export function SchedulesPage() {
  const { org } = useCatalog()
  const { list, change, remove } = useSchedules()
  const found = (list.data?.data ?? []) as Schedule[]
  return (
    <div className={classes['page']}>
      <PageHead
        title={t('reports.schedules')}
        trail={<Trail to={links.reports(org.slug)} label={t('reports.title')} />}
      />
      {list.error ? <Trouble failure={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Skeleton height={120} /> : null}
      {list.data && !found.length ? (
        <Empty icon="mail" title={t('reports.mail.none')} text={t('reports.mail.noneText')} />
      ) : null}
      {found.length ? (
        <ul className={classes['schedules']}>
          {found.map((schedule) => (
            <Line
              key={schedule.id}
              schedule={schedule}
              onChange={() => change.mutate(schedule)}
              onRemove={() => remove.mutate(schedule)}
            />
          ))}
        </ul>
      ) : null}
    </div>
  )
}
