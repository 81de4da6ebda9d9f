import { sql } from 'kysely'
import { defineReport, field } from '@commonhall/kernel'
import { hoursAsked, weeksAsked, whoseAsked } from './asks/of-hours.ts'

const findings = ['over', 'missing', 'classification', 'twice', 'elsewhere'] as const

interface Row {
  finding: (typeof findings)[number]
  week_ending: string
  member: string
  contractor: string
  assignment: string
  classification: string
  claimed: string
  remitted: string
  difference: string
  elsewhere: string
  remitted_as: string | null
  assignment_id: string
}

/**
 * Claims beside what contractors reported to the funds, or dispatch knows. Weeks are compared from Monday to Sunday,
 * since two lists may end a week on different days; only where there is a list of that contractor for that week.
 */
export const crossCheck = defineReport('market-recovery.cross-check', {
  title: 'Claims against remittances',
  purpose:
    'Claimed hours that remittance or dispatch records do not bear out: too many, twice, or elsewhere that week.',
  rule: 'market-recovery.report.read',
  asks: { ...weeksAsked, ...whoseAsked, member: field.ref('members.member') },
  period: { from: 'from', until: 'until', usual: 'last-quarter' },
  columns: {
    finding: field.choice(findings, {
      names: {
        over: 'More than was remitted',
        missing: 'Nothing was remitted',
        classification: 'Another classification',
        twice: 'Claimed twice',
        elsewhere: 'Worked elsewhere too',
      },
    }),
    week_ending: field.date(),
    member: field.text(),
    contractor: field.text(),
    assignment: field.text({ record: { resource: 'market-recovery.assignment', by: 'assignment_id' } }),
    classification: field.text(),
    claimed: field.hours(),
    remitted: field.hours({ label: 'Remitted here' }),
    difference: field.hours(),
    elsewhere: field.hours({ label: 'Remitted elsewhere' }),
    remitted_as: field.text({ label: 'Remitted as' }),
    assignment_id: field.ref('market-recovery.assignment', { hidden: true }),
  },
  sort: ['finding', 'week_ending', 'member'],
  groupBy: ['finding'],
  landscape: true,
  query: (_ctx, asked) => sql<Row>`
    with claim as (
      select h.assignment, h.member, h.contractor, max(h.week_ending) as week_ending,
        date_trunc('week', h.week_ending)::date as monday, sum(h.regular + h.overtime) as claimed,
        sum(sum(h.regular + h.overtime)) over same as claimed_here, count(*) over same as claims
      from market_recovery.hours h
      where h.state in ('submitted', 'approved', 'paid') and ${hoursAsked(asked)}
      group by h.assignment, h.member, h.contractor, date_trunc('week', h.week_ending)
      window same as (partition by h.member, h.contractor, date_trunc('week', h.week_ending))
    ), compared as (
      select c.*, a.number::text as number, a.classification,
        coalesce(r.here, 0) as remitted, coalesce(r.elsewhere, 0) as elsewhere, r.here is not null as is_listed,
        r.classes, r.classes is not null and not a.classification = any (r.classes) as is_other_class
      from claim c
      join market_recovery.assignment a on a.id = c.assignment
      left join lateral (
        select sum(m.hours) filter (where m.contractor = c.contractor) as here,
          sum(m.hours) filter (where m.contractor <> c.contractor) as elsewhere,
          array_agg(distinct m.classification) filter (where m.contractor = c.contractor) as classes
        from market_recovery.remittance m
        where m.member = c.member and m.week_ending between c.monday and c.monday + 6
      ) r on true
      where exists (select from market_recovery.remittance l
        where l.contractor = c.contractor and l.week_ending between c.monday and c.monday + 6)
    )
    select f.finding, x.week_ending, m.last_name || ', ' || m.first_name as member, k.name::text as contractor,
      x.number as assignment, x.classification, x.claimed, x.remitted, x.claimed - x.remitted as difference,
      x.elsewhere,
      array_to_string(x.classes, ', ') as remitted_as, x.assignment as assignment_id
    from compared x
    cross join lateral (values ('over', x.is_listed and x.claims = 1 and x.claimed > x.remitted),
      ('missing', not x.is_listed), ('classification', x.is_other_class),
      ('twice', x.is_listed and x.claims > 1 and x.claimed_here > x.remitted), ('elsewhere', x.elsewhere > 0)
    ) f (finding, is_so)
    join members.member m on m.id = x.member
    join market_recovery.contractor k on k.id = x.contractor
    where f.is_so`,
})
