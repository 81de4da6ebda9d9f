-- What a host does, one function an act: it proves who asks, does it, and writes it down.

create function foundation.host_found_org(
  p_session uuid, p_slug text, p_name text, p_kind text, p_accent text, p_time_zone text, p_modules text[],
  p_roles jsonb, p_request text, p_address text
) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  person foundation.user := foundation.host_of(p_session, true);
  founded uuid;
begin
  perform foundation.host_trail(person, null, 'found', p_request, p_address);
  founded := foundation.found_org(p_slug, p_name, p_kind, p_accent, p_time_zone, p_modules, p_roles);
  perform foundation.host_note(null, jsonb_build_object('name', p_name, 'kind', p_kind, 'modules', p_modules));
  perform foundation.count_usage();
  return founded;
end $$;

-- Null leaves something as it is.
create function foundation.host_change_org(
  p_session uuid, p_slug text, p_name text, p_accent text, p_time_zone text, p_request text, p_address text
) returns void language plpgsql security definer set search_path = '' as $$
declare
  before foundation.org := foundation.host_open(p_session, p_slug, 'change', p_request, p_address);
  after foundation.org;
begin
  perform now() at time zone p_time_zone;
  update foundation.org set name = coalesce(p_name, name), accent = coalesce(p_accent, accent),
    time_zone = coalesce(p_time_zone, time_zone) where id = before.id returning * into after;
  if (before.name, before.accent, before.time_zone) is distinct from (after.name, after.accent, after.time_zone) then
    perform foundation.host_note(
      jsonb_build_object('name', before.name, 'accent', before.accent, 'time_zone', before.time_zone),
      jsonb_build_object('name', after.name, 'accent', after.accent, 'time_zone', after.time_zone));
  end if;
end $$;

-- Switches a module. `p_bound` are its neighbors: those it needs must be on before it goes on, and those that need it
-- must be off before it goes off. CH409 names the first that is not. What the module holds stays as it is.
create function foundation.host_switch_module(
  p_session uuid, p_slug text, p_module text, p_on boolean, p_bound text[], p_request text, p_address text
) returns void language plpgsql security definer set search_path = '' as $$
declare
  before foundation.org := foundation.host_open(p_session, p_slug,
    case when p_on then 'switch-on' else 'switch-off' end, p_request, p_address);
  bound text;
begin
  if (p_module = any (before.modules)) = p_on then
    return;
  end if;
  foreach bound in array p_bound loop
    if (bound = any (before.modules)) <> p_on then
      raise exception 'bound to another module' using errcode = 'CH409', detail = bound;
    end if;
  end loop;
  update foundation.org set modules =
    case when p_on then modules || p_module else array_remove(modules, p_module) end where id = before.id;
  perform foundation.host_note(null, jsonb_build_object('module', p_module));
end $$;

-- Closes an org to everybody in it, or opens it again. Sessions stay: who is in other orgs goes on there.
create function foundation.host_suspend_org(
  p_session uuid, p_slug text, p_because text, p_request text, p_address text
) returns void language plpgsql security definer set search_path = '' as $$
declare
  before foundation.org := foundation.host_open(p_session, p_slug,
    case when p_because is null then 'resume' else 'suspend' end, p_request, p_address);
begin
  if (before.suspended_at is null) = (p_because is null) then
    raise exception 'already so' using errcode = 'CH409';
  end if;
  update foundation.org set suspended_because = p_because, suspended_at = case when p_because is null then null
    else now() end where id = before.id;
  perform foundation.host_note(null,
    case when p_because is null then null else jsonb_build_object('reason', p_because) end);
end $$;

-- Invites somebody to be the org's admin; answers the invitation. Only while there is none: a host who could always
-- make an admin could make themselves one, and read everything.
create function foundation.host_invite_admin(
  p_session uuid, p_slug text, p_email text, p_name text, p_request text, p_address text
) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  opened foundation.org := foundation.host_open(p_session, p_slug, 'invite-admin', p_request, p_address);
  invited uuid;
begin
  if foundation.has_admin(opened.id) then
    raise exception 'has_admin' using errcode = 'CH409';
  end if;
  invited := foundation.invite(p_email, p_name,
    array(select r.id from foundation.role r where r.org_id = opened.id and r.name = 'admin'), null);
  perform foundation.host_note(null, jsonb_build_object('email', p_email));
  return invited;
end $$;

-- Counts an org anew, now.
create function foundation.host_count_usage(p_session uuid, p_slug text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  counted uuid;
begin
  perform foundation.host_of(p_session, false);
  select id into counted from foundation.org where slug = p_slug;
  if not found then
    raise exception 'no such org' using errcode = 'CH404';
  end if;
  perform set_config('app.org', counted::text, true);
  perform foundation.count_usage();
  perform set_config('app.org', '', true);
end $$;

-- What people of a suspended org are told when they open it; no row for strangers.
create function foundation.suspended_org(p_session uuid, p_slug text)
returns table (name text, suspended_at timestamptz, suspended_because text)
language sql stable security definer set search_path = '' as $$
  select o.name, o.suspended_at, o.suspended_because
  from foundation.session s join foundation.membership m on m.user_id = s.user_id
  join foundation.org o on o.id = m.org_id
  where s.id = p_session and s.ended_at is null and s.expires_at > now() and m.disabled_at is null
    and o.slug = p_slug and o.suspended_at is not null and o.id = coalesce(s.only_org, o.id)
$$;

revoke execute on function foundation.host_found_org, foundation.host_change_org, foundation.host_switch_module,
  foundation.host_suspend_org, foundation.host_invite_admin, foundation.host_count_usage, foundation.suspended_org from
  public;
grant execute on function foundation.host_found_org, foundation.host_change_org, foundation.host_switch_module,
  foundation.host_suspend_org, foundation.host_invite_admin, foundation.host_count_usage, foundation.suspended_org to
  commonhall_app;
