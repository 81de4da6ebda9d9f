-- What holds though two people act at once: who did a step, a week's hours, and how much there is to spend.

create function market_recovery.refuse(sentence text, filled jsonb default '{}') returns void
language plpgsql set search_path = '' as $$
begin
  raise exception 'market-recovery:%', sentence using errcode = 'CH409', detail = filled::text;
end $$;

create function market_recovery.dollars(amount numeric) returns text language sql immutable set search_path = ''
  return to_char(amount, 'FM$999,999,999,990.00');

-- Hours are of the job that their assignment is for, and begin with nobody's word on them.
create function market_recovery.begin_hours() returns trigger language plpgsql set search_path = '' as $$
begin
  select a.project into new.project from market_recovery.assignment a
  where a.org_id = new.org_id and a.id = new.assignment;
  if foundation.current_actor() is not null then
    new.submitted_by := null;
    new.submitted_at := null;
    new.approved_by := null;
    new.approved_at := null;
    new.payment := null;
    new.paid_on := null;
    new.reason := null;
  end if;
  return new;
end $$;

create trigger begin_hours before insert on market_recovery.hours
  for each row execute function market_recovery.begin_hours();

-- Hours change while they are a draft or came back. Who takes a step is whoever is at work, whatever was sent, and
-- nobody approves what they submitted.
create function market_recovery.keep_hours() returns trigger language plpgsql set search_path = '' as $$
declare
  actor uuid := foundation.current_actor();
  counts boolean := (new.assignment, new.member, new.contractor, new.program, new.project, new.regular, new.overtime,
      new.days, new.week_ending, new.adjusts, new.subsidy, new.calculation)
    is distinct from (old.assignment, old.member, old.contractor, old.program, old.project, old.regular, old.overtime,
      old.days, old.week_ending, old.adjusts, old.subsidy, old.calculation);
  stepped boolean := (new.submitted_by, new.submitted_at, new.approved_by, new.approved_at)
    is distinct from (old.submitted_by, old.submitted_at, old.approved_by, old.approved_at);
begin
  if old.state = 'paid' and (counts or stepped or (new.state, new.payment, new.paid_on)
    is distinct from (old.state, old.payment, old.paid_on)) then
    perform market_recovery.refuse('hours.paid');
  end if;
  if counts and old.state in ('submitted', 'approved')
    or stepped and new.state = old.state and actor is not null then
    perform market_recovery.refuse('hours.settled');
  end if;
  if new.state = 'submitted' and old.state in ('draft', 'rejected') then
    new.submitted_by := coalesce(actor, new.submitted_by);
    new.submitted_at := coalesce(new.submitted_at, now());
    new.approved_by := null;
    new.approved_at := null;
  elsif new.state <> old.state then
    -- Who sent it in stays, whoever takes the next step.
    new.submitted_by := old.submitted_by;
    new.submitted_at := old.submitted_at;
  end if;
  if new.state = 'approved' and old.state = 'submitted' then
    if actor = old.submitted_by then
      perform market_recovery.refuse('hours.own');
    end if;
    new.approved_by := coalesce(actor, new.approved_by);
    new.approved_at := coalesce(new.approved_at, now());
  end if;
  if new.state = 'submitted' and old.state = 'approved' and old.payment is not null then
    perform market_recovery.refuse('hours.in_batch');
  end if;
  return new;
end $$;

create trigger keep_hours before update on market_recovery.hours
  for each row execute function market_recovery.keep_hours();

-- A member's week -----------------------------------------------------------------------------------------------------

-- All that a member worked in a calendar week, wherever it was, fits into it; and no adjustment takes back more than
-- there was. Contractors end their weeks on different days: each has one end in every week from Monday to Sunday.
create function market_recovery.check_weeks(p_hours uuid[]) returns void
language plpgsql set search_path = '' as $$
declare
  members uuid[];
  endings date[];
  full_week record;
