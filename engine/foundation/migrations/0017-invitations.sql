-- How somebody new comes into an org: invited by mail, with roles. An invitation gives roles, so it is written by the
-- owner's functions alone, as grants are.

create table foundation.issued_invitation (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  email public.citext not null check (length(email) <= 254),
  name text collate "en-x-icu" not null check (length(name) between 1 and 200),
  role_ids uuid[] not null check (cardinality(role_ids) between 1 and 50),
  -- What the roles were called then.
  roles text collate "en-x-icu" not null,
  member_id uuid,
  -- Null when the house itself invited: its host, or the command line.
  invited_by uuid references foundation.user on delete set null,
  invited_by_name text collate "en-x-icu" not null,
  token_hash bytea,
  expires_at timestamptz not null default now() + interval '7 days',
  outcome text check (outcome in ('accepted', 'revoked', 'expired')),
  closed_at timestamptz,
  accepted_by uuid references foundation.user on delete set null,
  primary key (org_id, id),
  check ((outcome is null) = (closed_at is null))
);
create unique index issued_invitation_open on foundation.issued_invitation (org_id, email) where outcome is null;
create index issued_invitation_token on foundation.issued_invitation (token_hash);
create index issued_invitation_created on foundation.issued_invitation (org_id, created_at, id);
select foundation.guard_table('foundation.issued_invitation');
select foundation.audit_table('foundation.issued_invitation', 'foundation.invitation',
  array['token_hash', 'closed_at']);
revoke insert, update, delete on foundation.issued_invitation from commonhall_app;
create policy owner_rows on foundation.issued_invitation to current_user using (true) with check (true);

-- Hosts belong to no org, so the server's role does not see them.
create function foundation.is_host(p_user uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from foundation.user u where u.id = p_user and u.is_host and u.disabled_at is null)
$$;

-- An invitation stands as long as whoever sent it does: pending, accepted, revoked or expired. They must still be
-- allowed to, as engine/foundation/rules.ts and the org have it; else an admin whose role was taken would come back by
-- an address of theirs that they had invited before. A host's stands until the org has its admin: of several one comes
-- in.
create function foundation.invitation_state(
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
      or foundation.is_host(p_invited_by) and not foundation.has_admin(p_org) then 'pending'
    else 'revoked' end)
$$;

create view foundation.invitation with (security_invoker) as
  select org_id, id, version, created_at, updated_at, email::text as email, name, roles,
    foundation.invitation_state(outcome, expires_at, org_id, invited_by) as state, invited_by, invited_by_name,
    expires_at, accepted_by
  from foundation.issued_invitation;
grant select on foundation.invitation to commonhall_app;

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

-- Why an address cannot be invited, as an error that the server turns into a sentence; and the limits on mail.
create function foundation.refuse_invitation(p_email text, p_but uuid) returns void
language plpgsql set search_path = '' as $$
begin
  if exists (select from foundation.membership m join foundation.user u on u.id = m.user_id
    where m.org_id = foundation.current_org() and u.email operator(public.=) p_email::public.citext)
  then
    raise exception 'belongs' using errcode = 'CH409';
  end if;
  if exists (select from foundation.issued_invitation i where i.org_id = foundation.current_org()
    and i.email operator(public.=) p_email::public.citext and i.outcome is null and i.id is distinct from p_but)
  then
    raise exception 'invited' using errcode = 'CH409';
  end if;
  if foundation.take_try('invitations:' || foundation.current_org(), 100, '1 hour') > 0
    or foundation.take_try('invitation-email:' || lower(p_email), 5, '1 hour') > 0
  then
    raise exception 'too_many' using errcode = 'CH409';
  end if;
end $$;

-- The person who invites, if they belong to the org; a host by their own name, and the house itself only where its
-- owner runs the command.
create function foundation.inviter() returns uuid language plpgsql stable set search_path = '' as $$
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

