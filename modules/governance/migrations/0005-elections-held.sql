-- What holds of an election though two people act at once: nothing changes on a ballot once it is published, nobody is
-- added to a roll once voting is open, and voting does not open while somebody who must have notice had none.

create function governance.refuse_step(sentence text, filled jsonb default '{}') returns void
language plpgsql set search_path = '' as $$
begin
  raise exception 'governance:held.%', sentence using errcode = 'CH409', detail = filled::text;
end $$;

-- What day an instant is where the organization is.
create function governance.day_of(p_at timestamptz) returns date language sql stable set search_path = '' as $$
  select (p_at at time zone o.time_zone)::date from foundation.org o where o.id = foundation.current_org()
$$;

-- Where the organization is, as far as clocks go.
create function governance.home_zone() returns text language sql stable set search_path = '' as $$
  select o.time_zone from foundation.org o where o.id = foundation.current_org()
$$;

-- The roll ----------------------------------------------------------------------------------------------------------

-- Statements over a whole roll do without nested loops: of rows that were just written the planner knows nothing, and
-- would compare each with each.

-- Draws the roll of an election by rules and day: whoever is on it stays the same row, and whoever is no longer of the
-- electorate is not eligible any more.
create function governance.draw_roll(p_election uuid, p_rules jsonb, p_day date) returns void
language plpgsql set search_path = '' set enable_nestloop = off as $$
begin
  insert into governance.voter as v (election, name, member, unit, eligible, why_not)
  select p_election, d.name, d.member, d.unit, d.eligible, d.why_not from governance.electorate(p_rules, p_day) d
  on conflict (org_id, election, member, unit) do update set name = excluded.name, eligible = excluded.eligible,
    why_not = excluded.why_not, version = v.version + 1, updated_at = now()
  where (v.name, v.eligible, v.why_not) is distinct from (excluded.name, excluded.eligible, excluded.why_not);
  update governance.voter v
  set eligible = false, why_not = 'gone', version = v.version + 1, updated_at = now()
  where v.election = p_election and v.why_not is distinct from 'gone' and not exists (
    select from governance.electorate(p_rules, p_day) d
    where coalesce(d.member, d.unit) = coalesce(v.member, v.unit));
  with shared as materialized (
    select v.id as voter, h.member from governance.electorate(p_rules, p_day) d
      join governance.voter v on v.election = p_election
        and coalesce(v.member, v.unit) = coalesce(d.member, d.unit)
      cross join lateral unnest(d.holders) h (member)),
  gone as (
    delete from governance.voter_holder h using governance.voter v
    where v.id = h.voter and v.election = p_election and (h.voter, h.member) not in (select voter, member from shared))
  insert into governance.voter_holder (voter, member) select voter, member from shared
  on conflict do nothing;
end $$;

-- The roll is read by name, page by page.
create index voter_roll on governance.voter (org_id, election, name, id);

-- Once voting is open, the roll keeps who is on it and who may vote. What is noted further is whether a ballot was
-- taken. Somebody whose right to vote is disputed is added by a challenge, and counts as nobody until it is settled.
create function governance.keep_roll() returns trigger language plpgsql set search_path = ''
set enable_nestloop = off as $$
declare
  broken boolean;
begin
  if current_user <> 'commonhall_app' then
    return null;
  elsif tg_op = 'UPDATE' then
    select true into broken from was
      left join touched t on t.org_id = was.org_id and t.id = was.id
      join governance.election e on e.org_id = was.org_id and e.id = was.election
    where e.state not in ('draft', 'nominations', 'published') and (t.id is null
      or (t.election, t.name, t.member, t.unit, t.eligible, t.why_not)
        is distinct from (was.election, was.name, was.member, was.unit, was.eligible, was.why_not)) limit 1;
  elsif tg_op = 'INSERT' then
    select true into broken from touched t
      join governance.election e on e.org_id = t.org_id and e.id = t.election
    where e.state not in ('draft', 'nominations', 'published') and (t.eligible or t.taken <> 'challenged') limit 1;
  else
    select true into broken from was join governance.election e on e.org_id = was.org_id and e.id = was.election
    where e.state not in ('draft', 'nominations', 'published') limit 1;
  end if;
  if broken then
    perform governance.refuse_step('roll_stays');
  end if;
  return null;
