-- By which rule an hour is subsidized is decided by the day on which it was worked. A scale says its days itself; the
-- terms of a program and of an assignment are those of all its days, so they stay once hours of theirs were approved:
-- what changes from a day on is another program, or another assignment, that begins on it.
create function market_recovery.keep_terms() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_table_name = 'assignment' then
    perform from market_recovery.hours h
    where h.org_id = new.org_id and h.assignment = new.id and h.state in ('approved', 'paid') limit 1;
  else
    perform from market_recovery.hours h
    where h.org_id = new.org_id and h.program = new.id and h.state in ('approved', 'paid') limit 1;
  end if;
  if found then
    perform market_recovery.refuse('limit.terms_of_' || tg_table_name);
  end if;
  return new;
end $$;

create trigger keep_terms before update of classification, contractor_rate on market_recovery.assignment for each row
  when ((new.classification, new.contractor_rate) is distinct from (old.classification, old.contractor_rate))
  execute function market_recovery.keep_terms();
create trigger keep_terms before update of basis, hourly_subsidy_rate, overtime_factor on market_recovery.program
  for each row when ((new.basis, new.hourly_subsidy_rate, new.overtime_factor)
    is distinct from (old.basis, old.hourly_subsidy_rate, old.overtime_factor))
  execute function market_recovery.keep_terms();

revoke execute on function market_recovery.keep_terms from public;
