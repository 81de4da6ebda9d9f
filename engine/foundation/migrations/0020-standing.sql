-- What somebody may do ends with their standing: their invitations with the right to invite, what an org learns of them
-- with their belonging to it. And whoever changes who may do what stands behind the session that opened the org.

-- Invitations ---------------------------------------------------------------------------------------------------------

-- Hosts belong to no org, so the server's role does not see them.
create function foundation.is_host(p_user uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from foundation.user u where u.id = p_user and u.is_host and u.disabled_at is null)
$$;

-- As in 0013, and: whoever sent it must still be allowed to, as engine/foundation/rules.ts and the org have it. Else an
-- admin whose role was taken would come back by an address of theirs that they had invited before. A host's stands
-- until the org has its admin: of several one comes in.
create or replace function foundation.invitation_state(
  p_outcome text, p_expires_at timestamptz, p_org uuid, p_invited_by uuid
) returns text language sql stable set search_path = '' as $$
  select coalesce(p_outcome, case
    when p_expires_at <= now() then 'expired'
    when p_invited_by is null or exists (
      select from foundation.membership m
      join foundation.user u on u.id = m.user_id and u.disabled_at is null
      join foundation.grant g on g.org_id = m.org_id and g.user_id = m.user_id
      join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
      where m.org_id = p_org and m.user_id = p_invited_by and m.disabled_at is null
        and coalesce((r.changes ->> 'foundation.invitation.send')::boolean, r.name = 'admin'))
      or foundation.is_host(p_invited_by) and not foundation.host_sees_admin(p_org) then 'pending'
    else 'revoked' end)
$$;

-- An account that is gone leaves its invitations without a sender. That does not make them the house's own.
create function foundation.end_orphaned_invitation() returns trigger language plpgsql set search_path = '' as $$
begin
  -- The house that sends one again in its own name gives it a new end.
  if old.outcome is null and new.expires_at = old.expires_at then
    new.outcome := 'revoked';
    new.closed_at := now();
  end if;
  return new;
end $$;
create trigger end_orphaned before update of invited_by on foundation.issued_invitation for each row
  when (old.invited_by is not null and new.invited_by is null) execute function foundation.end_orphaned_invitation();

-- As in 0013, and: the org's row first, so that nobody comes in while the right to invite is being taken.
create or replace function foundation.hold_invitation(p_token_hash bytea) returns foundation.issued_invitation
language plpgsql set search_path = '' as $$
declare
  held foundation.issued_invitation;
begin
  perform from foundation.org o
  where o.id = (select i.org_id from foundation.issued_invitation i where i.token_hash = p_token_hash)
  for no key update;
  select i.* into held from foundation.issued_invitation i where i.token_hash = p_token_hash for update;
  if foundation.invitation_state(held.outcome, held.expires_at, held.org_id, held.invited_by) = 'pending'
    and exists (select from foundation.org o where o.id = held.org_id and o.suspended_at is null)
  then
    return held;
  end if;
  return null;
end $$;

-- Who acts ------------------------------------------------------------------------------------------------------------

-- As in 0009, and: the session is known to whoever acts within.
create or replace function foundation.enter(
  p_session uuid, p_user uuid, p_user_stamp bigint, p_org uuid, p_org_stamp bigint, p_request text, p_via text,
  p_actor_name text, p_address text
) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform from foundation.session s, foundation.user u, foundation.org o
  where s.id = p_session and s.user_id = p_user and s.ended_at is null and s.expires_at > now()
    and u.id = p_user and u.access_stamp = p_user_stamp and u.disabled_at is null
    and o.id = p_org and o.access_stamp = p_org_stamp;
  if not found then
    raise exception 'access has changed' using errcode = 'CH401';
  end if;
  perform set_config('app.org', p_org::text, true), set_config('app.user', p_user::text, true),
    set_config('app.request', p_request, true), set_config('app.via', p_via, true),
    set_config('app.actor_name', p_actor_name, true), set_config('app.address', p_address, true),
    set_config('app.session', p_session::text, true);
end $$;

-- Anybody who gets a statement in can set app.user to an admin's id, which every colleague can read. So whoever changes
-- who may do what names a living session of that person too; ids of sessions are told to nobody but their owners.
create function foundation.is_themselves() returns boolean language sql stable set search_path = '' as $$
  select pg_has_role(session_user, current_user, 'member') or exists (
    select from foundation.session s where s.id = foundation.setting('session')::uuid
      and s.user_id = foundation.current_actor() and s.ended_at is null and s.expires_at > now()
      and coalesce(s.only_org, foundation.current_org()) = foundation.current_org())
$$;

drop policy own_sessions on foundation.session;
revoke select on foundation.session from commonhall_app;
drop policy own_and_colleagues on foundation.sign_in_event;
revoke select on foundation.sign_in_event from commonhall_app;

-- As in 0015, with the above. Who has been shut out while they waited for their turn is looked up anew, as after any
-- other change of what they may do.
create or replace function foundation.begin_role_change() returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform from foundation.org where id = foundation.current_org() for no key update;
  perform from foundation.membership m join foundation.user u on u.id = m.user_id
  where m.org_id = foundation.current_org() and m.user_id = foundation.current_actor()
    and m.disabled_at is null and u.disabled_at is null and foundation.is_themselves();
  if not found then
    raise exception 'only people of the open organization change who may do what' using errcode = 'CH401';
  end if;
end $$;

