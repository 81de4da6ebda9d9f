-- The host's console. A host founds orgs, switches modules, suspends and resumes, and sees how much there is of what;
-- of any org's rows a host sees none. The server's role cannot look across orgs, so each step is one of the owner's
-- functions: it proves in the database that the session lives and is a host's, and writes the act down.

alter table foundation.org add column suspended_because text check (length(suspended_because) between 1 and 500);

-- How much an org has, day by day: counts, and no row of anything. Counted by the org's own nightly job.
create table foundation.usage (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  counted_on date not null,
  counted_at timestamptz not null default now(),
  people integer not null,
  -- {"members.member": 240}: every table of the org.
  records jsonb not null,
  bytes bigint not null,
  primary key (org_id, counted_on)
);
select foundation.guard_table('foundation.usage');
revoke insert, update, delete on foundation.usage from commonhall_app;
create policy owner_rows on foundation.usage to current_user using (true) with check (true);
-- When an org last did something is all that a host is told of its trail.
create policy host_rows on foundation.audit_entry for select to current_user using (true);

-- What hosts did, across orgs; it outlives the orgs. Lines are added, never changed.
create table foundation.host_act (
  id uuid primary key default uuidv7(),
  at timestamptz not null default clock_timestamp(),
  host uuid,
  host_name text not null,
  act text not null,
  org uuid not null,
  slug text not null,
  detail jsonb not null default '{}',
  address text,
  request_id text
);
create index host_act_org on foundation.host_act (org, id);
alter table foundation.host_act enable row level security;

-- Founding -----------------------------------------------------------------------------------------------------------

-- One way to found an org, for the console, the command line and seeds: its row, and the roles that it starts with.
-- The org is open afterwards.
create function foundation.found_org(
  p_slug text, p_name text, p_kind text, p_accent text, p_time_zone text, p_modules text[], p_roles jsonb
) returns uuid language plpgsql set search_path = '' as $$
declare
  founded uuid;
begin
  -- An unknown time zone must not wait for the first job to be found out.
  perform now() at time zone p_time_zone;
  insert into foundation.org (slug, name, kind, accent, time_zone, modules)
  values (p_slug, p_name, p_kind, p_accent, p_time_zone, p_modules) returning id into founded;
  perform set_config('app.org', founded::text, true);
  insert into foundation.role (org_id, name, label)
  select founded, role ->> 'name', role ->> 'label' from jsonb_array_elements(p_roles) role;
  return founded;
end $$;

-- Counting -----------------------------------------------------------------------------------------------------------

-- Counts the open org, table by table as the catalog has them, so that no later module is forgotten.
create function foundation.count_usage() returns void language plpgsql security definer set search_path = '' as $$
declare
  open_org uuid := foundation.current_org();
  counted record;
  rows_here bigint;
  bytes_here bigint;
  all_rows jsonb := '{}';
  all_bytes bigint := 0;
begin
  for counted in
    select c.oid::regclass as place, n.nspname || '.' || c.relname as name
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
      and exists (select from pg_catalog.pg_attribute a
        where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped)
    order by 2
  loop
    execute format('select count(*), coalesce(sum(pg_column_size(t)), 0) from %s t where t.org_id = $1', counted.place)
      into rows_here, bytes_here using open_org;
    all_rows := all_rows || jsonb_build_object(counted.name, rows_here);
    all_bytes := all_bytes + bytes_here;
  end loop;
  insert into foundation.usage as u (org_id, counted_on, people, records, bytes)
  select o.id, (now() at time zone o.time_zone)::date, (all_rows ->> 'foundation.membership')::integer, all_rows,
    all_bytes
  from foundation.org o where o.id = open_org
  on conflict (org_id, counted_on) do update set counted_at = now(), people = excluded.people,
    records = excluded.records, bytes = excluded.bytes;
end $$;

-- Who is a host ------------------------------------------------------------------------------------------------------

-- The host whose session this is. CH401: no living session. CH403: not a host's. CH428: proof over ten minutes old.
create function foundation.host_of(p_session uuid, p_fresh boolean) returns foundation.user
language plpgsql stable security definer set search_path = '' as $$
declare
  held foundation.session;
  person foundation.user;
begin
  select s.* into held from foundation.session s where s.id = p_session and s.ended_at is null and s.expires_at > now();
  select u.* into person from foundation.user u where u.id = held.user_id and u.disabled_at is null;
  if not found then
    raise exception 'no living session' using errcode = 'CH401';
  end if;
  if not person.is_host or held.scopes is not null then
    raise exception 'not a host' using errcode = 'CH403';
  end if;
  if p_fresh and held.proved_at < now() - interval '10 minutes' then
    raise exception 'proof needed' using errcode = 'CH428';
  end if;
  return person;
end $$;

