import { ActionIcon, NativeSelect, Skeleton } from '@mantine/core'
import { say } from '@commonhall/kernel'
import {
  Control,
  Empty,
  formatDate,
  Icon,
  links,
  PageHead,
  recordQuery,
  Trail,
  Trouble,
  useCatalog,
  useOrg,
  useToday,
} from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { t } from '../t.ts'
import { EntryGrid } from './EntryGrid.tsx'
import classes from './hours.module.css'
import { endingsOf } from './payroll-weeks.ts'
import { useGrid } from './use-grid.tsx'

const most = 26

/** Which contractor and which week the address asks for. Somebody of a contractor has just that one. */
function useAsked() {
  const catalog = useCatalog()
  const navigate = useNavigate()
  const today = useToday()
  const search = useSearch({ strict: false }) as Readonly<Record<string, string>>
  const isOffice = catalog.resources['market-recovery.program']?.permissions.read === true
  const own = isOffice ? undefined : catalog.actor.parties?.['market-recovery.contractor']
  const contractor = own ?? search['contractor'] ?? ''
  const { data, error } = useQuery({
    ...recordQuery(catalog.org.slug, 'contractors', contractor),
    enabled: Boolean(contractor),
  })
  const endings = data ? endingsOf(today, Number(data['payroll_weekday']), most, search['week']) : []
  const ending = search['week'] ?? endings[0] ?? ''
  const go = (next: Readonly<Record<string, string>>) =>
    void navigate({ to: '.', search: Object.fromEntries(Object.entries(next).filter(([, value]) => value)) })
  return {
    own,
    contractor,
    record: data,
    error,
    endings,
    ending,
    choose: (id: string) => go({ contractor: id }),
    turn: (week: string) => go({ contractor: own ? '' : contractor, week }),
  }
}

type Asked = ReturnType<typeof useAsked>

const weekday = new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone: 'UTC' })
const spelled = (day: string) => `${weekday.format(Date.parse(`${day}T00:00:00Z`))}, ${formatDate(day)}`

function Week({ asked }: { asked: Asked }) {
  const { endings, ending, turn } = asked
  const at = endings.indexOf(ending)
  const step = (by: 1 | -1, label: string, icon: string) => {
    const to = endings[at + by]
    return (
      <ActionIcon variant="default" size={36} aria-label={label} disabled={!to} onClick={() => to && turn(to)}>
        <Icon name={icon} />
      </ActionIcon>
    )
  }
  return (
    <div className={classes['week']}>
      <NativeSelect
        id="week"
        label={t('grid.week')}
        value={ending}
        data={endings.map((day) => ({ value: day, label: spelled(day) }))}
        onChange={(event) => turn(event.currentTarget.value)}
      />
      {step(1, t('grid.before'), 'back')}
      {step(-1, t('grid.after'), 'arrow')}
    </div>
  )
}

function Picker({ asked }: { asked: Asked }) {
  const { resources } = useCatalog()
  const field = resources['market-recovery.hours']?.fields['contractor']
  const { own, contractor, record, choose } = asked
  return (
    <div className={classes['picker']}>
      {own || !field ? null : (
        <Control
          key={contractor}
          id="contractor"
          field={{ ...field, required: true, computed: false }}
          label={t('grid.contractor')}
          value={contractor}
          title={record ? String(record['name']) : undefined}
          onChange={(id) => choose(String(id))}
          module="market-recovery"
        />
      )}
      {contractor && record ? <Week asked={asked} /> : null}
    </div>
  )
}

function Asking({ asked }: { asked: Asked }) {
  const { contractor, ending } = asked
  const { data: grid, error, refetch } = useGrid(contractor, ending)
  const catalog = useCatalog()
  if (error && !grid) return <Trouble failure={error} onRetry={() => void refetch()} />
  if (!grid) return <Skeleton height={240} />
  if (!grid.payroll_day)
    return <Empty icon="calendar" title={t('grid.otherDay')} text={t('grid.otherDayText')} isSmall />
  if (!grid.rows.length) return <Empty icon="users" title={t('grid.nobody')} text={t('grid.nobodyText')} />
  const place = { org: catalog.org.slug, person: catalog.actor.id, contractor, ending }
  return <EntryGrid key={`${contractor} ${ending}`} grid={grid} place={place} />
}

/** A whole contractor's week, one row for each member: typed, pasted or copied, saved and submitted at once. */
export default function HoursPage() {
  const org = useOrg()
  const asked = useAsked()
  const { own, contractor, record, ending } = asked
  const isOffice = !own
  useEffect(() => {
    if (!contractor) document.getElementById('contractor')?.focus()
  }, [contractor])
  return (
    <>
      <PageHead
        title={t('enterHours')}
        note={own ? String(record?.['name'] ?? '') : undefined}
        trail={
          isOffice ? (
            <Trail to={links.page(org, 'market-recovery')} label={say('market-recovery:page.title')} />
          ) : undefined
        }
      />
      <Picker asked={asked} />
      {asked.error ? <Trouble failure={asked.error} /> : null}
      {contractor ? null : <Empty icon="clock" title={t('grid.choose')} text={t('grid.chooseText')} />}
      {contractor && ending ? <Asking asked={asked} /> : null}
    </>
  )
}
