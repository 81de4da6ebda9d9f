-- How much room files take, for the host: counted day by day with all else, and bounded org by org.

-- Of the contents of files, which lie outside of the database.
alter table foundation.usage add column file_bytes bigint not null default 0;

-- What a host changes of an org is told in its trail.
drop trigger audit_rows on foundation.org;
create trigger audit_rows after insert or update on foundation.org
  for each row execute function foundation.write_row_audit('foundation.org',
    '{slug,name,kind,accent,time_zone,modules,suspended_at,suspended_because,audit_witnesses,file_quota}');

-- Counts the open org, table by table as the catalog has them, so that no later module is forgotten.
create or replace function foundation.count_usage() returns void language plpgsql security definer
set search_path = '' as $$
declare
  open_org uuid := foundation.current_org();
  counted record;
  rows_here bigint;
  bytes_here bigint;
  all_rows jsonb := '{}';
  all_bytes bigint := 0;
begin
  for counted in
    select c.oid::regclass as place, n.nspname || '.' || c.relname as name
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
      and exists (select from pg_catalog.pg_attribute a
        where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped)
    order by 2
  loop
    execute format('select count(*), coalesce(sum(pg_column_size(t)), 0) from %s t where t.org_id = $1', counted.place)
      into rows_here, bytes_here using open_org;
    all_rows := all_rows || jsonb_build_object(counted.name, rows_here);
    all_bytes := all_bytes + bytes_here;
  end loop;
  insert into foundation.usage as u (org_id, counted_on, people, records, bytes, file_bytes)
  select o.id, (now() at time zone o.time_zone)::date, (all_rows ->> 'foundation.membership')::integer, all_rows,
    all_bytes, coalesce((select f.bytes from foundation.file_usage f where f.org_id = o.id), 0)
  from foundation.org o where o.id = open_org
  on conflict (org_id, counted_on) do update set counted_at = now(), people = excluded.people,
    records = excluded.records, bytes = excluded.bytes, file_bytes = excluded.file_bytes;
end $$;

-- How an org has grown: its counts by day, the newest first.
drop function foundation.host_usage(uuid, text, integer);
create function foundation.host_usage(p_session uuid, p_slug text, p_days integer)
returns table (counted_on date, people integer, records jsonb, bytes bigint, file_bytes bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform foundation.host_of(p_session, false);
  return query
  select u.counted_on, u.people, u.records, u.bytes, u.file_bytes
  from foundation.usage u join foundation.org o on o.id = u.org_id
  where o.slug = p_slug order by u.counted_on desc limit p_days;
end $$;

-- What the files of an org come to now, or of all, and how much an org may keep: null where the usual quota holds.
create function foundation.host_file_room(p_session uuid, p_slug text) returns table (bytes bigint, quota bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform foundation.host_of(p_session, false);
  return query
  select coalesce(sum(f.bytes), 0)::bigint, case when p_slug is not null then max(o.file_quota) end
  from foundation.org o left join foundation.file_usage f on f.org_id = o.id
  where p_slug is null or o.slug = p_slug;
end $$;

-- How much an org may keep, in bytes; null for the usual quota. What it has already stays, even when it is more.
create function foundation.host_set_file_quota(
  p_session uuid, p_slug text, p_quota bigint, p_request text, p_address text
) returns void language plpgsql security definer set search_path = '' as $$
declare
  before foundation.org := foundation.host_open(p_session, p_slug, 'set-file-quota', p_request, p_address);
begin
  if before.file_quota is distinct from p_quota then
    update foundation.org set file_quota = p_quota where id = before.id;
    perform foundation.host_note(jsonb_build_object('bytes', before.file_quota), jsonb_build_object('bytes', p_quota));
  end if;
end $$;

revoke execute on function foundation.host_usage, foundation.host_file_room, foundation.host_set_file_quota from public;
grant execute on function foundation.host_usage, foundation.host_file_room, foundation.host_set_file_quota
  to commonhall_app;
