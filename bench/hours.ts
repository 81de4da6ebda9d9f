import type pg from 'pg'

const companies = 40
const assignments = 20_000
const weeks = 100

/** How many weeks of hours `fillHours` makes. */
export const hoursMade = assignments * weeks

/**
 * Fills an org with a large local's history: so many weeks of hours up to today, in every state, reckoned as they would
 * be. By the superuser and past triggers and trail, which are not measured here.
 */
export async function fillHours(superuser: pg.Client, org: string): Promise<void> {
  const into = async (text: string, ...values: unknown[]) => void (await superuser.query(text, [org, ...values]))
  await superuser.query('begin')
  await superuser.query('set local session_replication_role = replica')
  await superuser.query("select set_config('app.org', $1, true)", [org])
  await into(
    `insert into market_recovery.contractor (org_id, name)
    select $1, 'Company ' || lpad(n::text, 3, '0') from generate_series(1, $2::integer) n`,
    companies,
  )
  await into(
    `insert into market_recovery.program (org_id, name, state, budget, from_on, hourly_subsidy_rate)
    select $1, 'Bench program', 'active', 9999999999, current_date - 2000, 12.5`,
  )
  await into(
    `insert into market_recovery.assignment
      (org_id, number, member, contractor, program, classification, contractor_rate, from_on)
    select $1, 'X-' || n, m.id, c.id, p.id, 'Journeyman', 50 + n % 8, current_date - 2000
    from (select id, row_number() over (order by card_number) n from members.member
      where org_id = $1 and card_number like 'B%' limit $2) m
    join (select id, row_number() over (order by name) k from market_recovery.contractor
      where org_id = $1 and name like 'Company %') c on c.k = 1 + m.n % $3
    cross join (select id from market_recovery.program where org_id = $1 and name = 'Bench program') p`,
    assignments,
    companies,
  )
  await into(
    `insert into market_recovery.hours (org_id, state, assignment, member, contractor, program, week_ending, regular,
      overtime, subsidy, calculation, submitted_at, approved_at, paid_on)
    select $1, w.state, a.id, a.member, a.contractor, a.program, w.ending, 40, w.back % 4,
      round((40 + w.back % 4) * least(62.5 - a.contractor_rate, 12.5), 2),
      jsonb_build_object('basis', 'rate-gap', 'classification', 'Journeyman', 'overtime_factor', '1.0', 'lines',
        jsonb_build_array(jsonb_build_object('from_on', w.ending - 6, 'until_on', w.ending, 'regular', '40.00',
          'overtime', (w.back % 4) || '.00', 'scale', '62.5000', 'contractor_rate', a.contractor_rate::text,
          'rate', '12.5000', 'per_hour', least(62.5 - a.contractor_rate, 12.5)::text))),
      w.ending + interval '1 day', case when w.state in ('approved', 'paid') then w.ending + interval '3 days' end,
      case w.state when 'paid' then w.ending + 20 end
    from market_recovery.assignment a
    cross join (select back, current_date - extract(isodow from current_date)::integer - 7 * back as ending,
      case when back = 0 then 'submitted' when back < 6 then 'approved' else 'paid' end as state
      from generate_series(0, $2::integer - 1) back) w
    where a.org_id = $1 and a.number like 'X-%'`,
    weeks,
  )
  await superuser.query('commit')
  await superuser.query('vacuum analyze market_recovery.hours')
  await superuser.query('checkpoint')
}
