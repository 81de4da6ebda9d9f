-- Whom somebody stands for besides themselves: a contractor whose hours they send in, an employer, a funder. Rules open
-- to them what names that record, whatever their role. It gives rights, so the owner's functions alone write it.

create table foundation.membership_party (
  org_id uuid not null default foundation.current_org(),
  user_id uuid not null,
  -- The resource and one of its records; of each resource somebody stands for one.
  resource text not null check (length(resource) <= 100),
  record uuid not null,
  -- What the record is called, and whether it is archived, which gives nothing: kept true by tell_parties.
  title text collate "en-x-icu" not null,
  resting boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (org_id, user_id, resource),
  foreign key (org_id, user_id) references foundation.membership on delete cascade
);
create index membership_party_record on foundation.membership_party (org_id, resource, record);
select foundation.guard_table('foundation.membership_party');
revoke insert, update, delete on foundation.membership_party from commonhall_app;
create policy owner_rows on foundation.membership_party to current_user using (true) with check (true);
create trigger renew_stamps after insert or update or delete on foundation.membership_party
  for each row execute function foundation.renew_stamps();

-- In the history of the person, as the roles are.
create function foundation.write_party_audit() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  touched record := coalesce(new, old);
begin
  if tg_op = 'UPDATE' and old.record = new.record then
    return null;
  end if;
  insert into foundation.audit_entry
    (org_id, actor, actor_name, act, resource, record, old, new, via, cause, request_id, address)
  values (touched.org_id, foundation.current_actor(), foundation.setting('actor_name'), 'stand-for',
    'foundation.org_user', touched.user_id,
    case when tg_op <> 'INSERT' then jsonb_build_object('stands_for', old.title, 'party', old.record) end,
    case when tg_op <> 'DELETE' then jsonb_build_object('stands_for', new.title, 'party', new.record) end,
    foundation.setting('via'), foundation.setting('cause'), foundation.setting('request'),
    foundation.setting('address'));
  return null;
end $$;
create trigger write_audit after insert or update or delete on foundation.membership_party
  for each row execute function foundation.write_party_audit();

-- Tells whoever stands for a record what became of it: its arguments are the resource and the column of its name.
create function foundation.tell_parties() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  called text;
  rests boolean;
begin
  if tg_op = 'DELETE' then
    delete from foundation.membership_party p
    where p.org_id = old.org_id and p.resource = tg_argv[0] and p.record = old.id;
    return null;
  end if;
  called := coalesce(to_jsonb(new) ->> tg_argv[1], '');
  rests := to_jsonb(new) ->> 'archived_at' is not null;
  update foundation.membership_party p set title = called, resting = rests
  where p.org_id = new.org_id and p.resource = tg_argv[0] and p.record = new.id
    and (p.title, p.resting) is distinct from (called, rests);
  return null;
end $$;

-- Lets people stand for the records of a table: to be called in the migration of each resource that says `party`.
create function foundation.party_table(p_table regclass, p_resource text, p_title text) returns void
language plpgsql as $$
begin
  execute format('create trigger tell_parties after update or delete on %s for each row '
    'execute function foundation.tell_parties(%L, %L)', p_table, p_resource, p_title);
end $$;

-- What a record of the open org that people can stand for is called; null: there is no such record, or it is archived.
create function foundation.party_title(p_resource text, p_record uuid) returns text
language plpgsql stable set search_path = '' as $$
declare
  found_table regclass;
  arguments text[];
  answer text;
