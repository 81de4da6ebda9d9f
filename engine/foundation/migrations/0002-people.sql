-- Orgs, the people who sign in to them, and what each may do there.

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
  name text collate "en-x-icu" not null,
  label text collate "en-x-icu" not null,
  -- Where the org differs from the defaults in the modules' rules: {"members.member.read": false}.
  changes jsonb not null default '{}',
  primary key (org_id, id),
  unique (org_id, name)
);
create index role_label on foundation.role (org_id, label, id);

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

select foundation.guard_table('foundation.membership');
select foundation.guard_table('foundation.role');
select foundation.guard_table('foundation.grant');
-- Who belongs to an org, and as what, is not for the server's role to write: a statement that somebody slips in must
-- not make anyone an admin.
revoke insert, update, delete on foundation.membership, foundation.role, foundation.grant from commonhall_app;

-- These exist before an org is known: who signs in, and to which org an address leads. Row-level security is on for
-- the server's role; the owner's functions below and in 0005 to 0007 are the only other way in.
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

-- The list for pages. A view runs with the rights of whoever asks, so row-level security holds in it too.
create view foundation.org_user with (security_invoker) as
  select m.org_id, u.id, m.version, m.created_at, m.updated_at, u.name, u.email::text as email,
    (select string_agg(r.label, ', ' order by r.label) from foundation.grant g
      join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
      where g.org_id = m.org_id and g.user_id = u.id) as roles,
    case when u.disabled_at is not null then 'disabled'
      when u.locked_at is not null then 'locked' else 'active' end as state
  from foundation.membership m join foundation.user u on u.id = m.user_id;

grant select on foundation.org_user to commonhall_app;
