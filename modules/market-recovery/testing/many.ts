import { asOwner } from '@commonhall/engine/testing'
import type { Local } from './local.ts'

/** So many members who each have an approved week of 40 hours, in order; by SQL, for it is about what follows. */
export async function approvedWeeks(local: Local, many: number): Promise<void> {
  const { house, program } = local
  const [org] = await asOwner<{ id: string }>(
    house,
    `with org as (select org_id from market_recovery.program where id = $1),
    made as (insert into members.member (org_id, card_number, first_name, last_name, state)
      select org_id, 'Many-' || n, 'Ada', 'Member ' || n, 'active' from org, generate_series(1, $2::integer) n)
    select org_id as id from org`,
    [program, many],
  )
  await local.assignments(many)
  const calculation = {
    basis: 'rate-gap',
    classification: 'Journeyman',
    overtime_factor: '1',
    lines: [
      {
        from_on: '2025-03-03',
        until_on: '2025-03-09',
        regular: '40',
        overtime: '0',
        scale: '50',
        contractor_rate: '35',
        rate: null,
        per_hour: '15',
      },
    ],
  }
  await asOwner(
    house,
    `select set_config('app.org', '${org?.id}', false);
    insert into market_recovery.hours (org_id, state, assignment, member, contractor, program, week_ending, regular,
      subsidy, calculation, submitted_at, approved_at)
    select a.org_id, 'approved', a.id, a.member, a.contractor, a.program, '2025-03-09', 40, 600,
      '${JSON.stringify(calculation)}', now(), now()
    from market_recovery.assignment a where a.program = '${program}'`,
  )
}