begin
  select t.tgrelid, string_to_array(encode(t.tgargs, 'escape'), '\000') into found_table, arguments
  from pg_catalog.pg_trigger t
  where t.tgfoid = 'foundation.tell_parties'::regproc
    and split_part(encode(t.tgargs, 'escape'), '\000', 1) = p_resource;
  if found_table is not null then
    execute format('select coalesce(to_jsonb(t) ->> $3, '''') from %s t where t.org_id = $1 and t.id = $2 '
      'and to_jsonb(t) ->> ''archived_at'' is null', found_table)
    into answer using foundation.current_org(), p_record, arguments[2];
  end if;
  return answer;
end $$;

-- Ties a person of the open org to a record that they stand for from now on, or with null to none.
create function foundation.set_party(p_user uuid, p_resource text, p_record uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform foundation.begin_role_change();
  if p_record is null then
    delete from foundation.membership_party
    where org_id = foundation.current_org() and user_id = p_user and resource = p_resource;
  else
    if foundation.party_title(p_resource, p_record) is null then
      raise exception 'no_party' using errcode = 'CH409';
    end if;
    insert into foundation.membership_party (org_id, user_id, resource, record, title)
    select m.org_id, m.user_id, p_resource, p_record, foundation.party_title(p_resource, p_record)
    from foundation.membership m where m.org_id = foundation.current_org() and m.user_id = p_user
    on conflict (org_id, user_id, resource) do update
    set record = excluded.record, title = excluded.title, resting = false;
  end if;
  perform foundation.renew_membership(p_user);
end $$;

-- Who is let in: as before, and whom they stand for.
drop function foundation.admit;
create function foundation.admit(p_session uuid, p_slug text)
returns table (
  user_id uuid, email text, user_name text, user_stamp bigint, org_id uuid, org_name text, org_kind text, accent text,
  time_zone text, modules text[], org_stamp bigint, member_id uuid, parties jsonb, roles jsonb, proved_at timestamptz,
  second_factor_missing boolean, scopes text[]
) language sql stable security definer set search_path = '' as $$
  select u.id, u.email::text, u.name, u.access_stamp, o.id, o.name, o.kind, o.accent, o.time_zone, o.modules,
    o.access_stamp, m.member_id,
    coalesce((
      select jsonb_object_agg(p.resource, p.record) from foundation.membership_party p
      where p.org_id = m.org_id and p.user_id = u.id and not p.resting), '{}'),
    coalesce((
      select jsonb_agg(jsonb_build_object('name', r.name, 'changes', r.changes))
      from foundation.grant g join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
      where g.org_id = m.org_id and g.user_id = u.id), '[]'),
    s.proved_at,
    s.second_factor is null and s.scopes is null and exists (
      select from foundation.grant g join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
      where g.org_id = m.org_id and g.user_id = u.id and r.requires_second_factor),
    s.scopes
  from foundation.session s
  join foundation.user u on u.id = s.user_id
  left join (foundation.membership m join foundation.org o on o.id = m.org_id and o.suspended_at is null)
    on m.user_id = u.id and m.disabled_at is null and o.slug = p_slug and o.id = coalesce(s.only_org, o.id)
  where s.id = p_session and s.ended_at is null and s.expires_at > now() and u.disabled_at is null
$$;

create or replace view foundation.org_user with (security_invoker) as
  select m.org_id, u.id, m.version, m.created_at, m.updated_at, u.name, u.email::text as email,
    (select string_agg(r.label, ', ' order by r.label) from foundation.grant g
      join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
      where g.org_id = m.org_id and g.user_id = u.id) as roles,
    case when coalesce(m.disabled_at, u.disabled_at) is not null then 'disabled'
      when u.locked_at is not null then 'locked' else 'active' end as state,
    u.kind, m.member_id as own_record, foundation.last_seen(u.id) as last_seen_at,
    foundation.has_second_factor(u.id) as second_factor, foundation.fold(u.name || ' ' || u.email) as search_text,
    (select string_agg(p.title, ', ' order by p.title) from foundation.membership_party p
      where p.org_id = m.org_id and p.user_id = u.id) as stands_for
  from foundation.membership m join foundation.user u on u.id = m.user_id;

-- Invitations: with roles, or for a record that the person will stand for, or both ----------------------------------

alter table foundation.issued_invitation
  drop constraint issued_invitation_role_ids_check,
  -- `{resource: id}`, and what these were called then.
  add column parties jsonb not null default '{}' check (jsonb_typeof(parties) = 'object'),
  add column stands_for text collate "en-x-icu",
  add check (cardinality(role_ids) <= 50 and (cardinality(role_ids) > 0 or parties <> '{}'));

create or replace view foundation.invitation with (security_invoker) as
  select org_id, id, version, created_at, updated_at, email::text as email, name, roles,
    foundation.invitation_state(outcome, expires_at, org_id, invited_by) as state, invited_by, invited_by_name,
    expires_at, accepted_by, stands_for
  from foundation.issued_invitation;

drop function foundation.invite;
create function foundation.invite(
  p_email text, p_name text, p_roles uuid[], p_member uuid, p_parties jsonb default '{}'
) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
  labels text;
  found_roles integer;
  called text;
begin
  select coalesce(string_agg(r.label, ', ' order by r.label), ''), count(*) into labels, found_roles
  from foundation.role r where r.org_id = foundation.current_org() and r.id = any (p_roles);
  if found_roles < (select count(distinct one) from unnest(p_roles) one) or found_roles = 0 and p_parties = '{}' then
    raise exception 'no_role' using errcode = 'CH409';
  end if;
  if exists (select from jsonb_each_text(p_parties) p where foundation.party_title(p.key, p.value::uuid) is null) then
    raise exception 'no_party' using errcode = 'CH409';
  end if;
  select string_agg(foundation.party_title(p.key, p.value::uuid), ', ') into called from jsonb_each_text(p_parties) p;
  -- One that has run out makes room for the next.
  update foundation.issued_invitation i set outcome = 'expired', closed_at = now(), version = version + 1,
    updated_at = now()
  where i.org_id = foundation.current_org() and i.email operator(public.=) p_email::public.citext
    and foundation.invitation_state(i.outcome, i.expires_at, i.org_id, i.invited_by) in ('expired', 'revoked')
    and i.outcome is null;
  perform foundation.refuse_invitation(p_email, null);
  insert into foundation.issued_invitation
    (email, name, role_ids, roles, member_id, parties, stands_for, invited_by, invited_by_name)
  values (p_email::public.citext, p_name, array(select distinct unnest(p_roles)), labels, p_member, p_parties, called,
    foundation.inviter(), coalesce(foundation.setting('actor_name'), 'Commonhall'))
  returning id into made;
  return made;
exception when unique_violation then
  raise exception 'invited' using errcode = 'CH409';
end $$;

-- Whoever joins by an invitation stands for what it names from their first request on. What has been archived or
-- deleted meanwhile gives nothing.
create function foundation.stand_as_invited() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into foundation.membership_party (org_id, user_id, resource, record, title)
  select new.org_id, new.accepted_by, p.key, p.value::uuid, foundation.party_title(p.key, p.value::uuid)
  from jsonb_each_text(new.parties) p where foundation.party_title(p.key, p.value::uuid) is not null
  on conflict (org_id, user_id, resource) do nothing;
  return null;
end $$;
create trigger stand_as_invited after update of outcome on foundation.issued_invitation for each row
  when (old.outcome is null and new.outcome = 'accepted' and new.accepted_by is not null)
  execute function foundation.stand_as_invited();

-- What the mail says somebody is invited as: their roles, and whom they will stand for.
create or replace function foundation.issue_invitation(p_id uuid, p_token_hash bytea)
returns table (email text, name text, roles text, org_id uuid, org_name text, invited_by text)
language sql security definer set search_path = '' as $$
  update foundation.issued_invitation i set token_hash = p_token_hash
  from foundation.org o
  where i.id = p_id and o.id = i.org_id and o.suspended_at is null
    and foundation.invitation_state(i.outcome, i.expires_at, i.org_id, i.invited_by) = 'pending'
  returning i.email::text, i.name, concat_ws(', ', nullif(i.roles, ''), i.stands_for), o.id, o.name, i.invited_by_name
$$;

revoke execute on function foundation.write_party_audit, foundation.tell_parties, foundation.party_table,
  foundation.party_title, foundation.set_party, foundation.admit, foundation.invite, foundation.stand_as_invited
  from public;
grant execute on function foundation.set_party, foundation.admit, foundation.invite to commonhall_app;
