-- What happened, for whoever listens, and replies kept for requests that are sent twice.

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

create table foundation.idempotency_key (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  actor uuid not null,
  key text not null,
  request_hash text not null,
  -- The stamps of what the sender might do then: the reply is given again only while they may do the same.
  access text not null,
  status integer,
  -- As text, so that the second reply is the first one to the letter.
  headers json,
  body json,
  created_at timestamptz not null default now(),
  primary key (org_id, actor, key)
);
create index idempotency_key_age on foundation.idempotency_key (org_id, created_at);

select foundation.guard_table('foundation.event');
select foundation.guard_table('foundation.delivery');
select foundation.guard_table('foundation.idempotency_key');
