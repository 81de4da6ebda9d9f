-- Who takes part, at which rates, and out of which money.

create table market_recovery.scale (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  classification text collate "en-x-icu" not null,
  rate numeric(15,4) not null,
  from_on date not null,
  until_on date,
  period daterange generated always as (daterange(from_on, until_on, '[]')) stored,
  primary key (org_id, id),
  unique (org_id, classification, period without overlaps)
);
create index scale_classification_from_on
  on market_recovery.scale (org_id, classification, from_on, id);
select foundation.guard_table('market_recovery.scale');
select foundation.audit_table('market_recovery.scale', 'market-recovery.scale');

create table market_recovery.contractor (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  name citext not null,
  state text not null default 'good' check (state in ('good', 'suspended')),
  reason text,
  signatory boolean not null default 'true',
  agreement_from_on date,
  agreement_until_on date,
  payroll_weekday integer not null default '7',
  contact text collate "en-x-icu",
  email text collate "en-x-icu",
  phone text collate "en-x-icu",
  address text collate "en-x-icu",
  quickbooks_name text collate "en-x-icu",
  notes text,
  constraint contractor_agreement check (agreement_until_on >= agreement_from_on),
  primary key (org_id, id),
  unique (org_id, name)
);
create index contractor_name
  on market_recovery.contractor (org_id, name, id);
select foundation.guard_table('market_recovery.contractor');
select foundation.audit_table('market_recovery.contractor', 'market-recovery.contractor');
select foundation.attach_files('market_recovery.contractor', 'market-recovery.contractor');
select foundation.make_searchable('market_recovery.contractor', array['name', 'contact', 'email']);
select foundation.party_table('market_recovery.contractor', 'market-recovery.contractor', 'name');
select foundation.guard_states('market_recovery.contractor', array['good', 'suspended'], array[
  'good>suspended', 'suspended>good']);

create table market_recovery.program (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name citext not null,
  state text not null default 'planned' check (state in ('planned', 'active', 'completed', 'cancelled')),
  basis text not null default 'rate-gap' check (basis in ('rate-gap', 'fixed-rate')),
  hourly_subsidy_rate numeric(15,4),
  overtime_factor numeric(6,1) not null default '1.0',
  budget numeric(15,2) not null,
  committed numeric(15,2) not null default '0.00',
  paid numeric(15,2) not null default '0.00',
  from_on date not null,
  until_on date,
  description text,
  constraint program_overtime_factor check (overtime_factor in (1, 1.5, 2)),
  constraint program_fixed_rate check (basis = 'rate-gap' or hourly_subsidy_rate is not null),
  constraint program_period check (until_on >= from_on),
  primary key (org_id, id),
  unique (org_id, name)
);
create index program_name
  on market_recovery.program (org_id, name, id);
select foundation.guard_table('market_recovery.program');
select foundation.audit_table('market_recovery.program', 'market-recovery.program', array['committed', 'paid']);
select foundation.attach_files('market_recovery.program', 'market-recovery.program');
select foundation.make_searchable('market_recovery.program', array['name']);
select foundation.guard_states('market_recovery.program', array['planned', 'active', 'completed', 'cancelled'], array[
  'planned>active', 'active>completed', 'planned>cancelled', 'active>cancelled']);

create table market_recovery.project (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name citext not null,
  state text not null default 'requested'
    check (state in ('requested', 'awarded', 'denied', 'won', 'lost', 'agreed', 'closed')),
  contractor uuid not null,
  program uuid,
  place text collate "en-x-icu",
  bid_on date,
  competitors text,
  prevailing_wage text not null default 'none'
    check (prevailing_wage in ('none', 'federal', 'state', 'local')),
  hours_wanted numeric(15,2),
  award_hours numeric(15,2),
  award_amount numeric(15,2),
  award_expires_on date,
  used_hours numeric(15,2) not null default '0.00',
  used_amount numeric(15,2) not null default '0.00',
  decided_on date,
  result_due_on date,
  result_on date,
  agreement_on date,
  reason text,
  notes text,
  primary key (org_id, id),
  unique (org_id, name),
  foreign key (org_id, contractor) references market_recovery.contractor (org_id, id),
  foreign key (org_id, program) references market_recovery.program (org_id, id)
);
create index project_bid_on
  on market_recovery.project (org_id, bid_on, id);
create index project_contractor
  on market_recovery.project (org_id, contractor, id);
create index project_program
  on market_recovery.project (org_id, program, id);
select foundation.guard_table('market_recovery.project');
select foundation.audit_table('market_recovery.project', 'market-recovery.project', array['used_hours', 'used_amount']);
select foundation.attach_files('market_recovery.project', 'market-recovery.project');
select foundation.make_searchable('market_recovery.project', array['name', 'place']);
select foundation.guard_states('market_recovery.project', array[
  'requested', 'awarded', 'denied', 'won', 'lost', 'agreed', 'closed'], array[
  'requested>awarded', 'requested>denied', 'awarded>won', 'awarded>lost', 'won>agreed',
  'won>closed', 'agreed>closed']);

create table market_recovery.award_rate (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  project uuid not null,
  classification text collate "en-x-icu" not null,
  rate numeric(15,4) not null,
  primary key (org_id, id),
  unique (org_id, project, classification),
  foreign key (org_id, project) references market_recovery.project (org_id, id)
);
create index award_rate_classification
  on market_recovery.award_rate (org_id, classification, id);
create index award_rate_project
  on market_recovery.award_rate (org_id, project, id);
select foundation.guard_table('market_recovery.award_rate');
select foundation.audit_table('market_recovery.award_rate', 'market-recovery.award-rate');

create table market_recovery.policy (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name text not null default 'Settings' check (name in ('Settings')),
  hour_step text not null default '0.25' check (hour_step in ('0.25', '0.10', '0.01')),
  warn_at numeric(15,2) not null default '80',
  primary key (org_id, id),
  unique (org_id, name)
);
select foundation.guard_table('market_recovery.policy');
select foundation.audit_table('market_recovery.policy', 'market-recovery.policy');
