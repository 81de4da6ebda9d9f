import { Button } from '@mantine/core'
import { type KnownResource, links, RecordPage, type Row, useCatalog } from '@commonhall/ui'
import { Link } from '@tanstack/react-router'
import type { Calculation as Figures, DayOfWork } from '../../week/calculation.ts'
import { Calculation } from '../Calculation.tsx'
import shared from '../pages.module.css'
import { t } from '../t.ts'
import { Days } from './Days.tsx'

/** What the week came to, and how. */
function Reckoned({ row }: { row: Row }) {
  const figures = row['calculation'] as Figures | null | undefined
  const days = row['days'] as readonly DayOfWork[] | null | undefined
  return (
    <>
      {figures ? (
        <section className={shared['section']} aria-labelledby="reckoned">
          <h2 id="reckoned">{t('calculation.title')}</h2>
          <Calculation figures={figures} subsidy={String(row['subsidy'])} />
        </section>
      ) : null}
      {days?.length ? (
        <section className={shared['section']} aria-labelledby="by-day">
          <h2 id="by-day">{t('calculation.byDay')}</h2>
          <Days days={days} />
        </section>
      ) : null}
    </>
  )
}

/** A week that was paid stays as it is: an adjustment puts it right. */
function PutRight({ row }: { row: Row }) {
  const { org, resources } = useCatalog()
  const mayEnter = resources['market-recovery.hours']?.permissions.create === true
  if (row['state'] !== 'paid' || row['adjusts'] || !mayEnter) return null
  const start = { assignment: String(row['assignment']), week_ending: String(row['week_ending']), adjusts: row.id }
  return (
    <Button renderRoot={(props) => <Link {...links.create(org.slug, 'hours', start)} {...props} />}>
      {t('calculation.adjust')}
    </Button>
  )
}

const told = ['calculation', 'days', 'state', 'subsidy']

/** A week of hours: what it came to first, with every factor. */
export default function WeekPage({ resource }: { resource: KnownResource }) {
  return <RecordPage resource={resource} Above={Reckoned} Acts={PutRight} hides={told} />
}
