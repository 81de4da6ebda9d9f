-- The ground that every module stands on: orgs, people, roles, sessions, audit, events, and the functions that put
-- a table under guard. Runs as the owner; the server connects as commonhall_app, which owns nothing.

create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists citext;
create extension if not exists btree_gin;
create extension if not exists btree_gist;

grant usage on schema foundation to commonhall_app;

-- Context -----------------------------------------------------------------------------------------------------------
-- After a transaction a local setting reads '' rather than null; unset must mean no org, and so no rows.

create function foundation.current_org() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.org', true), '')::uuid;

create function foundation.current_actor() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.user', true), '')::uuid;

create function foundation.setting(name text) returns text language sql stable parallel safe
  return nullif(current_setting('app.' || name, true), '');

-- Search compares without accents and case. unaccent() is only stable because its dictionary could be replaced;
-- ours never is, so this wrapper may stand in a generated column.
create function foundation.fold(words text) returns text language sql immutable parallel safe strict
  return lower(public.unaccent('public.unaccent'::regdictionary, words));

-- Words as patterns of a search. Folding comes first: it makes a plain % of the full-width one, which then must not
-- match everything.
create function foundation.search_patterns(words text[]) returns text[] language sql immutable parallel safe
  return (select array_agg('%' || regexp_replace(foundation.fold(word), '[\\%_]', '\\\&', 'g') || '%') from unnest(words) word);

-- Orgs and people ---------------------------------------------------------------------------------------------------

create table foundation.org (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) <= 60),
  name text not null,
  kind text not null check (kind in ('union-local', 'housing-cooperative')),
  accent text not null default 'teal',
  time_zone text not null default 'America/New_York',
  modules text[] not null default '{}',
  -- Grows whenever what people of the org may do changes; see foundation.enter.
  access_stamp bigint not null default 1,
  suspended_at timestamptz,
  created_at timestamptz not null default now()
);

create table foundation.user (
  id uuid primary key default uuidv7(),
  email public.citext not null unique,
  name text not null,
  password_hash text,
  is_host boolean not null default false,
  disabled_at timestamptz,
  locked_at timestamptz,
  access_stamp bigint not null default 1,
  created_at timestamptz not null default now()
);

create table foundation.session (
  id uuid primary key default uuidv7(),
  user_id uuid not null references foundation.user on delete cascade,
  started_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_because text,
  device text,
  address inet
);
create index session_by_user on foundation.session (user_id);

create table foundation.membership (
  org_id uuid not null references foundation.org on delete cascade,
  user_id uuid not null references foundation.user on delete cascade,
  -- The person's own record on the roll; the members module keeps it.
  member_id uuid,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, user_id)
);
create index membership_user on foundation.membership (user_id);

create table foundation.role (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name text not null,
  label text not null,
  -- Where the org differs from the defaults in the modules' rules: {"members.member.read": false}.
  changes jsonb not null default '{}',
  primary key (org_id, id),
  unique (org_id, name)
);

create table foundation.grant (
  org_id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  granted_at timestamptz not null default now(),
  granted_by uuid references foundation.user,
  primary key (org_id, user_id, role_id),
  foreign key (org_id, user_id) references foundation.membership on delete cascade,
  foreign key (org_id, role_id) references foundation.role on delete cascade
);

-- Audit -------------------------------------------------------------------------------------------------------------

create table foundation.audit_entry (
  org_id uuid not null,
  id uuid not null default uuidv7(),
  at timestamptz not null default clock_timestamp(),
  actor uuid,
  actor_name text,
  act text not null,
  resource text not null,
  record uuid,
  old jsonb,
  new jsonb,
  via text,
  cause text,
  request_id text,
  primary key (org_id, id)
);
create index audit_entry_record on foundation.audit_entry (org_id, record, at);
create index audit_entry_at on foundation.audit_entry (org_id, at);
create index audit_entry_cause on foundation.audit_entry (org_id, cause) where cause is not null;

-- Columns of a row that are no news: the house's own, and those computed from others.
create function foundation.news(row_json jsonb) returns jsonb language sql immutable parallel safe
  return jsonb_strip_nulls(
    row_json - array['id', 'org_id', 'version', 'created_at', 'updated_at', 'search_text', 'period']);