begin
  select array_agg(h.member), array_agg(h.week_ending) into members, endings
  from market_recovery.hours h where h.id = any (p_hours);
  -- Two who enter hours of the same member take turns.
  perform from members.member m where m.id = any (members) order by m.id for no key update;
  select sum(h.regular + h.overtime) as hours into full_week
  from (select distinct member, date_trunc('week', ending)::date as monday
    from unnest(members, endings) given (member, ending)) week
  join market_recovery.hours h on h.member = week.member
    and h.week_ending between week.monday and week.monday + 6 and h.state <> 'rejected'
  group by week.member, week.monday having sum(h.regular + h.overtime) > 168 limit 1;
  if found then
    perform market_recovery.refuse('hours.over_168', jsonb_build_object('hours', full_week.hours::text));
  end if;
  perform from (select distinct member, ending from unnest(members, endings) given (member, ending)) week
  join market_recovery.hours h on h.member = week.member and h.week_ending = week.ending and h.state <> 'rejected'
  group by coalesce(h.adjusts, h.id)
  having bool_or(h.adjusts is not null) and (sum(h.regular) < 0 or sum(h.overtime) < 0) limit 1;
  if found then
    perform market_recovery.refuse('hours.below_zero');
  end if;
end $$;

-- A payroll day that moves lets two weeks of an assignment share days. What the later one has fits into the days after
-- the earlier one, so that no day is paid twice. Whoever enters hours of the same member has waited in check_weeks.
create function market_recovery.check_shared_days(p_hours uuid[]) returns void
language plpgsql set search_path = '' as $$
declare
  clash record;
begin
  select least(n.week_ending, o.week_ending) as earlier, greatest(n.week_ending, o.week_ending) as later,
    abs(n.week_ending - o.week_ending) as days into clash
  from market_recovery.hours n join market_recovery.hours o on o.org_id = n.org_id and o.assignment = n.assignment
    and o.week_ending between n.week_ending - 6 and n.week_ending + 6 and o.adjusts is null and o.id <> n.id
  where n.id = any (p_hours) and n.adjusts is null and n.state <> 'rejected' and o.state <> 'rejected'
    and case when o.week_ending > n.week_ending then o.regular + o.overtime else n.regular + n.overtime end
      > 24 * abs(n.week_ending - o.week_ending) limit 1;
  if found then
    perform market_recovery.refuse('hours.shared_days', jsonb_build_object('hours', clash.days * 24,
      'earlier', to_char(clash.earlier, 'FMMonth FMDD, YYYY'), 'later', to_char(clash.later, 'FMMonth FMDD, YYYY')));
  end if;
end $$;

create function market_recovery.hold_weeks() returns trigger language plpgsql set search_path = '' as $$
declare
  touched uuid[];
begin
  if tg_op = 'INSERT' then
    select array_agg(id) into touched from new_rows;
  else
    select array_agg(n.id) into touched from new_rows n join old_rows o on o.id = n.id
    where (n.regular, n.overtime, n.week_ending, n.state <> 'rejected')
      is distinct from (o.regular, o.overtime, o.week_ending, o.state <> 'rejected');
  end if;
  if touched is not null then
    perform market_recovery.check_weeks(touched);
    perform market_recovery.check_shared_days(touched);
  end if;
  return null;
end $$;

create trigger hold_weeks_insert after insert on market_recovery.hours referencing new table as new_rows
  for each statement execute function market_recovery.hold_weeks();
create trigger hold_weeks_update after update on market_recovery.hours
  referencing old table as old_rows new table as new_rows
  for each statement execute function market_recovery.hold_weeks();

-- What there is to spend ----------------------------------------------------------------------------------------------

-- Every move of money that a program or an award has promised or paid, in order, never changed: so that committed, paid
-- and remaining can be told for any day that has passed.
create table market_recovery.movement (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  at timestamptz not null default now(),
  hours uuid not null,
  program uuid not null,
  project uuid,
  on_date date not null,
  committed numeric(15,2) not null,
  paid numeric(15,2) not null,
  worked numeric(15,2) not null,
  primary key (org_id, id),
  foreign key (org_id, hours) references market_recovery.hours (org_id, id),
  foreign key (org_id, program) references market_recovery.program (org_id, id),
  foreign key (org_id, project) references market_recovery.project (org_id, id)
);
create index movement_program on market_recovery.movement (org_id, program, on_date);
create index movement_hours on market_recovery.movement (org_id, hours);
create index movement_project on market_recovery.movement (org_id, project) where project is not null;
select foundation.guard_table('market_recovery.movement');
revoke insert, update, delete on market_recovery.movement from commonhall_app;

