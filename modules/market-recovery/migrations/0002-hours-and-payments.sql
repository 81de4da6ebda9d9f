-- Who works where, which hours, and what is paid for them.

create table market_recovery.assignment (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  number citext not null default foundation.next_number('market-recovery.assignment', 'A-'),
  state text not null default 'active' check (state in ('active', 'ended', 'cancelled')),
  member uuid not null,
  contractor uuid not null,
  program uuid not null,
  project uuid,
  classification text collate "en-x-icu" not null,
  contractor_rate numeric(15,4) not null,
  from_on date not null,
  until_on date,
  assigned_by uuid,
  notes text,
  period daterange generated always as (
    daterange(from_on, case when until_on >= from_on then until_on end, '[]')) stored,
  constraint assignment_overlap exclude using gist (
    org_id with =, member with =, contractor with =, program with =, period with &&) where (state <> 'cancelled'),
  primary key (org_id, id),
  unique (org_id, number),
  foreign key (org_id, member) references members.member (org_id, id),
  foreign key (org_id, contractor) references market_recovery.contractor (org_id, id),
  foreign key (org_id, program) references market_recovery.program (org_id, id),
  foreign key (org_id, project) references market_recovery.project (org_id, id)
);
create index assignment_from_on
  on market_recovery.assignment (org_id, from_on, id);
create index assignment_number
  on market_recovery.assignment (org_id, number, id);
create index assignment_member
  on market_recovery.assignment (org_id, member, id);
create index assignment_contractor
  on market_recovery.assignment (org_id, contractor, id);
create index assignment_program
  on market_recovery.assignment (org_id, program, id);
create index assignment_project
  on market_recovery.assignment (org_id, project, id);
create index assignment_assigned_by
  on market_recovery.assignment (org_id, assigned_by, id);
select foundation.guard_table('market_recovery.assignment');
select foundation.audit_table('market_recovery.assignment', 'market-recovery.assignment');
select foundation.make_searchable('market_recovery.assignment', array['number', 'classification']);
select foundation.guard_states('market_recovery.assignment', array['active', 'ended', 'cancelled'], array[
  'active>ended', 'active>cancelled']);

create table market_recovery.payment_batch (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  number citext not null default foundation.next_number('market-recovery.payment-batch', 'B-'),
  state text not null default 'prepared' check (state in ('prepared', 'released', 'exported', 'paid', 'void')),
  period_from_on date not null,
  period_until_on date not null,
  program uuid,
  payments integer not null default '0',
  hours numeric(15,2) not null default '0.00',
  subsidy numeric(15,2) not null default '0.00',
  carried integer not null default '0',
  prepared_by uuid,
  released_by uuid,
  released_at timestamp with time zone,
  exported_at timestamp with time zone,
  paid_on date,
  reason text,
  note text,
  constraint payment_batch_period check (period_until_on >= period_from_on),
  constraint payment_batch_paid_on check (state <> 'paid' or paid_on is not null),
  constraint payment_batch_reason check (state <> 'void' or reason is not null),
  check (released_by is null or released_by <> prepared_by),
  primary key (org_id, id),
  unique (org_id, number),
  foreign key (org_id, program) references market_recovery.program (org_id, id)
);
create index payment_batch_number
  on market_recovery.payment_batch (org_id, number, id);
create index payment_batch_program
  on market_recovery.payment_batch (org_id, program, id);
create index payment_batch_prepared_by
  on market_recovery.payment_batch (org_id, prepared_by, id);
create index payment_batch_released_by
  on market_recovery.payment_batch (org_id, released_by, id);
select foundation.guard_table('market_recovery.payment_batch');
select foundation.audit_table('market_recovery.payment_batch', 'market-recovery.payment-batch');
select foundation.attach_files('market_recovery.payment_batch', 'market-recovery.payment-batch');
select foundation.make_searchable('market_recovery.payment_batch', array['number']);
select foundation.guard_states('market_recovery.payment_batch', array['prepared'], array[
  'prepared>released', 'released>exported', 'exported>paid', 'prepared>void', 'released>void',
  'exported>void']);

create table market_recovery.payment (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  number citext not null,
  state text not null default 'prepared' check (state in ('prepared', 'released', 'exported', 'paid', 'void')),
  batch uuid not null,
  assignment uuid not null,
  member uuid not null,
  contractor uuid not null,
  program uuid not null,
  hours numeric(15,2) not null,
  subsidy numeric(15,2) not null,
  qb_reference text collate "en-x-icu",
  processed_at timestamp with time zone,
  paid_on date,
  reason text,
  constraint payment_not_negative check (subsidy >= 0),
  constraint payment_paid_on check (state <> 'paid' or paid_on is not null),
  constraint payment_reason check (state <> 'void' or reason is not null),
  unique (org_id, batch, assignment),
  primary key (org_id, id),
  unique (org_id, number),
  -- A batch makes its payments while it is made itself, so that it comes to their sum from the first.
  foreign key (org_id, batch) references market_recovery.payment_batch (org_id, id) deferrable initially deferred,
  foreign key (org_id, assignment) references market_recovery.assignment (org_id, id),
  foreign key (org_id, member) references members.member (org_id, id),
  foreign key (org_id, contractor) references market_recovery.contractor (org_id, id),
  foreign key (org_id, program) references market_recovery.program (org_id, id)
);
create index payment_number
  on market_recovery.payment (org_id, number, id);