end $$;
create trigger keep_roll_added after insert on governance.voter referencing new table as touched
  for each statement execute function governance.keep_roll();
create trigger keep_roll_changed after update on governance.voter referencing old table as was new table as touched
  for each statement execute function governance.keep_roll();
create trigger keep_roll_removed after delete on governance.voter referencing old table as was
  for each statement execute function governance.keep_roll();

create function governance.keep_holders() returns trigger language plpgsql set search_path = ''
set enable_nestloop = off as $$
begin
  if current_user = 'commonhall_app' and exists (select from touched t
    join governance.voter v on v.org_id = t.org_id and v.id = t.voter and v.taken <> 'challenged'
    join governance.election e on e.org_id = v.org_id and e.id = v.election
    where e.state not in ('draft', 'nominations', 'published'))
  then
    perform governance.refuse_step('roll_stays');
  end if;
  return null;
end $$;
create trigger keep_holders_added after insert on governance.voter_holder referencing new table as touched
  for each statement execute function governance.keep_holders();
create trigger keep_holders_changed after update on governance.voter_holder referencing new table as touched
  for each statement execute function governance.keep_holders();
create trigger keep_holders_removed after delete on governance.voter_holder referencing old table as touched
  for each statement execute function governance.keep_holders();

-- The ballot --------------------------------------------------------------------------------------------------------

-- One person once for each office, though they were nominated twice.
create unique index candidate_once on governance.candidate (org_id, contest, member) where member is not null;

-- The state of an election, held as it is until the end of the transaction.
create function governance.held_state(p_org uuid, p_election uuid) returns text
language sql set search_path = '' as $$
  select e.state from governance.election e where e.org_id = p_org and e.id = p_election for share
$$;

-- Whoever is nominated is of the election of their contest. Options, and people who nominate themselves, have said yes.
create function governance.begin_candidate() returns trigger language plpgsql set search_path = '' as $$
begin
  new.election := coalesce((select c.election from governance.contest c
    where c.org_id = new.org_id and c.id = new.contest), new.election);
  -- The house brings in what was decided long ago.
  if foundation.current_actor() is null and new.state <> 'nominated' then
    return new;
  elsif foundation.current_actor() is not null
    and governance.held_state(new.org_id, new.election) not in ('draft', 'nominations')
  then
    perform governance.refuse_step('ballot_stays');
  end if;
  new.state := case when new.member is null or new.member = new.nominated_by then 'accepted' else 'nominated' end;
  new.answered_at := case when new.state = 'accepted' and new.member is not null then now() end;
  return new;
end $$;
create trigger begin_candidate before insert on governance.candidate
  for each row execute function governance.begin_candidate();

create function governance.keep_candidates() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'commonhall_app'
    and governance.held_state(old.org_id, old.election) not in ('draft', 'nominations')
  then
    perform governance.refuse_step('ballot_stays');
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger keep_candidates before update or delete on governance.candidate
  for each row execute function governance.keep_candidates();

-- Of a contest on a published ballot nothing changes but its result.
create function governance.keep_contests() returns trigger language plpgsql set search_path = '' as $$
declare
  kept text[] := '{result,version,updated_at}';
begin
  if current_user <> 'commonhall_app' or tg_op = 'INSERT' and foundation.current_actor() is null then
    return case when tg_op = 'DELETE' then old else new end;
  elsif tg_op = 'UPDATE' and to_jsonb(new) - kept = to_jsonb(old) - kept then
    return new;
  elsif governance.held_state(case when tg_op = 'INSERT' then new.org_id else old.org_id end,
    case when tg_op = 'INSERT' then new.election else old.election end) not in ('draft', 'nominations')
  then
    perform governance.refuse_step('ballot_stays');
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger keep_contests before insert or update or delete on governance.contest
  for each row execute function governance.keep_contests();

