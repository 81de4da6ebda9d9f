import { sql } from 'kysely'
import { defineMetric } from '@commonhall/kernel'

export const vacantUnits = defineMetric('housing.vacant', {
  label: 'Vacant units',
  rule: 'housing.report.read',
  unit: 'count',
  leadsTo: 'reports/housing.vacancies',
  async value(ctx) {
    const { rows } = await sql<{ n: number }>`select count(*)::integer as n from housing.unit u
      where u.archived_at is null and not exists (
        select from housing.occupancy o where o.unit = u.id and o.period @> ${ctx.today}::date)`.execute(ctx.db)
    return rows[0]?.n ?? 0
  },
})

export const allUnits = defineMetric('housing.units', {
  label: 'Units',
  rule: 'housing.report.read',
  unit: 'count',
  leadsTo: 'units',
  async value(ctx) {
    const { rows } = await sql<{
      n: number
    }>`select count(*)::integer as n from housing.unit where archived_at is null`.execute(ctx.db)
    return rows[0]?.n ?? 0
  },
})