create index payment_of_batch
  on market_recovery.payment (org_id, batch, id);
create index payment_assignment
  on market_recovery.payment (org_id, assignment, id);
create index payment_member
  on market_recovery.payment (org_id, member, id);
create index payment_contractor
  on market_recovery.payment (org_id, contractor, id);
create index payment_program
  on market_recovery.payment (org_id, program, id);
select foundation.guard_table('market_recovery.payment');
select foundation.audit_table('market_recovery.payment', 'market-recovery.payment');
select foundation.make_searchable('market_recovery.payment', array['number', 'qb_reference']);
select foundation.guard_states('market_recovery.payment', array['prepared'], array[
  'prepared>released', 'released>exported', 'exported>paid', 'prepared>void', 'released>void',
  'exported>void']);

-- What a calculation comes to: each line exactly, rounded to the cent once for all of them. `round` takes a half away
-- from zero, as the house does.
create function market_recovery.figured(calculation jsonb) returns numeric
language sql immutable parallel safe set search_path = '' as $$
  select coalesce(round(sum(
    ((line ->> 'regular')::numeric + (line ->> 'overtime')::numeric * (calculation ->> 'overtime_factor')::numeric)
    * (line ->> 'per_hour')::numeric), 2), 0)
  from jsonb_array_elements(calculation -> 'lines') line
$$;

create table market_recovery.hours (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  state text not null default 'draft' check (state in ('draft', 'submitted', 'approved', 'rejected', 'paid')),
  assignment uuid not null,
  member uuid not null,
  contractor uuid not null,
  program uuid not null,
  project uuid,
  week_ending date not null,
  regular numeric(15,2) not null default '0',
  overtime numeric(15,2) not null default '0',
  days jsonb,
  over_40_confirmed boolean,
  adjusts uuid,
  subsidy numeric(15,2) not null default '0.00',
  calculation jsonb,
  note text,
  reason text,
  submitted_by uuid,
  submitted_at timestamp with time zone,
  approved_by uuid,
  approved_at timestamp with time zone,
  payment uuid,
  paid_on date,
  check (approved_by is null or approved_by <> submitted_by),
  -- What is kept of a figure is what it is made of: nobody writes an amount that its factors do not come to.
  check (subsidy = market_recovery.figured(calculation)),
  primary key (org_id, id),
  foreign key (org_id, assignment) references market_recovery.assignment (org_id, id),
  foreign key (org_id, member) references members.member (org_id, id),
  foreign key (org_id, contractor) references market_recovery.contractor (org_id, id),
  foreign key (org_id, program) references market_recovery.program (org_id, id),
  foreign key (org_id, project) references market_recovery.project (org_id, id),
  foreign key (org_id, adjusts) references market_recovery.hours (org_id, id),
  foreign key (org_id, payment) references market_recovery.payment (org_id, id)
);
create index hours_week_ending
  on market_recovery.hours (org_id, week_ending, id);
create index hours_submitted_at
  on market_recovery.hours (org_id, submitted_at, id);
create index hours_assignment
  on market_recovery.hours (org_id, assignment, id);
create index hours_member
  on market_recovery.hours (org_id, member, id);
create index hours_contractor
  on market_recovery.hours (org_id, contractor, id);
create index hours_program
  on market_recovery.hours (org_id, program, id);
create index hours_project
  on market_recovery.hours (org_id, project, id);
create index hours_adjusts
  on market_recovery.hours (org_id, adjusts, id);
create index hours_submitted_by
  on market_recovery.hours (org_id, submitted_by, id);
create index hours_approved_by
  on market_recovery.hours (org_id, approved_by, id);
create index hours_payment
  on market_recovery.hours (org_id, payment, id);
select foundation.guard_table('market_recovery.hours');
select foundation.audit_table('market_recovery.hours', 'market-recovery.hours',
  array['calculation', 'member', 'contractor', 'program', 'project']);
select foundation.guard_states('market_recovery.hours', array['draft'], array[
  'draft>submitted', 'rejected>submitted', 'submitted>approved', 'submitted>rejected', 'approved>submitted',
  'approved>paid']);

-- One record for each assignment and week. What is put right later stands beside it.
create unique index hours_one_a_week on market_recovery.hours (org_id, assignment, week_ending) where adjusts is null;
-- Whose hours they are is what the assignment says.
create unique index assignment_parties on market_recovery.assignment (org_id, id, member, contractor, program);
alter table market_recovery.hours add constraint hours_of_assignment
  foreign key (org_id, assignment, member, contractor, program)
  references market_recovery.assignment (org_id, id, member, contractor, program);
