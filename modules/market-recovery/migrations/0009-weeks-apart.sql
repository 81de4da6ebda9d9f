-- A payroll day that moves lets two weeks of an assignment share days. What the later one has fits into the days after
-- the earlier one, so that no day is paid twice. Whoever enters hours of the same member has waited in hold_weeks.
create function market_recovery.part_weeks() returns trigger language plpgsql set search_path = '' as $$
declare
  touched uuid[];
  clash record;
begin
  if tg_op = 'INSERT' then
    select array_agg(id) into touched from new_rows where adjusts is null and state <> 'rejected';
  else
    select array_agg(n.id) into touched from new_rows n join old_rows o on o.id = n.id
    where n.adjusts is null and n.state <> 'rejected'
      and (n.regular, n.overtime, n.week_ending, n.state <> 'rejected')
        is distinct from (o.regular, o.overtime, o.week_ending, o.state <> 'rejected');
  end if;
  if touched is null then
    return null;
  end if;
  select least(n.week_ending, o.week_ending) as earlier, greatest(n.week_ending, o.week_ending) as later,
    abs(n.week_ending - o.week_ending) as days into clash
  from new_rows n join market_recovery.hours o on o.org_id = n.org_id and o.assignment = n.assignment
    and o.week_ending between n.week_ending - 6 and n.week_ending + 6 and o.adjusts is null and o.id <> n.id
  where n.id = any (touched) and o.state <> 'rejected'
    and case when o.week_ending > n.week_ending then o.regular + o.overtime else n.regular + n.overtime end
      > 24 * abs(n.week_ending - o.week_ending) limit 1;
  if found then
    perform market_recovery.refuse('hours.shared_days', jsonb_build_object('hours', clash.days * 24,
      'earlier', to_char(clash.earlier, 'FMMonth FMDD, YYYY'), 'later', to_char(clash.later, 'FMMonth FMDD, YYYY')));
  end if;
  return null;
end $$;

create trigger part_weeks_insert after insert on market_recovery.hours referencing new table as new_rows
  for each statement execute function market_recovery.part_weeks();
create trigger part_weeks_update after update on market_recovery.hours
  referencing old table as old_rows new table as new_rows
  for each statement execute function market_recovery.part_weeks();

revoke execute on function market_recovery.part_weeks from public;
