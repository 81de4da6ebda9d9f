create table workshop.shop (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  name text collate "en-x-icu" not null,
  primary key (org_id, id)
);
create index shop_name on workshop.shop (org_id, name, id);
select foundation.guard_table('workshop.shop');
select foundation.audit_table('workshop.shop', 'workshop.shop');
select foundation.make_searchable('workshop.shop', array['name']);
select foundation.party_table('workshop.shop', 'workshop.shop', 'name');

create table workshop.job (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  title text collate "en-x-icu" not null,
  shop uuid not null,
  worker uuid not null,
  primary key (org_id, id),
  foreign key (org_id, shop) references workshop.shop (org_id, id),
  foreign key (org_id, worker) references members.member (org_id, id)
);
create index job_title on workshop.job (org_id, title, id);
create index job_shop on workshop.job (org_id, shop, id);
create index job_worker on workshop.job (org_id, worker, id);
select foundation.guard_table('workshop.job');
select foundation.audit_table('workshop.job', 'workshop.job');
select foundation.make_searchable('workshop.job', array['title']);

create table workshop.slip (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  note text collate "en-x-icu" not null,
  job uuid not null,
  shop uuid not null,
  margin text collate "en-x-icu",
  state text not null default 'draft' check (state in ('draft', 'sent', 'settled')),
  primary key (org_id, id),
  foreign key (org_id, job) references workshop.job (org_id, id),
  foreign key (org_id, shop) references workshop.shop (org_id, id)
);
create index slip_note on workshop.slip (org_id, note, id);
create index slip_job on workshop.slip (org_id, job, id);
create index slip_shop on workshop.slip (org_id, shop, id);
select foundation.guard_table('workshop.slip');
select foundation.audit_table('workshop.slip', 'workshop.slip');
select foundation.make_searchable('workshop.slip', array['note']);
select foundation.attach_files('workshop.slip', 'workshop.slip');