-- Invites an address into the open org, in the name of who acts. No mail goes out yet: see issue_invitation.
create function foundation.invite(p_email text, p_name text, p_roles uuid[], p_member uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
  labels text;
  found_roles integer;
begin
  select string_agg(r.label, ', ' order by r.label), count(*) into labels, found_roles
  from foundation.role r where r.org_id = foundation.current_org() and r.id = any (p_roles);
  if found_roles = 0 or found_roles < (select count(distinct one) from unnest(p_roles) one) then
    raise exception 'no_role' using errcode = 'CH409';
  end if;
  -- One that has run out makes room for the next.
  update foundation.issued_invitation i set outcome = 'expired', closed_at = now(), version = version + 1,
    updated_at = now()
  where i.org_id = foundation.current_org() and i.email operator(public.=) p_email::public.citext
    and foundation.invitation_state(i.outcome, i.expires_at, i.org_id, i.invited_by) in ('expired', 'revoked')
    and i.outcome is null;
  perform foundation.refuse_invitation(p_email, null);
  insert into foundation.issued_invitation (email, name, role_ids, roles, member_id, invited_by, invited_by_name)
  values (p_email::public.citext, p_name, array(select distinct unnest(p_roles)), labels, p_member,
    foundation.inviter(), coalesce(foundation.setting('actor_name'), 'Commonhall'))
  returning id into made;
  return made;
exception when unique_violation then
  raise exception 'invited' using errcode = 'CH409';
end $$;

-- Another mail for an invitation that nobody has taken up, in the name of who acts now. False: it is closed.
create function foundation.renew_invitation(p_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  address text;
begin
  select i.email into address from foundation.issued_invitation i
  where i.org_id = foundation.current_org() and i.id = p_id and i.outcome is null for update;
  if not found then
    return false;
  end if;
  perform foundation.refuse_invitation(address, p_id);
  perform set_config('app.act', 'resend', true);
  update foundation.issued_invitation set invited_by = foundation.inviter(),
    invited_by_name = coalesce(foundation.setting('actor_name'), 'Commonhall'), token_hash = null,
    expires_at = now() + interval '7 days', version = version + 1, updated_at = now()
  where org_id = foundation.current_org() and id = p_id;
  perform set_config('app.act', '', true);
  return true;
end $$;

create function foundation.revoke_invitation(p_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  done boolean;
begin
  perform set_config('app.act', 'revoke', true);
  update foundation.issued_invitation set outcome = 'revoked', closed_at = now(), version = version + 1,
    updated_at = now()
  where org_id = foundation.current_org() and id = p_id and outcome is null;
  done := found;
  perform set_config('app.act', '', true);
  return done;
end $$;

-- Gives a pending invitation its link, whose token the mail alone carries; the link before it is dead from here on.
create function foundation.issue_invitation(p_id uuid, p_token_hash bytea)
returns table (email text, name text, roles text, org_name text, invited_by text)
language sql security definer set search_path = '' as $$
  update foundation.issued_invitation i set token_hash = p_token_hash
  from foundation.org o
  where i.id = p_id and o.id = i.org_id and o.suspended_at is null
    and foundation.invitation_state(i.outcome, i.expires_at, i.org_id, i.invited_by) = 'pending'
  returning i.email::text, i.name, i.roles, o.name, i.invited_by_name
$$;

-- What a link leads to, for the page that asks whether to accept. No row: there is no such link.
create function foundation.invitation_by_link(p_token_hash bytea)
returns table (
  state text, email text, name text, invited_by text, expires_at timestamptz, org_slug text, org_name text,
  org_accent text, suspended boolean, has_account boolean
) language sql stable security definer set search_path = '' as $$
  select foundation.invitation_state(i.outcome, i.expires_at, i.org_id, i.invited_by), i.email::text, i.name,
    i.invited_by_name, i.expires_at, o.slug, o.name, o.accent, o.suspended_at is not null,
    exists (select from foundation.user u where u.email operator(public.=) i.email)
  from foundation.issued_invitation i join foundation.org o on o.id = i.org_id
  where i.token_hash = p_token_hash
$$;

-- Takes a person into the org of an invitation that is locked: belonging, roles, their record. What happens is told
-- in the org's audit trail as their act, and the roles as given by who invited.
create function foundation.join_by_invitation(
  p_invitation foundation.issued_invitation, p_user uuid, p_user_name text, p_via text, p_address inet, p_request text
) returns void language plpgsql set search_path = '' as $$
begin
  perform set_config('app.org', p_invitation.org_id::text, true), set_config('app.user', p_user::text, true),
    set_config('app.actor_name', p_user_name, true), set_config('app.via', p_via, true),
    set_config('app.request', p_request, true), set_config('app.address', host(p_address), true);
  insert into foundation.membership (org_id, user_id, member_id)
  select p_invitation.org_id, p_user, (
    -- One record, one person: if somebody else has been tied to it meanwhile, it stays theirs.
    select p_invitation.member_id where not exists (select from foundation.membership m
      where m.org_id = p_invitation.org_id and m.member_id = p_invitation.member_id))
  on conflict (org_id, user_id) do nothing;
  insert into foundation.grant (org_id, user_id, role_id, granted_by)
  select r.org_id, p_user, r.id, p_invitation.invited_by from foundation.role r
  where r.org_id = p_invitation.org_id and r.id = any (p_invitation.role_ids)
  on conflict (org_id, user_id, role_id) do nothing;
  perform set_config('app.act', 'accept', true);
  update foundation.issued_invitation set outcome = 'accepted', closed_at = now(), accepted_by = p_user,
    version = version + 1, updated_at = now()
  where org_id = p_invitation.org_id and id = p_invitation.id;
  perform set_config('app.act', '', true);
  update foundation.user set email_verified_at = coalesce(email_verified_at, now()) where id = p_user;
  perform foundation.note_sign_in('invitation-accepted', p_user, p_invitation.email::text, null, p_address, p_request);
end $$;

-- The invitation of a link, held until the end of the transaction: of tries side by side one is first. The org's row is
-- held before, so that nobody comes in while the right to invite is being taken.
create function foundation.hold_invitation(p_token_hash bytea) returns foundation.issued_invitation
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

-- Accepts for somebody who has an account and is signed in to it. False: the link is spent, or not for them.
create function foundation.accept_invitation(
  p_token_hash bytea, p_session uuid, p_via text, p_address inet, p_request text
) returns boolean language plpgsql security definer set search_path = '' as $$
declare
  held foundation.issued_invitation := foundation.hold_invitation(p_token_hash);
  me record;
begin
  select * into me from foundation.own_account(p_session) a where a.email::public.citext operator(public.=) held.email;
  if not found then
    return false;
  end if;
  perform foundation.join_by_invitation(held, me.user_id, me.name, p_via, p_address, p_request);
  return true;
end $$;

-- Accepts for somebody new: makes their account and signs them in. No row: the link is spent, or the address has an
-- account by now.
create function foundation.accept_invitation_anew(
  p_token_hash bytea, p_name text, p_password_hash text, p_refresh_hash bytea, p_agent text, p_device uuid,
  p_via text, p_address inet, p_request text
) returns table (session_id uuid, person jsonb) language plpgsql security definer set search_path = '' as $$
declare
  held foundation.issued_invitation := foundation.hold_invitation(p_token_hash);
  made uuid;
begin
  insert into foundation.user (email, name, password_hash, email_verified_at)
  select held.email, p_name, p_password_hash, now() where held.id is not null
  on conflict (email) do nothing returning id into made;
  if made is null then
    return;
  end if;
  perform foundation.join_by_invitation(held, made, p_name, p_via, p_address, p_request);
  return query select * from foundation.open_session(made, null, 'open', p_refresh_hash, p_agent, p_device, p_address,
    p_request);
end $$;

-- Functions are open to everybody unless somebody says otherwise.
revoke execute on function foundation.is_host, foundation.end_orphaned_invitation, foundation.invitation_state,
  foundation.refuse_invitation, foundation.inviter, foundation.invite, foundation.renew_invitation,
  foundation.revoke_invitation, foundation.issue_invitation, foundation.invitation_by_link,
  foundation.join_by_invitation, foundation.hold_invitation, foundation.accept_invitation,
  foundation.accept_invitation_anew from public;
grant execute on function foundation.is_host, foundation.invitation_state, foundation.invite,
  foundation.renew_invitation, foundation.revoke_invitation, foundation.issue_invitation, foundation.invitation_by_link,
  foundation.accept_invitation, foundation.accept_invitation_anew to commonhall_app;
