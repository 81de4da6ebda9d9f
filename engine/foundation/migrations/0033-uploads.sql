-- Uploads: one sender at a time, and what the sweep looks for.

-- Who sends to it now, and until when others wait for them. Whoever sends nothing for that long has let go.
alter table foundation.file_upload add column held_by uuid, add column held_until timestamptz;

-- Bytes are counted at the very end of a transaction, so that others who add some wait for its last moment alone, not
-- for all that it does.
create function foundation.count_file_row() returns trigger language plpgsql security definer
set search_path = '' as $$
begin
  insert into foundation.file_usage as u (org_id, bytes) values (new.org_id, new.size)
  on conflict (org_id) do update set bytes = u.bytes + excluded.bytes;
  return null;
end $$;
drop trigger count_file_bytes_in on foundation.file_content;
create constraint trigger count_file_bytes_in after insert on foundation.file_content
  deferrable initially deferred for each row execute function foundation.count_file_row();
revoke execute on function foundation.count_file_row from public;

-- Counts what this transaction has added now, and holds the count until it ends. Answers how much the org has.
create function foundation.count_files() returns bigint language plpgsql set search_path = '' as $$
begin
  set constraints foundation.count_file_bytes_in immediate;
  return coalesce((select bytes from foundation.file_usage where org_id = foundation.current_org()), 0);
end $$;
revoke execute on function foundation.count_files from public;
grant execute on function foundation.count_files to commonhall_app;

-- Of an upload whose bytes have all come: what it has become, if anything, and whether such bytes are known. Nobody
-- else completes it, or decides whether the bytes are needed, until the transaction ends. One question, not three.
create function foundation.lock_upload(p_upload uuid, p_sha256 text) returns table (done uuid, known boolean)
language plpgsql set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('content ' || foundation.current_org() || ' ' || p_sha256, 0));
  return query select u.done_as, exists (select from foundation.file_content c where c.sha256 = p_sha256)
  from foundation.file_upload u where u.id = p_upload for update;
end $$;
revoke execute on function foundation.lock_upload from public;
grant execute on function foundation.lock_upload to commonhall_app;

-- The functions below look at the tables of every org.
create policy owner_looks on foundation.file_upload for select to current_user using (true);
create policy owner_looks on foundation.file for select to current_user using (true);
create policy owner_looks on foundation.file_version for select to current_user using (true);
create policy owner_looks on foundation.file_preview for select to current_user using (true);

-- The orgs that have something to sweep: uploads that were given up, files deleted a month ago, files of a record that
-- was never saved, contents that no file has any more. Suspended ones wait.
create function foundation.orgs_to_sweep(p_now timestamptz) returns table (org_id uuid)
language sql stable security definer set search_path = '' as $$
  select o.id from foundation.org o where o.suspended_at is null and (
    exists (select from foundation.file_upload u where u.org_id = o.id and u.expires_at < p_now)
    or exists (select from foundation.file f where f.org_id = o.id and f.archived_at < p_now - interval '30 days')
    or exists (select from foundation.file f
      where f.org_id = o.id and f.record is null and f.created_at < p_now - interval '1 day')
    or exists (select from foundation.file_content c where c.org_id = o.id and not exists (
      select from foundation.file_version v where v.org_id = c.org_id and v.sha256 = c.sha256)))
$$;

-- Which of these pieces, by their places from 1, no row says are in this store. Every org at once, and those that are
-- gone: a store is walked through as a whole. `p_previews` is null but for previews.
create function foundation.stray_pieces(
  p_store text, p_orgs uuid[], p_kinds text[], p_names text[], p_previews text[]
) returns setof integer language sql stable security definer set search_path = '' as $$
  select p.place::integer
  from unnest(p_orgs, p_kinds, p_names, p_previews) with ordinality as p (org, kind, name, preview, place)
  where not case p.kind
    when 'upload' then exists (
      select from foundation.file_upload u
      where u.org_id = p.org and u.id::text = p.name and u.store = p_store and u.done_as is null)
    when 'preview' then exists (
      select from foundation.file_preview v
      where v.org_id = p.org and v.sha256 = p.name and v.kind = p.preview and v.store = p_store)
    else exists (
      select from foundation.file_content c where c.org_id = p.org and c.sha256 = p.name and c.store = p_store) end
$$;

revoke execute on function foundation.orgs_to_sweep, foundation.stray_pieces from public;
grant execute on function foundation.orgs_to_sweep, foundation.stray_pieces to commonhall_app;
