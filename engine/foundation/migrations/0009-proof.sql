-- How well a session is proven: by which factors, when last, and what a session of an API key may do.

alter table foundation.session
  -- When the person last showed a factor: at sign-in, or when they were asked again.
  add column proved_at timestamptz not null default now(),
  add column second_factor text check (second_factor in ('passkey', 'totp', 'recovery-code')),
  -- The session of an API key opens this org alone, and there no more than its scopes.
  add column only_org uuid references foundation.org on delete cascade,
  add column scopes text[],
  add check ((only_org is null) = (scopes is null));

alter table foundation.role add column requires_second_factor boolean not null default false;

-- Programs that belong to an org sign in as users of their own, with keys and without a password.
alter table foundation.user
  add column kind text not null default 'person' check (kind in ('person', 'service')),
  add column email_verified_at timestamptz;
grant select (kind, email_verified_at) on foundation.user to commonhall_app;

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
    on m.user_id = u.id and o.slug = p_slug and o.id = coalesce(s.only_org, o.id)
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
    set_config('app.actor_name', p_actor_name, true), set_config('app.address', p_address, true);
end $$;

revoke execute on function foundation.admit, foundation.enter, foundation.renew_stamp_by_proof from public;
grant execute on function foundation.admit, foundation.enter to commonhall_app;
