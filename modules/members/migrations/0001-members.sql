create table members.household (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  name citext not null,
  address text collate "en-x-icu",
  phone text collate "en-x-icu",
  notes text,
  primary key (org_id, id),
  unique (org_id, name)
);
create index household_name on members.household (org_id, name, id);
select foundation.guard_table('members.household');
select foundation.audit_table('members.household', 'members.household');
select foundation.make_searchable('members.household', array['name', 'address']);

create table members.member (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  card_number citext not null,
  last_name text collate "en-x-icu" not null,
  first_name text collate "en-x-icu" not null,
  middle_name text collate "en-x-icu",
  suffix text collate "en-x-icu",
  preferred_name text collate "en-x-icu",
  email text collate "en-x-icu",
  phone text collate "en-x-icu",
  address text collate "en-x-icu",
  birth_on date,
  gender text collate "en-x-icu",
  classification text collate "en-x-icu",
  chapter text collate "en-x-icu",
  state text not null default 'applicant'
    check (state in ('applicant', 'active', 'suspended', 'withdrawn', 'retired', 'deceased')),
  joined_on date,
  left_on date,
  paid_through_on date,
  household uuid,
  ssn_last_four text collate "en-x-icu",
  notes text,
  primary key (org_id, id),
  unique (org_id, card_number),
  foreign key (org_id, household) references members.household (org_id, id)
);
create index member_last_name_first_name on members.member (org_id, last_name, first_name, id);
create index member_joined_on on members.member (org_id, joined_on, id);
create index member_household on members.member (org_id, household, id);
select foundation.guard_table('members.member');
select foundation.audit_table('members.member', 'members.member');
select foundation.make_searchable('members.member',
  array['last_name', 'first_name', 'preferred_name', 'card_number', 'email', 'phone']);

create table members.standing (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  member uuid not null,
  from_on date not null,
  state text not null default 'applicant'
    check (state in ('applicant', 'active', 'suspended', 'withdrawn', 'retired', 'deceased')),
  reason text,
  primary key (org_id, id),
  foreign key (org_id, member) references members.member (org_id, id)
);
create index standing_from_on on members.standing (org_id, from_on, id);
create index standing_member on members.standing (org_id, member, id);
select foundation.guard_table('members.standing');
select foundation.audit_table('members.standing', 'members.standing');