-- One statement-level trigger for every audited table: whatever writes the table, a page, an import, COPY or a hand at
-- psql, leaves its entries, at one insert per statement.
create function foundation.write_audit() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  named text := foundation.setting('act');
begin
  if tg_op = 'INSERT' then
    insert into foundation.audit_entry (org_id, actor, actor_name, act, resource, record, new, via, cause, request_id)
    select n.org_id, foundation.current_actor(), foundation.setting('actor_name'), 'create', tg_argv[0], n.id,
      foundation.news(to_jsonb(n)), foundation.setting('via'), foundation.setting('cause'), foundation.setting('request')
    from new_rows n;
  elsif tg_op = 'UPDATE' then
    insert into foundation.audit_entry (org_id, actor, actor_name, act, resource, record, old, new, via, cause, request_id)
    select n.org_id, foundation.current_actor(), foundation.setting('actor_name'), coalesce(named, 'update'),
      tg_argv[0], n.id, difference.old, difference.new, foundation.setting('via'), foundation.setting('cause'),
      foundation.setting('request')
    from new_rows n join old_rows o on o.org_id = n.org_id and o.id = n.id
    cross join lateral (
      select coalesce(jsonb_object_agg(key, before.value) filter (where before.value is not null), '{}') as old,
        coalesce(jsonb_object_agg(key, after.value) filter (where after.value is not null), '{}') as new
      from jsonb_each(foundation.news(to_jsonb(o))) as before (key, value)
      full join jsonb_each(foundation.news(to_jsonb(n))) as after (key, value) using (key)
      where before.value is distinct from after.value
    ) difference
    where difference.old <> '{}' or difference.new <> '{}';
  else
    insert into foundation.audit_entry (org_id, actor, actor_name, act, resource, record, old, via, cause, request_id)
    select o.org_id, foundation.current_actor(), foundation.setting('actor_name'), coalesce(named, 'delete'),
      tg_argv[0], o.id, foundation.news(to_jsonb(o)), foundation.setting('via'), foundation.setting('cause'),
      foundation.setting('request')
    from old_rows o;
  end if;
  return null;
end $$;

-- What migrations call ----------------------------------------------------------------------------------------------

