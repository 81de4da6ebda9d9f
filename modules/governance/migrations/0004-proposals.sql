-- What holds of rule sets, proposals, amendments, comments, roll calls and proxies, whoever writes them.

create function governance.refuse(sentence text, filled jsonb default '{}') returns void
language plpgsql set search_path = '' as $$
begin
  raise exception 'governance:%', sentence using errcode = 'CH409', detail = filled::text;
end $$;

-- The member that whoever acts is on the roll of the open org.
create function governance.acting_member() returns uuid language sql stable set search_path = '' as $$
  select b.member_id from foundation.membership b
  where b.org_id = foundation.current_org() and b.user_id = foundation.current_actor()
$$;

-- What was said and decided is deleted by nobody.
create function governance.stay() returns trigger language plpgsql set search_path = '' as $$
begin
  if foundation.current_actor() is not null then
    perform governance.refuse('stays');
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;

create trigger stay before delete on governance.proposal for each row execute function governance.stay();
create trigger stay before delete on governance.amendment for each row execute function governance.stay();
create trigger stay before delete on governance.comment for each row execute function governance.stay();
create trigger stay before delete on governance.vote for each row execute function governance.stay();
create trigger stay before update or delete on governance.vote_holder
  for each row execute function governance.stay();
create trigger stay before delete on governance.proxy for each row execute function governance.stay();

-- Rule sets -----------------------------------------------------------------------------------------------------------

create function governance.is_share(share text) returns boolean language sql immutable set search_path = '' as $$
  select case when share ~ '^[1-9]\d{0,8}/[1-9]\d{0,8}$'
    then split_part(share, '/', 1)::bigint <= split_part(share, '/', 2)::bigint else false end
$$;

alter table governance.rule_set
  add constraint rule_set_threshold check (governance.is_share(threshold)
    and (at_least or split_part(threshold, '/', 1) <> split_part(threshold, '/', 2))),
  add constraint rule_set_share check (quorum_share is null or governance.is_share(quorum_share)),
  add constraint rule_set_units check (quorum <> 'units' or electorate <> 'member');

-- The rules of a name as they are on a day, as a vote is held by them.
create function governance.rules_in_force(p_rule_set uuid, day date) returns jsonb
language sql stable set search_path = '' as $$
  select to_jsonb(f) from (
    select r.id, r.name, r.from_on, r.electorate, r.quorum, r.quorum_number, r.quorum_share,
      r.count_abstentions, r.count_presence, r.majority_base, r.threshold, r.at_least, r.notice_days, r.proxies,
      r.proxies_per_holder, r.retired_vote, r.membership_days, r.dues_grace_days, r.union_election
    from governance.rule_set n join governance.rule_set r on r.org_id = n.org_id and r.name = n.name
    where n.id = p_rule_set and r.period @> day) f
$$;

create index proposal_decided_by on governance.proposal (org_id, (rules ->> 'id')) where rules is not null;
create index election_decided_by on governance.election (org_id, (rules ->> 'id')) where rules is not null;

-- Rules by which something was decided stay as they were; that they end may be said.
create function governance.keep_rule_set() returns trigger language plpgsql set search_path = '' as $$
declare
  loose text[] := '{until_on,period,search_text,version,updated_at}';
begin
  -- What would move to another organization is refused by row-level security, in its own words.
  if tg_op = 'UPDATE' and (new.org_id <> old.org_id or to_jsonb(new) - loose = to_jsonb(old) - loose) then
    return new;
  end if;
  if exists (select from governance.proposal p where p.org_id = old.org_id and p.rules ->> 'id' = old.id::text)
    or exists (select from governance.election e where e.org_id = old.org_id and e.rules ->> 'id' = old.id::text)
  then
    perform governance.refuse('rule_set.used', jsonb_build_object('name', old.name));
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;

create trigger keep_rule_set before update or delete on governance.rule_set
  for each row execute function governance.keep_rule_set();

-- Proposals -----------------------------------------------------------------------------------------------------------

alter table governance.proposal
  alter column number set default foundation.next_number('governance.proposal', 'P-'),
  add constraint proposal_period check (closes_at > opens_at),
  add constraint proposal_ruled check ((decision is null) = (outcome is null)
    and (decision is null or rules is not null) and (rules is null or closes_at is not null));
create index proposal_opens_at on governance.proposal (org_id, opens_at) where state = 'discussion';
create index proposal_closes_at on governance.proposal (org_id, closes_at) where state = 'voting';
revoke insert, update, delete on governance.revision from commonhall_app;

create function governance.begin_proposal() returns trigger language plpgsql set search_path = '' as $$
begin
  if foundation.current_actor() is not null then
    new.author := governance.acting_member();
    new.proposed_by := foundation.current_actor();
    new.text_version := 1;
  end if;
  return new;
end $$;

create trigger begin_proposal before insert on governance.proposal
  for each row execute function governance.begin_proposal();

-- The text is open until the vote is; how it is voted on stays as it was when voting opened.
create function governance.keep_proposal() returns trigger language plpgsql set search_path = '' as $$
declare
  reworded boolean := (new.title, new.text) is distinct from (old.title, old.text);
