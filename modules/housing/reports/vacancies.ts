import { sql } from 'kysely'
import { defineReport, field, type RowOf } from '@commonhall/kernel'
import { unit } from '../resources/unit.ts'

/** Units without an occupancy on a day, and since when: the vacancy view. */
export const vacancies = defineReport('housing.vacancies', {
  title: 'Vacant units',
  purpose: 'Units that nobody lived in on a day, since when, and what they would bring.',
  rule: 'housing.report.read',
  asks: { on: field.date({ label: 'On', default: 'today' }) },
  columns: {
    number: field.text({ label: 'Unit' }),
    bedrooms: field.count(),
    state: unit.fields.state,
    vacant_since: field.date({ label: 'Vacant since' }),
    days: field.count({ label: 'Days vacant' }),
    charge: field.money({ label: 'Monthly charge', total: true }),
  },
  // Those that never had anybody come first.
  sort: ['-days', 'number'],
  query(ctx, { on }) {
    const day = on ?? ctx.today
    return sql<{
      number: string
      bedrooms: number | null
      state: RowOf<typeof unit>['state']
      vacant_since: string | null
      days: number | null
      charge: string | null
    }>`
      select u.number, u.bedrooms, u.state, last.until_on + 1 as vacant_since,
        ${day}::date - last.until_on - 1 as days, u.charge
      from housing.unit u
      left join lateral (
        select max(o.until_on) as until_on from housing.occupancy o where o.unit = u.id and o.until_on < ${day}::date
      ) last on true
      where u.archived_at is null and not exists (
        select from housing.occupancy o where o.unit = u.id and o.period @> ${day}::date
      )`
  },
})
