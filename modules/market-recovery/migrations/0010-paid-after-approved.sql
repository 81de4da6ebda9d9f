-- Money is paid on the day that is told, but was promised before: told of an earlier day, a program would have had
-- promised less than nothing until it was approved.
create or replace function market_recovery.move_money() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    insert into market_recovery.movement (hours, program, project, on_date, committed, paid, worked)
    select id, program, project, market_recovery.day_of(coalesce(approved_at, now())), subsidy, 0, regular + overtime
    from new_rows where state in ('approved', 'paid')
    union all
    select id, program, project, greatest(paid_on, market_recovery.day_of(coalesce(approved_at, now()))), -subsidy,
      subsidy, 0
    from new_rows where state = 'paid';
  else
    insert into market_recovery.movement (hours, program, project, on_date, committed, paid, worked)
    select n.id, n.program, n.project,
      case n.state when 'paid' then greatest(n.paid_on, market_recovery.day_of(coalesce(n.approved_at, now())))
        else market_recovery.day_of(now()) end,
      case when n.state = 'approved' then n.subsidy else -o.subsidy end,
      case n.state when 'paid' then n.subsidy else 0 end,
      case n.state when 'approved' then n.regular + n.overtime when 'paid' then 0 else -(o.regular + o.overtime) end
    from new_rows n join old_rows o on o.org_id = n.org_id and o.id = n.id
    where n.state <> o.state and (n.state = 'approved' or o.state = 'approved');
  end if;
  return null;
end $$;