-- Puts a table under row-level security: rows of other orgs neither exist nor can be written, for its owner either.
create function foundation.guard_table(guarded regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format('create policy org_rows on %s using (org_id = foundation.current_org()) '
    'with check (org_id = foundation.current_org())', guarded);
  execute format('grant select, insert, update, delete on %s to commonhall_app', guarded);
end $$;

-- Makes every change of a table leave audit entries under the resource's name.
create function foundation.audit_table(audited regclass, resource text) returns void language plpgsql as $$
begin
  execute format('create trigger audit_insert after insert on %s referencing new table as new_rows '
    'for each statement execute function foundation.write_audit(%L)', audited, resource);
  execute format('create trigger audit_update after update on %s referencing old table as old_rows '
    'new table as new_rows for each statement execute function foundation.write_audit(%L)', audited, resource);
  execute format('create trigger audit_delete after delete on %s referencing old table as old_rows '
    'for each statement execute function foundation.write_audit(%L)', audited, resource);
end $$;

-- Gives a table a folded search text, a trigram index, and a function that finds ids in it. Under row-level security
-- the planner may not use a trigram index, because LIKE could leak: 257 ms over a million rows against 4 ms. So the
-- function runs as commonhall_search, which may read every row, and filters by org itself. Up to four patterns must all
-- match: `like all (array)` would not use the index.
create function foundation.make_searchable(searched regclass, columns text[]) returns void language plpgsql as $$
declare
  space text := (select nspname from pg_class join pg_namespace n on n.oid = relnamespace where pg_class.oid = searched);
  name text := (select relname from pg_class where oid = searched);
  sources text := (select string_agg(format('coalesce(%I::text, '''')', c), ' || '' '' || ') from unnest(columns) c);
begin
  execute format('alter table %s add column search_text text generated always as (foundation.fold(%s)) stored',
    searched, sources);
  execute format('create index %I on %s using gin (org_id, search_text public.gin_trgm_ops)', name || '_search', searched);
  execute format('grant usage on schema %I to commonhall_search', space);
  execute format('grant select on %s to commonhall_search', searched);
  execute format('create policy search_rows on %s for select to commonhall_search using (true)', searched);
  execute format($f$
    create function %1$I.%2$I(patterns text[]) returns setof uuid language sql stable security definer
    set search_path = public, pg_temp
    begin atomic
      select id from %3$s where org_id = foundation.current_org() and search_text like patterns[1]
        and search_text like coalesce(patterns[2], '%%') and search_text like coalesce(patterns[3], '%%')
        and search_text like coalesce(patterns[4], '%%');
    end $f$, space, 'search_' || name, searched);
  execute format('grant create on schema %I to commonhall_search', space);
  execute format('alter function %I.%I owner to commonhall_search', space, 'search_' || name);
  execute format('revoke create on schema %I from commonhall_search', space);
  execute format('revoke execute on function %I.%I from public', space, 'search_' || name);
  execute format('grant execute on function %I.%I to commonhall_app', space, 'search_' || name);
end $$;

grant usage on schema foundation to commonhall_search;

-- Events ------------------------------------------------------------------------------------------------------------

create table foundation.event (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  payload jsonb not null,
  actor uuid,
  request_id text,
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);

-- Which subscriber has acted on which event: written in the subscriber's own transaction, so each acts once.
create table foundation.delivery (
  org_id uuid not null default foundation.current_org(),
  event_id uuid not null,
  subscriber text not null,
  delivered_at timestamptz not null default now(),
  primary key (org_id, event_id, subscriber),
  foreign key (org_id, event_id) references foundation.event on delete cascade
);

-- Idempotency -------------------------------------------------------------------------------------------------------

create table foundation.idempotency_key (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  actor uuid not null,
  key text not null,
  request_hash text not null,
  status integer,
  -- As text, so that the second reply is the first one to the letter.
  headers json,
  body json,
  created_at timestamptz not null default now(),
  primary key (org_id, actor, key)
);
create index idempotency_key_age on foundation.idempotency_key (org_id, created_at);

-- Guards ------------------------------------------------------------------------------------------------------------

select foundation.guard_table('foundation.membership');
select foundation.guard_table('foundation.role');
select foundation.guard_table('foundation.grant');
select foundation.guard_table('foundation.audit_entry');
select foundation.guard_table('foundation.event');
select foundation.guard_table('foundation.delivery');
select foundation.guard_table('foundation.idempotency_key');
select foundation.audit_table('foundation.role', 'foundation.role');

-- Entries are written by the trigger alone; nobody changes or removes them.
revoke insert, update, delete on foundation.audit_entry from commonhall_app;

-- These exist before an org is known: who signs in, and to which org an address leads. Row-level security is on for
-- the server's role; the owner's functions below and in 0002 are the only other way in.
alter table foundation.org enable row level security;
alter table foundation.user enable row level security;
alter table foundation.session enable row level security;
create policy own_org on foundation.org for select using (id = foundation.current_org());
create policy self_and_colleagues on foundation.user for select using (
  id = foundation.current_actor()
  or exists (select from foundation.membership m where m.user_id = foundation.user.id));
create policy own_sessions on foundation.session for select using (user_id = foundation.current_actor());
grant select on foundation.org to commonhall_app;
grant select (id, email, name, is_host, disabled_at, locked_at, created_at) on foundation.user to commonhall_app;
grant select on foundation.session to commonhall_app;

-- The owner's functions read across orgs what sign-in needs: which orgs a person belongs to, and their roles there.
create policy owner_rows on foundation.membership to current_user using (true) with check (true);
create policy owner_rows on foundation.role to current_user using (true) with check (true);
create policy owner_rows on foundation.grant to current_user using (true) with check (true);

-- Access ------------------------------------------------------------------------------------------------------------

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
create function foundation.orgs_with(p_module text) returns table (id uuid, slug text, name text, kind text, time_zone text)
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

-- Ties a person who signs in to their own record on the roll, in the org that is open.
create function foundation.link_member(p_email text, p_member uuid) returns void language sql as $$
  update foundation.membership set member_id = p_member, version = version + 1, updated_at = now()
  where org_id = foundation.current_org() and user_id = (select id from foundation.user where email = p_email::public.citext)
$$;

revoke execute on all functions in schema foundation from public;
grant execute on function foundation.current_org, foundation.current_actor, foundation.setting, foundation.fold,
  foundation.search_patterns, foundation.news, foundation.admit, foundation.enter, foundation.enter_house, foundation.orgs_with,
  foundation.find_org, foundation.link_member to commonhall_app;
grant execute on function foundation.current_org, foundation.setting, foundation.fold to commonhall_search;

-- Lists for pages ---------------------------------------------------------------------------------------------------
-- Views run with the rights of whoever asks, so row-level security holds in them too.

create view foundation.org_user with (security_invoker) as
  select m.org_id, u.id, m.version, m.created_at, m.updated_at, u.name, u.email::text as email,
    (select string_agg(r.label, ', ' order by r.label) from foundation.grant g
      join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
      where g.org_id = m.org_id and g.user_id = u.id) as roles,
    case when u.disabled_at is not null then 'disabled' when u.locked_at is not null then 'locked' else 'active' end as state
  from foundation.membership m join foundation.user u on u.id = m.user_id;

create view foundation.audit_line with (security_invoker) as
  select org_id, id, 1 as version, at as created_at, at as updated_at, at, actor, actor_name, act, resource, record,
    (select jsonb_object_agg(key, jsonb_build_array(old -> key, new -> key))
      from jsonb_object_keys(coalesce(old, '{}') || coalesce(new, '{}')) key) as changes,
    via, cause, request_id
  from foundation.audit_entry;

grant select on foundation.org_user, foundation.audit_line to commonhall_app;
