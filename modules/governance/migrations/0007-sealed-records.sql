-- What stays. Once an election is counted its box is sealed, and once it is certified its records are kept for a year
-- (29 USC 481(e)). Both hold whoever writes, but for the owner of the house who erases a whole organization.

-- The last day on which the records of an election are kept; nothing where they may go.
create function governance.kept_until(p_org uuid, p_election uuid) returns date
language sql stable set search_path = '' as $$
  select e.keep_until_on from governance.election e join foundation.org o on o.id = e.org_id
  where e.org_id = p_org and e.id = p_election and e.keep_until_on >= (now() at time zone o.time_zone)::date
$$;

-- Only what the owner of the house runs can say that it erases an organization.
create function governance.is_erasing(p_org uuid) returns boolean language sql stable set search_path = '' as $$
  select current_user <> 'commonhall_app' and foundation.setting('erasing') is not distinct from p_org::text
$$;

create function governance.refuse_kept(p_org uuid, p_until date) returns void
language plpgsql set search_path = '' as $$
begin
  if p_until is not null and not governance.is_erasing(p_org) then
    raise exception 'governance:closing.kept' using errcode = 'CH409',
      detail = jsonb_build_object('until', p_until)::text;
  end if;
end $$;

-- Of the records of an election. The argument is what leads to it: its own id, that of a voter or of a paper.
create function governance.keep_records() returns trigger language plpgsql set search_path = '' as $$
begin
  perform governance.refuse_kept(k.org_id, governance.kept_until(k.org_id, k.election)) from (
    select distinct g.org_id, case tg_argv[0]
      when 'voter' then (select v.election from governance.voter v where v.org_id = g.org_id and v.id = g.leads)
      when 'paper_ballot' then (select p.election from governance.paper_ballot p
        where p.org_id = g.org_id and p.id = g.leads)
      else g.leads end as election
    from (select distinct w.org_id, (to_jsonb(w) ->> tg_argv[0])::uuid as leads from was w) g) k;
  return null;
end $$;

do $$
declare
  kept text[];
begin
  foreach kept slice 1 in array array[
    ['contest', 'election'], ['candidate', 'election'], ['voter', 'election'], ['voter_holder', 'voter'],
    ['voter_notice', 'election'], ['observer', 'election'], ['proxy', 'election'], ['ballot', 'election'],
    ['ballot_paper', 'election'], ['box_count', 'election'], ['paper_ballot', 'election'],
    ['paper_entry', 'paper_ballot'], ['published_box', 'election']] loop
    execute format('create trigger keep_records after delete on governance.%I referencing old table as was '
      'for each statement execute function governance.keep_records(%L)', kept[1], kept[2]);
  end loop;
end $$;

-- An election itself, and votes that were cast before somebody has certified what came of them.
create function governance.keep_votes() returns trigger language plpgsql set search_path = '' as $$
begin
  perform governance.refuse_kept(old.org_id, case when old.state in ('voting', 'counting', 'contested')
    then coalesce(old.keep_until_on, 'infinity') else governance.kept_until(old.org_id, old.id) end);
  return old;
end $$;
create trigger keep_votes before delete on governance.election
  for each row execute function governance.keep_votes();

-- Files of an election, of those who stand in it and of its notices.
create function governance.keep_files() returns trigger language plpgsql set search_path = '' as $$
declare
  election uuid;
begin
  if tg_op = 'UPDATE' and (new.archived_at is null or old.archived_at is not null)
    -- Deleted before the election was certified: that one goes when its time is up.
    or tg_op = 'DELETE' and old.archived_at is not null then
    return coalesce(new, old);
  end if;
  election := case old.resource
    when 'governance.election' then old.record
    when 'governance.candidate' then (select c.election from governance.candidate c
      where c.org_id = old.org_id and c.id = old.record)
    else (select n.election from governance.voter_notice n where n.org_id = old.org_id and n.id = old.record) end;
  perform governance.refuse_kept(old.org_id, governance.kept_until(old.org_id, election));
  return coalesce(new, old);
end $$;
create trigger keep_election_files before update of archived_at or delete on foundation.file for each row
  when (old.resource in ('governance.election', 'governance.candidate', 'governance.voter-notice'))
  execute function governance.keep_files();

-- The box -------------------------------------------------------------------------------------------------------------

-- Of a counted election nothing changes that its count was made from.
create function governance.refuse_sealed(p_org uuid, p_election uuid) returns void
language plpgsql set search_path = '' as $$
begin
  if not governance.is_erasing(p_org) and exists (select from governance.election e
    where e.org_id = p_org and e.id = p_election and e.seal is not null) then
    raise exception 'governance:closing.sealed' using errcode = 'CH409', detail = '{}';
  end if;
end $$;

create function governance.keep_sealed() returns trigger language plpgsql set search_path = '' as $$
begin
  perform governance.refuse_sealed(t.org_id, t.election)
  from (select distinct org_id, election from touched) t;
  return null;
end $$;

do $$
declare
  kept text;
begin
  foreach kept in array array['ballot', 'published_box', 'paper_ballot', 'contest', 'voter'] loop
    execute format('create trigger keep_sealed_added after insert on governance.%I referencing new table as touched '
      'for each statement execute function governance.keep_sealed()', kept);
    execute format('create trigger keep_sealed_changed after update on governance.%I referencing old table as touched '
      'for each statement execute function governance.keep_sealed()', kept);
    execute format('create trigger keep_sealed_removed after delete on governance.%I referencing old table as touched '
      'for each statement execute function governance.keep_sealed()', kept);
  end loop;
end $$;

-- A seal is set once, with its counters, and a day until which something is kept only moves on.
create function governance.keep_seal() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.seal, new.counters, new.public_key, new.seed)
    is distinct from (old.seal, old.counters, old.public_key, old.seed)
    or old.keep_until_on is not null
      and new.keep_until_on is distinct from greatest(new.keep_until_on, old.keep_until_on)
  then
    raise exception 'governance:closing.sealed' using errcode = 'CH409', detail = '{}';
  end if;
  return new;
end $$;
create trigger keep_seal before update on governance.election for each row when (old.seal is not null)
  execute function governance.keep_seal();

-- The trail of an election and of all that belongs to it, from the first entry on, as the archive keeps it.
create function governance.trail_of(p_election uuid) returns table (entry jsonb)
language sql stable set search_path = '' as $$
  with known as materialized (
    select p_election as id
    union all select c.id from governance.contest c where c.election = p_election
    union all select c.id from governance.candidate c where c.election = p_election
    union all select o.id from governance.observer o where o.election = p_election
    union all select n.id from governance.voter_notice n where n.election = p_election
    union all select p.id from governance.paper_ballot p where p.election = p_election)
  select jsonb_build_object('id', l.id, 'at', l.at, 'by', l.actor_name, 'via', l.via, 'act', l.act,
    'resource', l.resource, 'record', l.record, 'changes', l.changes, 'sealed_in', l.sealed_in)
  from foundation.audit_line l
  where l.record in (select id from known) and l.kind = 'change' order by l.at, l.id
$$;

revoke execute on function governance.kept_until, governance.refuse_kept, governance.keep_records,
  governance.keep_votes, governance.keep_files, governance.refuse_sealed, governance.keep_sealed, governance.keep_seal,
  governance.is_erasing, governance.trail_of
  from public;
grant execute on function governance.kept_until, governance.refuse_kept, governance.refuse_sealed,
  governance.is_erasing, governance.trail_of to commonhall_app;
