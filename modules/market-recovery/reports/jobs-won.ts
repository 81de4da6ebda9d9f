import { sql } from 'kysely'
import { defineReport, field } from '@commonhall/kernel'
import { allOf } from './asks/of-hours.ts'

interface Row {
  contractor: string
  requests: number
  awarded: number
  denied: number
  won: number
  lost: number
  won_share: string | null
  hours: string
  cost: string
  cost_per_hour: string | null
  contractor_id: string
}

/** What the help with bids came to: jobs won and lost, and what an hour of members' work cost. */
export const jobsWon = defineReport('market-recovery.jobs-won', {
  title: 'Jobs won and cost per member-hour',
  purpose: 'Which contractors win work with an award, and what each hour of our members’ work costs.',
  rule: 'market-recovery.report.read',
  asks: {
    from: field.date({ label: 'Bids from' }),
    until: field.date({ label: 'Bids until' }),
    program: field.ref('market-recovery.program'),
    contractor: field.ref('market-recovery.contractor'),
  },
  period: { from: 'from', until: 'until', usual: 'this-year' },
  columns: {
    contractor: field.text({ record: { resource: 'market-recovery.contractor', by: 'contractor_id' } }),
    requests: field.count({ total: true }),
    awarded: field.count({ total: true }),
    denied: field.count({ total: true }),
    won: field.count({ total: true }),
    lost: field.count({ total: true }),
    won_share: field.percent({ label: 'Won of those decided' }),
    hours: field.hours({ total: true, label: 'Member-hours' }),
    cost: field.money({ total: true, label: 'Approved and paid' }),
    cost_per_hour: field.money({ label: 'Cost per member-hour' }),
    contractor_id: field.ref('market-recovery.contractor', { hidden: true }),
  },
  sort: ['-won', 'contractor'],
  chart: { kind: 'bar', x: 'contractor', y: ['won', 'lost'] },
  landscape: true,
  query: (_ctx, { from, until, program, contractor }) => sql<Row>`
    select c.name::text as contractor, s.requests, s.awarded, s.denied, s.won, s.lost,
      case when s.won + s.lost > 0 then round(s.won * 100.0 / (s.won + s.lost), 2) end as won_share, s.hours, s.cost,
      case when s.hours > 0 then round(s.cost / s.hours, 2) end as cost_per_hour, c.id as contractor_id
    from (
      select j.contractor, count(*)::integer as requests,
        count(*) filter (where j.state in ('awarded', 'won', 'lost', 'agreed', 'closed'))::integer as awarded,
        count(*) filter (where j.state = 'denied')::integer as denied,
        count(*) filter (where j.state in ('won', 'agreed', 'closed'))::integer as won,
        count(*) filter (where j.state = 'lost')::integer as lost,
        sum(j.used_hours) as hours, sum(j.used_amount) as cost
      from market_recovery.project j
      where ${allOf([
        from && sql`j.bid_on >= ${from}::date`,
        until && sql`j.bid_on <= ${until}::date`,
        program && sql`j.program = ${program}::uuid`,
        contractor && sql`j.contractor = ${contractor}::uuid`,
      ])}
      group by j.contractor
    ) s join market_recovery.contractor c on c.id = s.contractor`,
})