-- The day in the open org's time zone at some instant.
create function market_recovery.day_of(instant timestamptz) returns date language sql stable set search_path = ''
  return (instant at time zone (select o.time_zone from foundation.org o where o.id = foundation.current_org()))::date;

-- Hours commit money when they are approved, give it back when they are reopened, and have it paid with their payment.
-- They are paid on the day that is told, but were promised before: told of an earlier day, a program would have had
-- promised less than nothing until they were approved.
create function market_recovery.move_money() returns trigger
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

create trigger move_money_insert after insert on market_recovery.hours referencing new table as new_rows
  for each statement execute function market_recovery.move_money();
create trigger move_money_update after update on market_recovery.hours
  referencing old table as old_rows new table as new_rows
  for each statement execute function market_recovery.move_money();

-- Programs and awards keep their sums, and are the lock that two who approve at once wait at: nothing goes over.
create function market_recovery.spend() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  moved record;
  fund record;
begin
  for moved in select program, sum(committed) as committed, sum(paid) as paid from new_rows group by program
    order by program
  loop
    select * into fund from market_recovery.program
    where org_id = foundation.current_org() and id = moved.program for no key update;
    if moved.committed + moved.paid > 0
      and fund.committed + fund.paid + moved.committed + moved.paid > fund.budget then
      perform market_recovery.refuse('limit.over_budget', jsonb_build_object('program', fund.name,
        'budget', market_recovery.dollars(fund.budget), 'committed', market_recovery.dollars(fund.committed),
        'paid', market_recovery.dollars(fund.paid),
        'more', market_recovery.dollars(moved.committed + moved.paid)));
    end if;
    update market_recovery.program
    set committed = committed + moved.committed, paid = paid + moved.paid
    where org_id = foundation.current_org() and id = moved.program;
  end loop;
  for moved in select project, sum(committed + paid) as amount, sum(worked) as hours from new_rows
    where project is not null group by project order by project
  loop
    select * into fund from market_recovery.project
    where org_id = foundation.current_org() and id = moved.project for no key update;
    if moved.hours > 0 and fund.used_hours + moved.hours > fund.award_hours then
      perform market_recovery.refuse('limit.over_award_hours', jsonb_build_object('project', fund.name,
        'most', fund.award_hours::text, 'used', fund.used_hours::text,
        'more', moved.hours::text));
    elsif moved.amount > 0 and fund.used_amount + moved.amount > fund.award_amount then
      perform market_recovery.refuse('limit.over_award_amount', jsonb_build_object('project', fund.name,
        'most', market_recovery.dollars(fund.award_amount), 'used', market_recovery.dollars(fund.used_amount),
        'more', market_recovery.dollars(moved.amount)));
    end if;
    update market_recovery.project
    set used_hours = used_hours + moved.hours, used_amount = used_amount + moved.amount
    where org_id = foundation.current_org() and id = moved.project;
  end loop;
  return null;
end $$;

create trigger spend after insert on market_recovery.movement referencing new table as new_rows
  for each statement execute function market_recovery.spend();

-- A budget covers what was spent of it.
create function market_recovery.keep_budget() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.budget < old.budget and new.budget < new.committed + new.paid then
    perform market_recovery.refuse('limit.under_spent', jsonb_build_object('field', 'budget', 'program', new.name,
      'used', market_recovery.dollars(new.committed + new.paid)));
  end if;
  return new;
end $$;

create trigger keep_budget before update of budget on market_recovery.program
  for each row execute function market_recovery.keep_budget();

revoke execute on all functions in schema market_recovery from public;
grant execute on function market_recovery.refuse, market_recovery.dollars, market_recovery.figured,
  market_recovery.day_of, market_recovery.check_weeks, market_recovery.check_shared_days to commonhall_app;
