-- Files that were brought in: what was recognized about each, its rows, and what became of every one of them.

create table foundation.import (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default foundation.current_actor(),
  created_by_name text default foundation.setting('actor_name'),
  resource text not null,
  file_name text not null,
  state text not null default 'reading'
    check (state in ('reading', 'ready', 'trying', 'running', 'done', 'undoing', 'undone', 'failed')),
  error text,
  -- What was recognized.
  format text,
  encoding text,
  delimiter text,
  ragged boolean not null default false,
  header_row integer,
  headings text[] not null default '{}',
  sample jsonb not null default '[]',
  date_order text check (date_order in ('mdy', 'dmy', 'ymd')),
  date_order_certain boolean not null default true,
  decimal_mark text not null default '.' check (decimal_mark in ('.', ',')),
  mapping jsonb not null default '{"columns": [], "constants": {}}',
  -- How far it is. Counts of a dry run stand here too, until the import itself starts.
  rows integer not null default 0,
  blank integer not null default 0,
  done integer not null default 0,
  imported integer not null default 0,
  refused integer not null default 0,
  removed integer not null default 0,
  kept jsonb not null default '[]',
  tried_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  -- The Idempotency-Key of the upload, and what came under it; no hash while it is still being read.
  upload_key text,
  upload_hash text,
  primary key (org_id, id)
);
create unique index import_upload_key on foundation.import (org_id, created_by, upload_key)
  where upload_key is not null;
create index import_created_at on foundation.import (org_id, created_at);

-- The rows as they were read, in pieces that are worked off one at a time. A piece that is done says so in the
-- transaction that wrote its records, so a run that was killed goes on where it stood.
create table foundation.import_chunk (
  org_id uuid not null default foundation.current_org(),
  import_id uuid not null,
  n integer not null,
  -- [[row number, cell, cell …] …]
  rows json not null,
  done_at timestamptz,
  primary key (org_id, import_id, n),
  foreign key (org_id, import_id) references foundation.import on delete cascade
);

-- Which record came from which row: for undo, and to say where in the file a duplicate was first.
create table foundation.import_record (
  org_id uuid not null default foundation.current_org(),
  import_id uuid not null,
  row integer not null,
  record uuid not null,
  primary key (org_id, import_id, row),
  foreign key (org_id, import_id) references foundation.import on delete cascade
);
create index import_record_record on foundation.import_record (org_id, record);

create table foundation.import_refusal (
  org_id uuid not null default foundation.current_org(),
  import_id uuid not null,
  row integer not null,
  cells jsonb not null,
  -- [{"column": …, "value": …, "message": …}]
  faults jsonb not null,
  primary key (org_id, import_id, row),
  foreign key (org_id, import_id) references foundation.import on delete cascade
);

-- How files with these headings were mapped the last time.
create table foundation.import_memory (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  resource text not null,
  signature text not null,
  mapping jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (org_id, resource, signature)
);

select foundation.guard_table('foundation.import');
select foundation.guard_table('foundation.import_chunk');
select foundation.guard_table('foundation.import_record');
select foundation.guard_table('foundation.import_refusal');
select foundation.guard_table('foundation.import_memory');

-- What people do with an import is told, not what the house finds out and counts; of the file itself nothing.
select foundation.audit_table('foundation.import', 'foundation.import', array['created_by', 'created_by_name', 'format',
  'encoding', 'delimiter', 'ragged', 'header_row', 'headings', 'sample', 'date_order_certain', 'rows', 'blank', 'done',
  'imported', 'refused', 'removed', 'kept', 'tried_at', 'started_at', 'finished_at', 'upload_key', 'upload_hash']);
