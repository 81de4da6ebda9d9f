create table notebook.entry (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  title text collate "en-x-icu" not null,
  code citext,
  body text,
  mood text check (mood in ('calm', 'glad', 'cross')),
  cost numeric(15,2),
  rate numeric(15,4),
  score integer,
  spent numeric(15,2),
  share numeric(15,2),
  day date,
  moment timestamp with time zone,
  done boolean,
  about uuid,
  detail jsonb,
  written_by uuid,
  fixed text collate "en-x-icu",
  whisper text collate "en-x-icu",
  state text not null default 'draft' check (state in ('draft', 'filed', 'shredded')),
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, about) references members.member (org_id, id)
);
create index entry_title on notebook.entry (org_id, title, id);
create index entry_day on notebook.entry (org_id, day, id);
create index entry_about on notebook.entry (org_id, about, id);
select foundation.guard_table('notebook.entry');
select foundation.audit_table('notebook.entry', 'notebook.entry');
select foundation.make_searchable('notebook.entry', array['title', 'body']);
