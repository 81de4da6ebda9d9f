-- What holds of roll calls and of proxies, whoever writes them.

-- A roll call is open: who votes how, and who changed it, stands in the trail, and is told live from there.
select foundation.audit_table('governance.vote', 'governance.vote');

-- Everybody's row is made as voting opens, and by nobody later.
create function governance.begin_vote() returns trigger language plpgsql set search_path = '' as $$
begin
  if foundation.current_actor() is not null and exists (select from governance.proposal p
    where p.org_id = new.org_id and p.id = new.proposal and (p.state <> 'voting' or p.opens_at < now())) then
    perform governance.refuse('vote.roll_frozen');
  end if;
  return new;
end $$;

create trigger begin_vote before insert on governance.vote
  for each row execute function governance.begin_vote();

create function governance.begin_vote_holder() returns trigger language plpgsql set search_path = '' as $$
begin
  if foundation.current_actor() is not null and exists (select from governance.vote v
    where v.org_id = new.org_id and v.id = new.vote and v.created_at < now()) then
    perform governance.refuse('vote.roll_frozen');
  end if;
  return new;
end $$;

create trigger begin_vote_holder before insert on governance.vote_holder
  for each row execute function governance.begin_vote_holder();

-- A vote is cast while voting is open, by one of those whose it is or by who has their written word, as themselves.
create function governance.keep_vote() returns trigger language plpgsql set search_path = '' as $$
declare
  held record;
begin
  if (new.proposal, new.name, new.unit, new.weight, new.eligible, new.why_not)
    is distinct from (old.proposal, old.name, old.unit, old.weight, old.eligible, old.why_not) then
    perform governance.refuse('vote.roll_frozen');
  end if;
  if (new.choice, new.cast_at, new.cast_by, new.by_proxy, new.present)
    is not distinct from (old.choice, old.cast_at, old.cast_by, old.by_proxy, old.present) then
    return new;
  end if;
  select p.state, p.closes_at, p.rules into held from governance.proposal p
  where p.org_id = new.org_id and p.id = new.proposal for share;
  if held.state <> 'voting' or held.closes_at <= now() then
    perform governance.refuse('vote.closed');
  end if;
  if (new.choice, new.cast_at, new.cast_by, new.by_proxy)
    is not distinct from (old.choice, old.cast_at, old.cast_by, old.by_proxy) then
    return new;
  end if;
  if new.choice is null or new.cast_at is null or foundation.current_actor() is not null
    and new.cast_by is distinct from governance.acting_member() then
    perform governance.refuse('vote.not_yours');
  end if;
  -- Whoever voted for themselves, or is there to, needs nobody to do it.
  if new.by_proxy and (old.present or old.cast_at is not null and not old.by_proxy) then
    perform governance.refuse('vote.proxy_ended');
  end if;
  if not exists (select from governance.vote_holder h
    where h.org_id = new.org_id and h.vote = new.id and (not new.by_proxy and h.member = new.cast_by
      or new.by_proxy and held.rules ->> 'proxies' = 'allowed' and exists (select from governance.proxy x
        where x.org_id = new.org_id and x.proposal = new.proposal and x.giver = h.member
          and x.holder = new.cast_by and x.state = 'given'))) then
    perform governance.refuse('vote.not_yours');
  end if;
  return new;
end $$;

create trigger keep_vote before update on governance.vote
  for each row execute function governance.keep_vote();

-- Who attends, or votes for themselves, needs nobody to vote for them.
create function governance.end_proxies() returns trigger language plpgsql set search_path = '' as $$
begin
  update governance.proxy x set state = 'ended', ended_at = now(), version = x.version + 1, updated_at = now()
  where x.org_id = new.org_id and x.proposal = new.proposal and x.state = 'given'
    and x.giver in (select h.member from governance.vote_holder h where h.org_id = new.org_id and h.vote = new.id
      and (new.present or h.member = new.cast_by and not new.by_proxy));
  return null;
end $$;

create trigger end_proxies after update on governance.vote for each row
  when (new.present and not old.present or not new.by_proxy and new.cast_at is distinct from old.cast_at)
  execute function governance.end_proxies();

-- Proxies -------------------------------------------------------------------------------------------------------------

create unique index proxy_of_proposal on governance.proxy (org_id, proposal, giver) where state = 'given';
create unique index proxy_of_election on governance.proxy (org_id, election, giver) where state = 'given';

-- Whether somebody may vote for another, and for how many, is for the rules to say; two who give at once take turns.
create function governance.begin_proxy() returns trigger language plpgsql set search_path = '' as $$
declare
  given record;
begin
  select s.state, s.way, coalesce(s.rules, governance.rules_in_force(s.rule_set, (
      select (now() at time zone o.time_zone)::date from foundation.org o where o.id = new.org_id))) as rules into given
  from (select p.state, p.way, p.rules, p.rule_set from governance.proposal p
      where p.org_id = new.org_id and p.id = new.proposal
    union all select e.state, 'roll-call', e.rules, e.rule_set from governance.election e
      where e.org_id = new.org_id and e.id = new.election) s;
  if not found then
    return new;
  end if;
  if (given.rules ->> 'union_election')::boolean then
    perform governance.refuse('proxy.union');
  elsif given.way = 'secret' then
    perform governance.refuse('proxy.secret');
  elsif coalesce(given.rules ->> 'proxies', 'forbidden') <> 'allowed' then
    perform governance.refuse('proxy.forbidden');
  elsif given.state in ('decided', 'withdrawn', 'counting', 'certified', 'contested') then
    perform governance.refuse('proxy.over');
  end if;
  perform from members.member m where m.org_id = new.org_id and m.id = new.holder for no key update;
  if (select count(*) from governance.proxy x where x.org_id = new.org_id and x.holder = new.holder
      and x.state = 'given' and (x.proposal = new.proposal or x.election = new.election))
    >= (given.rules ->> 'proxies_per_holder')::integer then
    perform governance.refuse('proxy.too_many', jsonb_build_object('most', given.rules ->> 'proxies_per_holder'));
  end if;
  return new;
end $$;

create trigger begin_proxy before insert on governance.proxy
  for each row execute function governance.begin_proxy();

revoke execute on function governance.begin_vote, governance.begin_vote_holder, governance.keep_vote,
  governance.end_proxies, governance.begin_proxy from public;