-- As in 0013; a host invites by their own name, and the house itself only where its owner runs the command.
create or replace function foundation.inviter() returns uuid language plpgsql stable set search_path = '' as $$
declare
  person uuid := (select m.user_id from foundation.membership m
    where m.org_id = foundation.current_org() and m.user_id = foundation.current_actor());
begin
  if person is null and foundation.is_host(foundation.current_actor()) then
    person := foundation.current_actor();
  end if;
  if not foundation.is_themselves() then
    raise exception 'nobody invites in the name of somebody else' using errcode = '42501';
  end if;
  return person;
end $$;

-- As in 0016, and the trail of what a host does knows their session.
create or replace function foundation.host_open(
  p_session uuid, p_slug text, p_act text, p_request text, p_address text
) returns foundation.org language plpgsql security definer set search_path = '' as $$
declare
  person foundation.user := foundation.host_of(p_session, true);
  opened foundation.org;
begin
  select o.* into opened from foundation.org o where o.slug = p_slug for update;
  if not found then
    raise exception 'no such org' using errcode = 'CH404';
  end if;
  perform foundation.host_trail(person, opened.id, p_act, p_request, p_address),
    set_config('app.session', p_session::text, true);
  return opened;
end $$;

-- As in 0018, and only for whoever stands behind their session.
create or replace function foundation.make_key(
  p_name text, p_prefix text, p_hash bytea, p_owner uuid, p_scopes text[], p_per_minute integer,
  p_expires_at timestamptz
) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
  opened uuid;
begin
  perform foundation.begin_role_change();
  perform from foundation.membership m join foundation.user u on u.id = m.user_id
  where m.org_id = foundation.current_org() and m.user_id = p_owner and m.disabled_at is null
    and u.disabled_at is null and (u.kind = 'service' or u.id = foundation.current_actor()) for share of m;
  if not found then
    raise exception 'owner' using errcode = 'CH409';
  end if;
  insert into foundation.session (user_id, expires_at, device, only_org, scopes)
  values (p_owner, coalesce(p_expires_at, 'infinity'), 'API key', foundation.current_org(), p_scopes)
  returning id into opened;
  insert into foundation.key_secret (secret_hash, session_id) values (p_hash, opened);
  insert into foundation.issued_key
    (name, prefix, owner, scopes, per_minute, expires_at, session_id, made_by, made_by_name)
  values (p_name, p_prefix, p_owner, p_scopes, p_per_minute, p_expires_at, opened, foundation.current_actor(),
    foundation.setting('actor_name')) returning id into made;
  return made;
end $$;

create or replace function foundation.make_service_account(p_name text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  made uuid := uuidv7();
  spoken text := trim(both '-' from left(regexp_replace(foundation.fold(p_name), '[^a-z0-9]+', '-', 'g'), 40));
begin
  perform foundation.begin_role_change();
  insert into foundation.user (id, email, name, kind) values (
    made, coalesce(nullif(spoken, ''), 'program') || '-' || right(made::text, 8) || '@service.invalid', p_name,
    'service');
  insert into foundation.membership (org_id, user_id) values (foundation.current_org(), made);
  return made;
end $$;

-- What an org learns of its people ------------------------------------------------------------------------------------

-- When a session was last used in each org: what somebody does elsewhere is not an org's business.
alter table foundation.session add column seen_in jsonb not null default '{}';

create function foundation.note_seen(p_session uuid, p_org uuid) returns void
language sql security definer set search_path = '' as $$
  update foundation.session s set seen_in = s.seen_in || jsonb_build_object(p_org, now())
  where s.id = p_session and s.ended_at is null and exists (select from foundation.membership m
    where m.org_id = p_org and m.user_id = s.user_id and m.disabled_at is null)
$$;

create or replace function foundation.last_seen(p_user uuid) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select max((s.seen_in ->> foundation.current_org()::text)::timestamptz) from foundation.session s
  where s.user_id = p_user
    and exists (select from foundation.membership m where m.org_id = foundation.current_org() and m.user_id = p_user)
$$;

-- As in 0011; an org that has shut somebody out learns nothing more of them.
create or replace function foundation.tell_sign_ins(p_most integer) returns integer
language sql security definer set search_path = '' as $$
  with told as (
    delete from foundation.sign_in_untold u where u.event in (
      select w.event from foundation.sign_in_untold w order by w.event limit p_most for update skip locked)
    returning u.event
  ), lines as (
    insert into foundation.audit_entry
      (org_id, actor, actor_name, act, resource, record, new, request_id, address)
    select m.org_id, case when e.session_id is not null then p.id end,
      case when e.session_id is not null then p.name end, e.what, 'foundation.sign_in', p.id,
      jsonb_build_object('name', p.name, 'at', e.at), e.request_id, host(e.address)
    from told t
    join foundation.sign_in_event e on e.id = t.event
    join foundation.user p on p.id = e.user_id
      or e.user_id is null and p.email operator(public.=) e.email::public.citext
    join foundation.membership m on m.user_id = p.id and m.disabled_at is null
    left join foundation.session s on s.id = e.session_id
    where s.only_org is null or s.only_org = m.org_id
    order by e.at, e.id
  )
  select count(*)::integer from told
$$;

revoke execute on function foundation.is_host, foundation.end_orphaned_invitation, foundation.is_themselves,
  foundation.note_seen from public;
grant execute on function foundation.is_host, foundation.host_sees_admin, foundation.note_seen to commonhall_app;
