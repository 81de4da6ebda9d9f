-- Files are part of their records: what becomes of a file is told in the record's trail, and goes with the record.

-- A file as the trail tells of it.
create function foundation.told_file(f foundation.file) returns jsonb language sql immutable parallel safe
set search_path = '' as $$
  select jsonb_strip_nulls(jsonb_build_object('id', f.id, 'name', f.name, 'caption', f.caption,
    'tags', case when cardinality(f.tags) > 0 then to_jsonb(f.tags) end, 'version', f.versions, 'sha256', f.sha256,
    'reason', f.reason))
$$;

-- Entries under the record's name and id, all that is told of the file under one key: the field that it is in, or
-- `attached_file`. So whoever may not read that reads nothing of the file either. A file that comes into a field or
-- goes out of it is told by the change of the record.
create function foundation.write_file_trail() returns trigger language plpgsql security definer
set search_path = '' as $$
begin
  insert into foundation.audit_entry
    (org_id, actor, actor_name, act, resource, record, old, new, via, cause, request_id, address)
  select n.org_id, foundation.current_actor(), foundation.setting('actor_name'), done.act, n.resource, n.record,
    jsonb_build_object(done.key, case when done.act not in ('attach', 'put-back') then foundation.told_file(o) end),
    jsonb_build_object(done.key, case when done.act <> 'detach' then foundation.told_file(n) end),
    foundation.setting('via'), foundation.setting('cause'), foundation.setting('request'), foundation.setting('address')
  from new_rows n left join old_rows o on o.org_id = n.org_id and o.id = n.id
  cross join lateral (select coalesce(n.field, 'attached_file') as key, case
    when n.record is null then null
    when o.record is null then case when n.field is null then 'attach' end
    when o.archived_at is null and n.archived_at is not null then case when n.field is null then 'detach' end
    when o.archived_at is not null and n.archived_at is null then case when n.field is null then 'put-back' end
    when o.versions <> n.versions then 'replace'
    when o.state <> 'held' and n.state = 'held' then 'file-held'
    when (o.name, o.caption, o.tags) is distinct from (n.name, n.caption, n.tags) then 'change-file'
    end as act) done
  where done.act is not null;
  return null;
end $$;

-- What is new was never in the record before: the same entries, with nothing that was.
create function foundation.write_new_file_trail() returns trigger language plpgsql security definer
set search_path = '' as $$
begin
  insert into foundation.audit_entry
    (org_id, actor, actor_name, act, resource, record, old, new, via, cause, request_id, address)
  select n.org_id, foundation.current_actor(), foundation.setting('actor_name'), 'attach', n.resource, n.record,
    '{"attached_file": null}', jsonb_build_object('attached_file', foundation.told_file(n)),
    foundation.setting('via'), foundation.setting('cause'), foundation.setting('request'), foundation.setting('address')
  from new_rows n where n.record is not null and n.field is null;
  return null;
end $$;

create trigger file_trail_insert after insert on foundation.file referencing new table as new_rows
  for each statement execute function foundation.write_new_file_trail();
create trigger file_trail_update after update on foundation.file
  referencing old table as old_rows new table as new_rows
  for each statement execute function foundation.write_file_trail();

-- The files of records that were deleted are archived like files that somebody deletes, until their time is up.
create function foundation.archive_files() returns trigger language plpgsql security definer
set search_path = '' as $$
begin
  update foundation.file f set archived_at = now(), version = f.version + 1, updated_at = now()
  from old_rows o
  where f.org_id = o.org_id and f.resource = tg_argv[0] and f.record = o.id and f.archived_at is null;
  return null;
end $$;

-- Makes files go with the records of a table: one call for each kind of record that carries files.
create function foundation.attach_files(attachable regclass, resource text) returns void language plpgsql
set search_path = '' as $$
begin
  execute format('create trigger archive_files after delete on %s referencing old table as old_rows '
    'for each statement execute function foundation.archive_files(%L)', attachable, resource);
end $$;

create policy owner_rows on foundation.file to current_user using (true) with check (true);

-- Webhooks are told of attaching and detaching in the past tense, as of all else.
create or replace function foundation.announce_entries() returns trigger language plpgsql security definer
set search_path = '' as $$
begin
  if not exists (select from foundation.webhook_setup w where w.org_id in (select e.org_id from new_rows e)) then
    return null;
  end if;
  insert into foundation.webhook_delivery (org_id, webhook_id, type, origin, source, record)
  select e.org_id, w.id, e.type, 'entry', e.id, e.record
  from (
    select n.org_id, n.id, n.record, n.resource || '.' || case n.act when 'create' then 'created'
        when 'update' then 'updated' when 'archive' then 'archived' when 'restore' then 'restored'
        when 'delete' then 'deleted' when 'attach' then 'file-attached' when 'detach' then 'file-detached'
        when 'replace' then 'file-replaced' else n.act end as type
    from new_rows n where n.record is not null) e
  join foundation.webhook_setup w on w.org_id = e.org_id and w.events ? e.type
  order by e.id;
  return null;
end $$;

revoke execute on function foundation.told_file, foundation.write_file_trail, foundation.write_new_file_trail,
  foundation.archive_files, foundation.attach_files from public;
