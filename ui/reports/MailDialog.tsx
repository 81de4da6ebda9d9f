import { Button, Group, Modal, MultiSelect, Select, Stack, Text } from '@mantine/core'
import { isPeriodName, periodNames } from '@commonhall/kernel'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { formatInstant } from '../fields/format.ts'
import { Trouble } from '../parts/Trouble.tsx'
import { toast } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { type KnownReport, resourceByPath, useCatalog } from '../wire/catalog.ts'
import { call } from '../wire/http.ts'
import type { RowPage } from '../wire/records.ts'
import type { Asked } from './asked.ts'
import { hourName, type Schedule, weekdayName } from './schedule.ts'

/** Whom it can go to: the people of the org, as far as one may see them, and oneself in any case. */
function usePeople() {
  const catalog = useCatalog()
  const { actor, org } = catalog
  const { data } = useQuery({
    queryKey: ['org', org.slug, 'options', 'report-readers'],
    queryFn: ({ signal }) =>
      call<RowPage>('GET', `/orgs/${org.slug}/users`, {
        query: { limit: 200, 'filter[state]': 'active', 'filter[kind]': 'person' },
        signal,
      }),
    enabled: resourceByPath(catalog, 'users') !== undefined,
  })
  const others = (data?.data ?? []).map((row) => ({ value: row.id, label: String(row['name']) }))
  return others.some(({ value }) => value === actor.id) ? others : [{ value: actor.id, label: actor.name }, ...others]
}

/** The filters of the page come along, but for its days: a report by mail is of days that move on. */
function askedOf({ asks, period }: KnownReport, asked: Asked, name: string | null): Asked {
  const days = period ? [period.from, period.until] : []
  const kept = Object.entries(asked).filter(([ask]) => ask in asks && !days.includes(ask))
  return { ...Object.fromEntries(kept), ...(name ? { period: name } : {}) }
}

const weekdays = Array.from({ length: 7 }, (_, at) => ({ value: `${at + 1}`, label: weekdayName(at + 1) }))
const monthdays = Array.from({ length: 31 }, (_, at) => `${at + 1}`)
const hours = Array.from({ length: 24 }, (_, hour) => ({ value: `${hour}`, label: hourName(hour) }))

interface MailDialogProps {
  report: KnownReport
  asked: Asked
  onClose: () => void
}

/** What goes out, when, and to whom, until it is saved. */
function useSchedule({ report, asked, onClose }: MailDialogProps) {
  const { actor, org } = useCatalog()
  const client = useQueryClient()
  const chosen = asked['period']
  const [wanted, setWanted] = useState({
    period: report.period ? (isPeriodName(chosen) ? chosen : 'last-week') : null,
    format: 'pdf',
    every: 'week',
    day: '1',
    hour: '7',
    to: [actor.id],
  })
  const saving = useMutation({
    mutationFn() {
      const { period, format, every, day, hour, to } = wanted
      const what = { report: report.name, asked: askedOf(report, asked, period), format, recipients: to }
      const body = { ...what, every, day: Number(day), hour: Number(hour) }
      return call<Schedule>('POST', `/orgs/${org.slug}/report-schedules`, { body })
    },
    onSuccess({ next_at: at }) {
      void client.invalidateQueries({ queryKey: ['org', org.slug, 'report-schedules'] })
      toast(t('reports.mail.saved', { at: at ? formatInstant(at) : '' }))
      onClose()
    },
  })
  const set = (more: Partial<typeof wanted>) => setWanted((before) => ({ ...before, ...more }))
  return { wanted, set, saving }
}

type Setting = Pick<ReturnType<typeof useSchedule>, 'wanted' | 'set'>

const box = { allowDeselect: false, comboboxProps: { withinPortal: false } } as const

/** The weekday or the day of the month, and the hour. */
const Rhythm = ({ wanted: { every, day, hour }, set }: Setting) => (
  <Group align="end" gap="sm">
    <Select
      {...box}
      label={t('reports.mail.every')}
      data={(['week', 'month'] as const).map((value) => ({ value, label: t(`reports.mail.${value}`) }))}
      value={every}
      onChange={(value) => set({ every: value ?? 'week', day: '1' })}
      w="8rem"
    />
    <Select
      {...box}
      label={t(every === 'week' ? 'reports.mail.weekday' : 'reports.mail.monthday')}
      description={every === 'week' ? undefined : t('reports.mail.monthdayHelp')}
      data={every === 'week' ? weekdays : monthdays}
      value={day}
      onChange={(value) => set({ day: value ?? '1' })}
      w="11rem"
    />
    <Select
      {...box}
      label={t('reports.mail.hour')}
      data={hours}
      value={hour}
      onChange={(value) => set({ hour: value ?? '7' })}
      w="8rem"
    />
  </Group>
)

/** Of which days, and as what. */
const Contents = ({ report, wanted: { period, format }, set }: Setting & { report: KnownReport }) => (
  <Group align="end" gap="sm">
    {report.period ? (
      <Select
        {...box}
        label={t('reports.mail.period')}
        description={t('reports.mail.periodHelp')}
        data={periodNames.map((value) => ({ value, label: t(`reports.period.${value}`) }))}
        value={period}
        onChange={(name) => set({ period: isPeriodName(name) ? name : null })}
      />
    ) : null}
    <Select
      {...box}
      label={t('reports.mail.format')}
      data={(['pdf', 'xlsx', 'csv'] as const).map((value) => ({ value, label: t(`reports.${value}`) }))}
      value={format}
      onChange={(value) => set({ format: value ?? 'pdf' })}
      w="7rem"
    />
  </Group>
)

/** Sets up that a report goes out by mail. */
export default function MailDialog(props: MailDialogProps) {
  const { report, onClose } = props
  const people = usePeople()
  const { wanted, set, saving } = useSchedule(props)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  return (
    <Modal opened onClose={onClose} title={t('reports.mail.title', { title: report.title })} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{t('reports.mail.text')}</Text>
          <Contents report={report} wanted={wanted} set={set} />
          <Rhythm wanted={wanted} set={set} />
          <MultiSelect
            label={t('reports.mail.to')}
            data={people}
            value={wanted.to}
            onChange={(to) => set({ to })}
            searchable
            required
            comboboxProps={{ withinPortal: false }}
          />
          {saving.error ? <Trouble failure={saving.error} /> : null}
          <Group justify="end">
            <Button type="submit" loading={saving.isPending} disabled={!wanted.to.length}>
              {t('reports.mail.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