-- Whether the session is a host's, and nothing more: asked before anything that was sent is looked at.
create function foundation.host_greet(p_session uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  perform foundation.host_of(p_session, false);
end $$;

-- Who does what from here on in this transaction, for the org's trail: the triggers there write it down.
create function foundation.host_trail(
  p_person foundation.user, p_org uuid, p_act text, p_request text, p_address text
) returns void language sql set search_path = '' as $$
  select set_config('app.org', p_org::text, true), set_config('app.user', (p_person).id::text, true),
    set_config('app.actor_name', (p_person).name, true), set_config('app.via', 'host', true),
    set_config('app.act', p_act, true), set_config('app.request', p_request, true),
    set_config('app.address', p_address, true);
$$;

-- Opens an org for one act of a host: fresh proof, the org's row locked, and the trail knowing who acts.
create function foundation.host_open(
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

-- Writes the act into the hosts' own journal.
create function foundation.host_note(p_old jsonb, p_new jsonb) returns void
language sql set search_path = '' as $$
  insert into foundation.host_act (host, host_name, act, org, slug, detail, address, request_id)
  select foundation.current_actor(), foundation.setting('actor_name'), foundation.setting('act'), o.id, o.slug,
    jsonb_strip_nulls(jsonb_build_object('old', p_old, 'new', p_new)), foundation.setting('address'),
    foundation.setting('request')
  from foundation.org o where o.id = foundation.current_org();
$$;

-- What a host sees ---------------------------------------------------------------------------------------------------

-- Orgs by name, or the one at an address: what they are, and how much they have as last counted.
create function foundation.host_orgs(
  p_session uuid, p_slug text, p_patterns text[], p_state text, p_after_name text, p_after_id uuid, p_limit integer
) returns table (
  id uuid, slug text, name text, kind text, accent text, time_zone text, modules text[], created_at timestamptz,
  suspended_at timestamptz, suspended_because text, has_admin boolean, people integer, records jsonb,
  bytes bigint, counted_at timestamptz, last_act_at timestamptz
) language plpgsql stable security definer set search_path = '' as $$
begin
  perform foundation.host_of(p_session, false);
  return query
  select o.id, o.slug, o.name, o.kind, o.accent, o.time_zone, o.modules, o.created_at, o.suspended_at,
    o.suspended_because, foundation.has_admin(o.id),
    (select count(*)::integer from foundation.membership m where m.org_id = o.id),
    coalesce(u.records, '{}'), coalesce(u.bytes, 0), u.counted_at,
    (select a.at from foundation.audit_entry a where a.org_id = o.id order by a.at desc limit 1)
  from foundation.org o
  left join lateral (
    select c.records, c.bytes, c.counted_at from foundation.usage c where c.org_id = o.id
    order by c.counted_on desc limit 1) u on true
  where (p_slug is null or o.slug = p_slug)
    and (p_patterns is null or foundation.fold(o.name || ' ' || o.slug) like all (p_patterns))
    and (p_state is null or (p_state = 'suspended') = (o.suspended_at is not null))
    and (p_after_id is null or (o.name collate "en-x-icu", o.id) > (p_after_name collate "en-x-icu", p_after_id))
  order by o.name collate "en-x-icu", o.id limit p_limit;
end $$;

-- How an org has grown: its counts by day, the newest first.
create function foundation.host_usage(p_session uuid, p_slug text, p_days integer)
returns table (counted_on date, people integer, records jsonb, bytes bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform foundation.host_of(p_session, false);
  return query
  select u.counted_on, u.people, u.records, u.bytes
  from foundation.usage u join foundation.org o on o.id = u.org_id
  where o.slug = p_slug order by u.counted_on desc limit p_days;
end $$;

-- What hosts did, the newest first; of one org, or of all.
create function foundation.host_acts(p_session uuid, p_slug text, p_after uuid, p_limit integer)
returns table (id uuid, at timestamptz, host_name text, act text, slug text, detail jsonb)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform foundation.host_of(p_session, false);
  return query
  select h.id, h.at, h.host_name, h.act, h.slug, h.detail from foundation.host_act h
  where (p_slug is null or h.slug = p_slug) and (p_after is null or h.id < p_after)
  order by h.id desc limit p_limit;
end $$;

-- The state of the whole house, in numbers.
create function foundation.host_health(p_session uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform foundation.host_of(p_session, false);
  return jsonb_build_object(
    'version', current_setting('server_version'),
    'bytes', pg_database_size(current_database()),
    'connections', (select count(*) from pg_catalog.pg_stat_activity where datname = current_database()),
    'most_connections', current_setting('max_connections')::integer,
    'migrations', (select count(*) from foundation.migration where module <> 'queue'),
    'migrated_at', (select max(applied_at) from foundation.migration),
    'orgs', (select count(*) from foundation.org),
    'suspended', (select count(*) from foundation.org where suspended_at is not null),
    'people', (select count(*) from foundation.user where kind = 'person'),
    'sessions', (select count(*) from foundation.session where ended_at is null and expires_at > now()));
end $$;

revoke execute on function foundation.found_org, foundation.count_usage, foundation.host_of, foundation.host_greet,
  foundation.host_open, foundation.host_trail, foundation.host_note, foundation.host_orgs, foundation.host_usage,
  foundation.host_acts, foundation.host_health from public;
grant execute on function foundation.count_usage, foundation.host_greet, foundation.host_orgs, foundation.host_usage,
  foundation.host_acts, foundation.host_health to commonhall_app;