-- The election ------------------------------------------------------------------------------------------------------

-- How many must have notice and had none in time, and the first of them by name.
create function governance.unnoticed(p_org uuid, p_election uuid, p_rules jsonb, p_day date)
returns table (many integer, names text) language sql stable set search_path = '' as $$
  select count(*)::integer, string_agg(name, '; ' order by name) filter (where nth <= 3) from (
    select v.name, row_number() over (order by v.name) as nth from governance.voter v
    where v.org_id = p_org and v.election = p_election and v.eligible and (v.notice <> 'proven' or v.told_on is null
      or v.told_on > p_day - coalesce((p_rules ->> 'notice_days')::integer, 0))) v
$$;

create function governance.keep_election() returns trigger language plpgsql set search_path = '' as $$
declare
  missing record;
begin
  if current_user <> 'commonhall_app' then
    return new;
  elsif old.seed is not null and new.seed is distinct from old.seed then
    perform governance.refuse_step('seed_stays');
  elsif old.state not in ('draft', 'nominations') and
    (new.name, new.kind, new.rule_set, new.proposal, new.record_on, new.ballot_order, new.nominations_until_at,
      new.opens_at, new.closes_at) is distinct from (old.name, old.kind, old.rule_set, old.proposal, old.record_on,
      old.ballot_order, old.nominations_until_at, old.opens_at, old.closes_at)
  then
    perform governance.refuse_step('published');
  elsif old.state not in ('draft', 'nominations', 'published') and (new.rules, new.key_fingerprint, new.opened_at)
    is distinct from (old.rules, old.key_fingerprint, old.opened_at)
  then
    perform governance.refuse_step('frozen');
  elsif new.state = 'published' and old.state <> 'published' and (new.seed is null or new.rules is null or exists (
    select from governance.contest c where c.org_id = new.org_id and c.election = new.id and c.counting is null))
  then
    perform governance.refuse_step('not_prepared');
  elsif new.state = 'voting' and old.state = 'published' then
    if new.rules is null or new.public_key is null or new.opened_at is null then
      perform governance.refuse_step('not_prepared');
    elsif new.rules ->> 'electorate' = 'share' then
      perform governance.refuse_step('share_secret');
    elsif (new.rules ->> 'union_election')::boolean then
      select * into missing from governance.unnoticed(new.org_id, new.id, new.rules, governance.day_of(new.opened_at));
      if missing.many > 0 then
        perform governance.refuse_step('unnoticed', jsonb_build_object('many', missing.many, 'names', missing.names,
          'days', (new.rules ->> 'notice_days')::integer));
      end if;
    end if;
  end if;
  return new;
end $$;
create trigger keep_election before update on governance.election
  for each row execute function governance.keep_election();

-- Whoever watches for a candidate watches the election that the candidate stands in.
create function governance.keep_observers() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from governance.candidate c
    where c.org_id = new.org_id and c.id = new.candidate and c.election <> new.election)
  then
    perform governance.refuse_step('other_candidate');
  end if;
  return new;
end $$;
create trigger keep_observers before insert or update on governance.observer
  for each row execute function governance.keep_observers();

-- Due: voting is to open or to close by now.
create index election_due on governance.election (org_id, state, opens_at) where state in ('published', 'voting');

revoke execute on function governance.home_zone, governance.refuse_step, governance.day_of,
  governance.draw_roll, governance.keep_roll, governance.keep_holders, governance.held_state,
  governance.begin_candidate, governance.keep_candidates, governance.keep_contests, governance.unnoticed,
  governance.keep_election, governance.keep_observers from public;
grant execute on function governance.home_zone, governance.refuse_step, governance.day_of,
  governance.draw_roll, governance.held_state, governance.unnoticed to commonhall_app;
