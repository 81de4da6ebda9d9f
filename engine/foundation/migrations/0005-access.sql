-- The door to an org: who a session is, what they may do, and the statement that opens the org for one transaction.

create function foundation.renew_stamps() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  touched record := coalesce(new, old);
begin
  if tg_table_name = 'role' then
    update foundation.org set access_stamp = access_stamp + 1 where id = touched.org_id;
  else
    update foundation.user set access_stamp = access_stamp + 1 where id = touched.user_id;
  end if;
  return null;
end $$;
create trigger renew_stamps after insert or update or delete on foundation.role
  for each row execute function foundation.renew_stamps();
create trigger renew_stamps after insert or update or delete on foundation.grant
  for each row execute function foundation.renew_stamps();
create trigger renew_stamps after insert or update or delete on foundation.membership
  for each row execute function foundation.renew_stamps();

create function foundation.renew_own_stamp() returns trigger language plpgsql as $$
begin
  new.access_stamp := old.access_stamp + 1;
  return new;
end $$;
create trigger renew_stamp before update of disabled_at, is_host, name, email on foundation.user
  for each row execute function foundation.renew_own_stamp();
create trigger renew_stamp before update of modules, suspended_at, name, accent, time_zone, kind on foundation.org
  for each row execute function foundation.renew_own_stamp();

-- Who a session is and what they may do in the org at this address. No row: no such session. A null org: not theirs.
create function foundation.admit(p_session uuid, p_slug text)
returns table (
  user_id uuid, email text, user_name text, user_stamp bigint, org_id uuid, org_name text, org_kind text, accent text,
  time_zone text, modules text[], org_stamp bigint, member_id uuid, roles jsonb
) language sql stable security definer set search_path = '' as $$
  select u.id, u.email::text, u.name, u.access_stamp, o.id, o.name, o.kind, o.accent, o.time_zone, o.modules,
    o.access_stamp, m.member_id,
    coalesce((
      select jsonb_agg(jsonb_build_object('name', r.name, 'changes', r.changes))
      from foundation.grant g join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
      where g.org_id = m.org_id and g.user_id = u.id), '[]')
  from foundation.session s
  join foundation.user u on u.id = s.user_id
  left join (foundation.membership m join foundation.org o on o.id = m.org_id and o.suspended_at is null)
    on m.user_id = u.id and o.slug = p_slug
  where s.id = p_session and s.ended_at is null and s.expires_at > now() and u.disabled_at is null
$$;

-- Opens an org for one transaction, if the session still lives and what the server remembers about it still holds.
-- It travels in front of each query, so a role taken away or a session ended acts on the very next request.
create function foundation.enter(
  p_session uuid, p_user uuid, p_user_stamp bigint, p_org uuid, p_org_stamp bigint, p_request text, p_via text,
  p_actor_name text
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
    set_config('app.actor_name', p_actor_name, true);
end $$;

-- Opens an org for the house itself: jobs, imports from the command line, seeds.
create function foundation.enter_house(p_org uuid, p_user uuid, p_request text, p_via text, p_actor_name text)
returns void language sql as $$
  select set_config('app.org', p_org::text, true), set_config('app.user', coalesce(p_user::text, ''), true),
    set_config('app.request', p_request, true), set_config('app.via', p_via, true),
    set_config('app.actor_name', p_actor_name, true)
$$;

-- Which orgs have a module on: for the schedule, which works before any org is open.
create function foundation.orgs_with(p_module text)
returns table (id uuid, slug text, name text, kind text, time_zone text)
language sql stable security definer set search_path = '' as $$
  select id, slug, name, kind, time_zone from foundation.org
  where suspended_at is null and (p_module = 'foundation' or p_module = any(modules))
$$;

-- An org by its address, for the command line and jobs.
create function foundation.find_org(p_slug text)
returns table (id uuid, slug text, name text, kind text, accent text, time_zone text, modules text[])
language sql stable security definer set search_path = '' as $$
  select id, slug, name, kind, accent, time_zone, modules from foundation.org where slug = p_slug or id::text = p_slug
$$;

revoke execute on function foundation.renew_stamps, foundation.renew_own_stamp, foundation.admit, foundation.enter,
  foundation.enter_house, foundation.orgs_with, foundation.find_org from public;
grant execute on function foundation.admit, foundation.enter, foundation.enter_house, foundation.orgs_with,
  foundation.find_org to commonhall_app;
