-- A unit's state follows its occupancies: lived in today, or not. Only a renovation is set, and ended, by hand.

create function housing.settle_units(p_units uuid[], p_today date) returns void language sql as $$
  update housing.unit u set state = lived.state, version = u.version + 1, updated_at = now()
  from (
    select one.id, case when exists (
      select from housing.occupancy o where o.org_id = one.org_id and o.unit = one.id and o.period @> p_today
    ) then 'occupied' else 'vacant' end as state
    from housing.unit one where one.org_id = foundation.current_org() and (p_units is null or one.id = any (p_units))
  ) lived
  where u.org_id = foundation.current_org() and u.id = lived.id and u.state <> 'renovation' and u.state <> lived.state
$$;

-- The clock may be a few hours ahead of the org's day; the nightly job puts right what that misses.
create function housing.follow_occupancies() returns trigger language plpgsql as $$
declare
  touched uuid[];
begin
  if tg_op = 'INSERT' then
    select array_agg(distinct unit) into touched from new_rows;
  elsif tg_op = 'DELETE' then
    select array_agg(distinct unit) into touched from old_rows;
  else
    select array_agg(distinct unit) into touched
    from (select unit from new_rows union select unit from old_rows) both_rows;
  end if;
  if touched is not null then
    perform housing.settle_units(touched, current_date);
  end if;
  return null;
end $$;

create trigger follow_insert after insert on housing.occupancy referencing new table as new_rows
  for each statement execute function housing.follow_occupancies();
create trigger follow_update after update on housing.occupancy referencing old table as old_rows new table as new_rows
  for each statement execute function housing.follow_occupancies();
create trigger follow_delete after delete on housing.occupancy referencing old table as old_rows
  for each statement execute function housing.follow_occupancies();
