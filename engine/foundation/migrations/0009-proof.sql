-- Who is let in, and how well a session is proven: by which factors, when last, and what a session of an API key may
-- do.

alter table foundation.session
  -- When the person last showed a factor: at sign-in, or when they were asked again.
  add column proved_at timestamptz not null default now(),
  add column second_factor text check (second_factor in ('passkey', 'totp', 'recovery-code')),
  -- The session of an API key opens this org alone, and there no more than its scopes.
  add column only_org uuid references foundation.org on delete cascade,
  add column scopes text[],
  -- When it was last used in each org: what somebody does elsewhere is not an org's business.
  add column seen_in jsonb not null default '{}',
  add check ((only_org is null) = (scopes is null));

-- Ids of sessions are told to nobody but their owners, by functions.
drop policy own_sessions on foundation.session;
revoke select on foundation.session from commonhall_app;
drop policy own_and_colleagues on foundation.sign_in_event;
revoke select on foundation.sign_in_event from commonhall_app;

alter table foundation.role add column requires_second_factor boolean not null default false;

-- Programs that belong to an org sign in as users of their own, with keys and without a password.
alter table foundation.user
  add column kind text not null default 'person' check (kind in ('person', 'service')),
  add column email_verified_at timestamptz;
grant select (kind, email_verified_at) on foundation.user to commonhall_app;

-- Whoever could sign in before addresses were confirmed has been mailed to at theirs.
update foundation.user set email_verified_at = created_at;

alter table foundation.membership
  -- Shut out of this org alone: the person's sign-in and their other orgs are not touched.
  add column disabled_at timestamptz;
-- A record on the roll is the own record of one person.
create unique index membership_member on foundation.membership (org_id, member_id) where member_id is not null;

drop function foundation.admit;
create function foundation.admit(p_session uuid, p_slug text)
returns table (
  user_id uuid, email text, user_name text, user_stamp bigint, org_id uuid, org_name text, org_kind text, accent text,
  time_zone text, modules text[], org_stamp bigint, member_id uuid, roles jsonb, proved_at timestamptz,
  second_factor_missing boolean, scopes text[]
) language sql stable security definer set search_path = '' as $$
  select u.id, u.email::text, u.name, u.access_stamp, o.id, o.name, o.kind, o.accent, o.time_zone, o.modules,
    o.access_stamp, m.member_id,
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

-- As before, and whether the address is confirmed; without orgs that the person is shut out of.
create or replace function foundation.whoami(p_session uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'user', jsonb_build_object('id', u.id, 'email', u.email, 'name', u.name, 'is_host', u.is_host,
      'email_verified', u.email_verified_at is not null),
    'orgs', coalesce((
      select jsonb_agg(jsonb_build_object('slug', o.slug, 'name', o.name, 'kind', o.kind, 'roles', coalesce((
          select jsonb_agg(r.name order by r.name)
          from foundation.grant g join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
          where g.org_id = o.id and g.user_id = u.id), '[]')) order by o.name)
      from foundation.membership m join foundation.org o on o.id = m.org_id and o.suspended_at is null
      where m.user_id = u.id and m.disabled_at is null), '[]'))
  from foundation.session s join foundation.user u on u.id = s.user_id
  where s.id = p_session and s.ended_at is null and s.expires_at > now() and u.disabled_at is null
$$;

-- What is remembered of a session changes with its proof, so the stamps must tell.
create function foundation.renew_stamp_by_proof() returns trigger language plpgsql security definer set search_path = ''
as $$
begin
  update foundation.user set access_stamp = access_stamp + 1 where id = new.user_id;
  return null;
end $$;
create trigger renew_stamps after update of proved_at, second_factor, scopes on foundation.session
  for each row execute function foundation.renew_stamp_by_proof();

drop function foundation.enter;
create function foundation.enter(
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

revoke execute on function foundation.admit, foundation.enter, foundation.renew_stamp_by_proof, foundation.is_themselves
  from public;
grant execute on function foundation.admit, foundation.enter to commonhall_app;
