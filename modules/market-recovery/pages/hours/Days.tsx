import { formatDate } from '@commonhall/ui'
import type { DayOfWork } from '../../week/calculation.ts'
import { hours } from '../amounts.ts'
import shared from '../pages.module.css'
import { t } from '../t.ts'

/** The hours of a week, day by day. */
export const Days = ({ days }: { days: readonly DayOfWork[] }) => (
  <table className={shared['table']} style={{ maxWidth: '26rem' }}>
    <caption className="mantine-visually-hidden">{t('calculation.byDay')}</caption>
    <thead>
      <tr>
        <th scope="col">{t('calculation.day')}</th>
        <th scope="col" data-align="end">
          {t('calculation.regular')}
        </th>
        <th scope="col" data-align="end">
          {t('calculation.overtime')}
        </th>
      </tr>
    </thead>
    <tbody>
      {days.map((day) => (
        <tr key={day.on}>
          <th scope="row">{formatDate(day.on)}</th>
          <td data-align="end">{hours(day.regular)}</td>
          <td data-align="end">{hours(day.overtime)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
