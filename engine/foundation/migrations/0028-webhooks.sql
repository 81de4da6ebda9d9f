-- What other programs are told, by HTTP, of what happens in an org. See docs/decisions/0034-webhooks.md.

create table foundation.webhook_setup (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name text collate "en-x-icu" not null check (length(name) between 1 and 100),
  -- Addresses of Slack and Mattermost are secrets themselves: the trail is told the host, and when it changed.
  url text collate "en-x-icu" not null check (length(url) between 1 and 2000),
  host text collate "en-x-icu" not null,
  url_changed_at timestamptz not null default now(),
  rotated_at timestamptz,
  format text collate "en-x-icu" not null default 'standard' check (format in ('standard', 'slack', 'mattermost')),
  -- Names of event types.
  events jsonb not null check (jsonb_typeof(events) = 'array' and jsonb_array_length(events) between 1 and 500),
  state text collate "en-x-icu" not null default 'active' check (state in ('active', 'paused', 'disabled')),
  reason text collate "en-x-icu",
  -- Who last decided where it goes and what it tells: it tells what this person may read.
  owner uuid not null,
  -- How many tries in a row have failed, since when, and until when it is left in peace.
  failures integer not null default 0,
  failing_since timestamptz,
  resting_until timestamptz,
  primary key (org_id, id)
);
create index webhook_setup_name on foundation.webhook_setup (org_id, name, id);

-- What a webhook's messages are signed with, encrypted by the server. The one before signs along until its time is up.
create table foundation.webhook_secret (
  org_id uuid not null default foundation.current_org(),
  id uuid not null default uuidv7(),
  webhook_id uuid not null,
  sealed_secret text not null,
  made_at timestamptz not null default now(),
  good_until timestamptz,
  primary key (org_id, id),
  foreign key (org_id, webhook_id) references foundation.webhook_setup on delete cascade
);
create index webhook_secret_webhook on foundation.webhook_secret (org_id, webhook_id, id);

-- One message for one webhook: written in the transaction of what it tells of, kept for a month.
create table foundation.webhook_delivery (
  org_id uuid not null default foundation.current_org(),
  id uuid not null default uuidv7(),
  webhook_id uuid not null,
  type text not null,
  -- The entry of the audit trail or the event that it tells of; nothing when it is a test.
  origin text not null check (origin in ('entry', 'event', 'test')),
  source uuid,
  record uuid,
  -- Made before the first try, as the owner may know it then; made anew when it has been emptied since.
  body text check (octet_length(body) <= 65536),
  -- For whose eyes it was made: the owner, with all that they might do then. For others it is made anew.
  made_for text,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  -- Tries of this round: a replay begins another.
  tries integer not null default 0,
  next_at timestamptz not null default now(),
  -- Somebody is sending it until then.
  held_until timestamptz,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  primary key (org_id, id),
  check ((origin = 'test') = (source is null)),
  foreign key (org_id, webhook_id) references foundation.webhook_setup on delete cascade
);
create index webhook_delivery_webhook on foundation.webhook_delivery (org_id, webhook_id, id);
create index webhook_delivery_waiting on foundation.webhook_delivery (org_id, webhook_id, id) where state = 'waiting';
create index webhook_delivery_record on foundation.webhook_delivery (org_id, webhook_id, record, id)
  where state = 'waiting';
create index webhook_delivery_due on foundation.webhook_delivery (org_id, webhook_id, next_at) where state = 'waiting';
create index webhook_delivery_test on foundation.webhook_delivery (org_id, webhook_id)
  where state = 'waiting' and origin = 'test';
create index webhook_delivery_source on foundation.webhook_delivery (org_id, source);
create index webhook_delivery_age on foundation.webhook_delivery (org_id, created_at);

-- What came of each try. The answer is what the receiver wrote, its first 1,000 characters.
create table foundation.webhook_attempt (
  org_id uuid not null default foundation.current_org(),
  delivery_id uuid not null,
  n integer not null check (n > 0),
  at timestamptz not null default now(),
  status integer,
  latency_ms integer not null,
  outcome text not null,
  answer text check (length(answer) <= 1000),
  primary key (org_id, delivery_id, n),
  foreign key (org_id, delivery_id) references foundation.webhook_delivery on delete cascade
);

select foundation.guard_table(name::regclass) from unnest(array['foundation.webhook_setup',
  'foundation.webhook_secret', 'foundation.webhook_delivery', 'foundation.webhook_attempt']) name;
select foundation.audit_table('foundation.webhook_setup', 'foundation.webhook',
  array['url', 'failures', 'failing_since', 'resting_until']);

-- The functions below look past the org that is open: triggers, since an import or a hand at psql may have opened none,
-- and what finds the work of all orgs.
create policy owner_rows on foundation.webhook_setup to current_user using (true) with check (true);
create policy owner_rows on foundation.webhook_delivery to current_user using (true) with check (true);
create policy owner_rows on foundation.webhook_attempt to current_user using (true) with check (true);

-- What people see of them.
create view foundation.webhook with (security_invoker) as
  select org_id, id, version, created_at, updated_at, name, url, format, events, state, reason, owner, failing_since
  from foundation.webhook_setup;
grant select, update, delete on foundation.webhook to commonhall_app;