begin
  if old.state not in ('draft', 'discussion') then
    if reworded then
      perform governance.refuse('proposal.text_locked');
    end if;
    if (new.way, new.rule_set, new.opens_at, new.closes_at, new.rules)
      is distinct from (old.way, old.rule_set, old.opens_at, old.closes_at, old.rules) then
      perform governance.refuse('proposal.vote_locked');
    end if;
  end if;
  if old.state = 'decided' and (new.decision, new.outcome, new.decided_at)
    is distinct from (old.decision, old.outcome, old.decided_at) then
    perform governance.refuse('proposal.decided');
  end if;
  if new.state = 'voting' and old.state = 'discussion' then
    new.opens_at := now();
  end if;
  if new.state = 'voting' and new.rules is null or (new.state = 'decided') <> (new.decision is not null) then
    perform governance.refuse('proposal.incomplete');
  end if;
  new.text_version := old.text_version + case when reworded and old.state = 'discussion' then 1 else 0 end;
  new.author := case when new.author is null then null else old.author end;
  new.proposed_by := old.proposed_by;
  new.number := old.number;
  return new;
end $$;

create trigger keep_proposal before update on governance.proposal
  for each row execute function governance.keep_proposal();

-- Each text that all could read is kept. What a draft was before that is its author's.
create function governance.keep_revision() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.state = 'draft' or new.state = 'withdrawn' and new.discussion_at is null
    or tg_op = 'UPDATE' and old.state <> 'draft' and new.text_version = old.text_version then
    return null;
  end if;
  insert into governance.revision (org_id, proposal, number, title, text, amendment, changed_by)
  values (new.org_id, new.id, new.text_version, new.title, new.text,
    nullif(current_setting('governance.amendment', true), '')::uuid, foundation.current_actor())
  on conflict do nothing;
  return null;
end $$;

create trigger keep_revision after insert or update on governance.proposal
  for each row execute function governance.keep_revision();

-- Amendments and comments ---------------------------------------------------------------------------------------------

create function governance.begin_amendment() returns trigger language plpgsql set search_path = '' as $$
declare
  given record;
begin
  if foundation.current_actor() is not null then
    new.author := governance.acting_member();
    new.proposed_by := foundation.current_actor();
  end if;
  select p.state, p.text_version into given from governance.proposal p
  where p.org_id = new.org_id and p.id = new.proposal for share;
  if found then
    if foundation.current_actor() is not null and given.state <> 'discussion' then
      perform governance.refuse('amendment.not_open');
    end if;
    new.of_version := given.text_version;
  end if;
  return new;
end $$;

create trigger begin_amendment before insert on governance.amendment
  for each row execute function governance.begin_amendment();

create function governance.keep_amendment() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.summary, new.text, new.of_version, new.proposal)
    is distinct from (old.summary, old.text, old.of_version, old.proposal) then
    perform governance.refuse('amendment.kept');
  end if;
  return new;
end $$;

create trigger keep_amendment before update on governance.amendment
  for each row execute function governance.keep_amendment();

-- Accepted, its text becomes the next version of the proposal's.
create function governance.take_over() returns trigger language plpgsql set search_path = '' as $$
begin
  perform from governance.proposal p
  where p.org_id = new.org_id and p.id = new.proposal and p.state = 'discussion' for no key update;
  if not found then
    perform governance.refuse('amendment.not_open');
  end if;
  perform set_config('governance.amendment', new.id::text, true);
  update governance.proposal p set text = new.text, version = p.version + 1, updated_at = now()
  where p.org_id = new.org_id and p.id = new.proposal;
  perform set_config('governance.amendment', '', true);
  return null;
end $$;

create trigger take_over after update of state on governance.amendment for each row
  when (old.state <> 'accepted' and new.state = 'accepted') execute function governance.take_over();

create function governance.begin_comment() returns trigger language plpgsql set search_path = '' as $$
begin
  if foundation.current_actor() is null then
    return new;
  end if;
  new.author := governance.acting_member();
  new.written_by := foundation.current_actor();
  if exists (select from governance.proposal p where p.org_id = new.org_id and p.id = new.proposal
    and p.state not in ('discussion', 'voting')) then
    perform governance.refuse('comment.not_open');
  end if;
  if exists (select from governance.comment c where c.org_id = new.org_id and c.id = new.answers
    and c.proposal <> new.proposal) then
    perform governance.refuse('comment.elsewhere');
  end if;
  return new;
end $$;

create trigger begin_comment before insert on governance.comment
  for each row execute function governance.begin_comment();

create function governance.keep_comment() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.text <> old.text then
    new.edited_at := now();
  end if;
  if new.hidden <> old.hidden then
    new.hidden_at := case when new.hidden then now() end;
  end if;
  return new;
end $$;

create trigger keep_comment before update on governance.comment
  for each row execute function governance.keep_comment();

revoke execute on function governance.refuse, governance.acting_member, governance.is_share, governance.rules_in_force,
  governance.stay, governance.keep_rule_set, governance.begin_proposal, governance.keep_proposal,
  governance.keep_revision, governance.begin_amendment, governance.keep_amendment, governance.take_over,
  governance.begin_comment, governance.keep_comment from public;
grant execute on function governance.refuse, governance.acting_member, governance.is_share, governance.rules_in_force
  to commonhall_app;
