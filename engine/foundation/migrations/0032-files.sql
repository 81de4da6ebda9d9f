-- Files attached to anything. A file belongs to one record and is read and changed by whoever may read and change that;
-- its bytes are kept once per org and content, outside of the database. See docs/decisions/0036-files.md.

-- Bytes that there are, by their SHA-256. The row is written after the bytes are safe, and goes before they do.
create table foundation.file_content (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  -- As the bytes themselves tell, not as anybody says.
  media_type text not null,
  -- Where they are: the name of a store.
  store text not null,
  -- Nobody gets what is not clean.
  verdict text not null default 'waiting' check (verdict in ('waiting', 'clean', 'held')),
  -- Why they are held, as the code of a sentence, and the detail that it names, such as the virus.
  reason text check ((reason is not null) = (verdict = 'held')),
  detail text check (length(detail) <= 200),
  -- Who said so: the version of the scanner, or nothing where none looked.
  checked_by text,
  checked_at timestamptz,
  -- When they were last read and found to be what they were.
  verified_at timestamptz,
  previews text not null default 'waiting' check (previews in ('waiting', 'made', 'none', 'failed')),
  pages integer,
  created_at timestamptz not null default now(),
  primary key (org_id, sha256)
);
create index file_content_waiting on foundation.file_content (created_at) where verdict = 'waiting';

-- One file of one record, as its newest version is.
create table foundation.file (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Deleted by a person: gone from lists, and back again until its time is up.
  archived_at timestamptz,
  resource text collate "en-x-icu" not null,
  -- Nothing while it was uploaded for a field of a record that is not saved yet.
  record uuid,
  -- Nothing for an attachment.
  field text collate "en-x-icu",
  name text collate "en-x-icu" not null check (length(name) between 1 and 255),
  caption text collate "en-x-icu" check (length(caption) <= 500),
  tags text[] not null default '{}' check (cardinality(tags) <= 20),
  state text not null default 'checking' check (state in ('checking', 'ready', 'held')),
  reason text collate "en-x-icu",
  detail text collate "en-x-icu",
  size integer not null,
  media_type text collate "en-x-icu" not null,
  sha256 text collate "en-x-icu" not null,
  versions integer not null default 1,
  uploaded_by uuid,
  uploaded_by_name text collate "en-x-icu" not null,
  uploaded_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, sha256) references foundation.file_content
);
create index file_record on foundation.file (org_id, resource, record, id);
create index file_newest on foundation.file (org_id, uploaded_at, id);
create index file_name on foundation.file (org_id, name, id);
create index file_uploaded_by on foundation.file (org_id, uploaded_by, id);
create index file_sha256 on foundation.file (org_id, sha256);
create index file_tags on foundation.file using gin (org_id, tags);
create index file_archived on foundation.file (org_id, archived_at) where archived_at is not null;
create index file_unsaved on foundation.file (org_id, created_at) where record is null;

create table foundation.file_version (
  org_id uuid not null default foundation.current_org(),
  file_id uuid not null,
  number integer not null check (number > 0),
  name text collate "en-x-icu" not null check (length(name) between 1 and 255),
  sha256 text not null,
  uploaded_by uuid,
  uploaded_by_name text collate "en-x-icu" not null,
  created_at timestamptz not null default now(),
  primary key (org_id, file_id, number),
  foreign key (org_id, file_id) references foundation.file on delete cascade,
  foreign key (org_id, sha256) references foundation.file_content
);
create index file_version_sha256 on foundation.file_version (org_id, sha256);

-- Bytes that are still on their way. What has come so far is known to the store.
create table foundation.file_upload (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '1 day',
  uploaded_by uuid not null,
  resource text not null,
  record uuid,
  field text,
  -- The file that this will be a new version of.
  file_id uuid,
  name text not null check (length(name) between 1 and 255),
  caption text check (length(caption) <= 500),
  tags text[] not null default '{}',
  size bigint not null check (size > 0),
  -- As the sender says; compared when all has come.
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  store text not null,
  -- What became of it.
  done_as uuid,
  primary key (org_id, id)
);
create index file_upload_expired on foundation.file_upload (expires_at);

-- Pictures and text made from clean content, to look at without opening it.
create table foundation.file_preview (
  org_id uuid not null default foundation.current_org(),
  sha256 text not null,
  -- thumbnail, view, full, page-1 …, text
  kind text not null check (kind ~ '^[a-z]+(-[0-9]{1,3})?$'),
  media_type text not null,
  size bigint not null,
  width integer,
  height integer,
  store text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, sha256, kind),
  foreign key (org_id, sha256) references foundation.file_content on delete cascade
);

-- How many bytes the contents of an org come to: what its quota is compared with, under its lock.
create table foundation.file_usage (
  org_id uuid primary key default foundation.current_org() references foundation.org on delete cascade,
  bytes bigint not null default 0
);

create function foundation.count_file_bytes() returns trigger language plpgsql security definer
set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    insert into foundation.file_usage as u (org_id, bytes)
    select org_id, sum(size) from new_rows group by org_id order by org_id
    on conflict (org_id) do update set bytes = u.bytes + excluded.bytes;
  else
    update foundation.file_usage u set bytes = u.bytes - gone.bytes
    from (select org_id, sum(size) as bytes from old_rows group by org_id) gone where u.org_id = gone.org_id;
  end if;
  return null;
end $$;
create trigger count_file_bytes_in after insert on foundation.file_content referencing new table as new_rows
  for each statement execute function foundation.count_file_bytes();
create trigger count_file_bytes_out after delete on foundation.file_content referencing old table as old_rows
  for each statement execute function foundation.count_file_bytes();

select foundation.guard_table('foundation.file_content');
select foundation.guard_table('foundation.file');
select foundation.guard_table('foundation.file_version');
select foundation.guard_table('foundation.file_upload');
select foundation.guard_table('foundation.file_preview');
select foundation.guard_table('foundation.file_usage');
revoke insert, update, delete on foundation.file_usage from commonhall_app;
create policy owner_rows on foundation.file_usage to current_user using (true) with check (true);
revoke execute on function foundation.count_file_bytes from public;
select foundation.make_searchable('foundation.file', array['name', 'caption']);

-- How much an org may keep; nothing means the house's usual quota.
alter table foundation.org add column file_quota bigint check (file_quota >= 0);
