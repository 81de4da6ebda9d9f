create table housing.unit (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  number citext not null,
  bedrooms integer,
  charge numeric(15,2),
  state text not null default 'vacant' check (state in ('occupied', 'vacant', 'renovation')),
  notes text,
  primary key (org_id, id),
  unique (org_id, number)
);
create index unit_number on housing.unit (org_id, number, id);
select foundation.guard_table('housing.unit');
select foundation.audit_table('housing.unit', 'housing.unit');
select foundation.make_searchable('housing.unit', array['number', 'notes']);

create table housing.occupancy (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unit uuid not null,
  member uuid not null,
  from_on date not null,
  until_on date,
  notes text,
  period daterange generated always as (daterange(from_on, until_on, '[]')) stored,
  primary key (org_id, id),
  unique (org_id, unit, period without overlaps),
  foreign key (org_id, unit) references housing.unit (org_id, id),
  foreign key (org_id, member) references members.member (org_id, id)
);
create index occupancy_from_on on housing.occupancy (org_id, from_on, id);
create index occupancy_unit on housing.occupancy (org_id, unit, id);
create index occupancy_member on housing.occupancy (org_id, member, id);
select foundation.guard_table('housing.occupancy');
select foundation.audit_table('housing.occupancy', 'housing.occupancy');
