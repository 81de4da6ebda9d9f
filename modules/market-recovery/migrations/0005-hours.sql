-- What was decided by rates and dates stays decided by them, also for a hand that goes around the code.

-- The queue of what waits for approval, by age and by week: few of many.
create index hours_waiting on market_recovery.hours (org_id, submitted_at, id) where state = 'submitted';
create index hours_waiting_week on market_recovery.hours (org_id, week_ending, id) where state = 'submitted';

alter table market_recovery.hours add constraint hours_reason check (state <> 'rejected' or reason is not null);

-- Nothing is thrown away but what was never sent in.
create function market_recovery.keep_sent_hours() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.state <> 'draft' and current_user = 'commonhall_app' then
    perform market_recovery.refuse('hours.not_a_draft');
  end if;
  return old;
end $$;
create trigger keep_sent_hours before delete on market_recovery.hours
  for each row execute function market_recovery.keep_sent_hours();

-- The sums of a program and of an award follow from movements alone. Those are written by the owner's functions.
create function market_recovery.keep_sums() returns trigger language plpgsql set search_path = '' as $$
declare
  was jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) end;
  sums text[] := tg_argv;
  changed jsonb := to_jsonb(new);
begin
  if current_user = 'commonhall_app' and exists (
    select from unnest(sums) sum where (changed ->> sum)::numeric is distinct from coalesce((was ->> sum)::numeric, 0)
  ) then
    perform market_recovery.refuse('limit.sums');
  end if;
  return new;
end $$;
create trigger keep_sums after insert or update of committed, paid on market_recovery.program
  for each row execute function market_recovery.keep_sums('committed', 'paid');
create trigger keep_sums after insert or update of used_hours, used_amount on market_recovery.project
  for each row execute function market_recovery.keep_sums('used_hours', 'used_amount');

-- A scale that approved hours were figured with keeps its rate, and the days on which they were worked. It may end
-- after them, and another one follows.
create function market_recovery.keep_scale() returns trigger language plpgsql set search_path = '' as $$
declare
  first_on date;
  last_on date;
begin
  select min((line ->> 'from_on')::date), max((line ->> 'until_on')::date) into first_on, last_on
  from market_recovery.assignment a
  join market_recovery.hours h on h.org_id = a.org_id and h.assignment = a.id and h.state in ('approved', 'paid')
  cross join jsonb_array_elements(h.calculation -> 'lines') line
  where a.org_id = old.org_id and h.week_ending >= old.from_on
    and (old.until_on is null or h.week_ending <= old.until_on + 6)
    and h.calculation ->> 'classification' = old.classification
    and (line ->> 'scale')::numeric = old.rate
    and daterange((line ->> 'from_on')::date, (line ->> 'until_on')::date, '[]') && old.period;
  if last_on is not null and (tg_op = 'DELETE' or new.classification <> old.classification or new.rate <> old.rate
    or new.from_on > first_on or new.until_on < last_on) then
    perform market_recovery.refuse('scale.used', jsonb_build_object('classification', old.classification,
      'on', to_char(last_on, 'FMMonth FMDD, YYYY')));
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger keep_scale before update or delete on market_recovery.scale for each row
  when (current_user = 'commonhall_app') execute function market_recovery.keep_scale();

-- The days of an assignment and of a program keep in what was sent in and not turned down.
create function market_recovery.keep_dates() returns trigger language plpgsql set search_path = '' as $$
declare
  first_on date;
  last_on date;
begin
  if tg_table_name = 'assignment' then
    select min(h.week_ending), max(h.week_ending) into first_on, last_on from market_recovery.hours h
    where h.org_id = new.org_id and h.assignment = new.id and h.state in ('submitted', 'approved', 'paid');
  else
    select min(h.week_ending), max(h.week_ending) into first_on, last_on from market_recovery.hours h
    where h.org_id = new.org_id and h.program = new.id and h.state in ('submitted', 'approved', 'paid');
  end if;
  if new.from_on > old.from_on and new.from_on > first_on then
    perform market_recovery.refuse('limit.dates_after', jsonb_build_object('field', 'from_on',
      'on', to_char(first_on, 'FMMonth FMDD, YYYY')));
  elsif new.until_on < coalesce(old.until_on, 'infinity') and new.until_on < last_on then
    perform market_recovery.refuse('limit.dates_before', jsonb_build_object('field', 'until_on',
      'on', to_char(last_on, 'FMMonth FMDD, YYYY')));
  end if;
  return new;
end $$;
create trigger keep_dates before update of from_on, until_on on market_recovery.assignment for each row
  when ((new.from_on, new.until_on) is distinct from (old.from_on, old.until_on))
  execute function market_recovery.keep_dates();
create trigger keep_dates before update of from_on, until_on on market_recovery.program for each row
  when ((new.from_on, new.until_on) is distinct from (old.from_on, old.until_on))
  execute function market_recovery.keep_dates();

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

revoke execute on function market_recovery.begin_hours, market_recovery.keep_sent_hours, market_recovery.keep_sums,
  market_recovery.keep_scale, market_recovery.keep_dates, market_recovery.keep_terms from public;
