import { type KnownResource, RecordPage, type Row } from '@commonhall/ui'
import type { Calculation as Figures, DayOfWork } from '../../calculation.ts'
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

/** A week of hours: what it came to first, with every factor. */
export default function WeekPage({ resource }: { resource: KnownResource }) {
  return <RecordPage resource={resource} Above={Reckoned} hides={['calculation', 'days']} />
}
