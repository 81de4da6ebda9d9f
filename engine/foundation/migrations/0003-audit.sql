-- Who changed what: entries that a trigger writes and nobody changes.

create table foundation.audit_entry (
  org_id uuid not null,
  id uuid not null default uuidv7(),
  at timestamptz not null default clock_timestamp(),
  actor uuid,
  actor_name text,
  act text not null,
  resource text not null,
  record uuid,
  old jsonb,
  new jsonb,
  via text,
  cause text,
  request_id text,
  primary key (org_id, id)
);
create index audit_entry_record on foundation.audit_entry (org_id, record, at);
create index audit_entry_at on foundation.audit_entry (org_id, at);
create index audit_entry_cause on foundation.audit_entry (org_id, cause) where cause is not null;

-- Columns of a row that are no news: the house's own, those computed from others, and those that its table names.
create function foundation.news(row_json jsonb, silent text[]) returns jsonb language sql immutable parallel safe
  return jsonb_strip_nulls(
    row_json - silent - array['id', 'org_id', 'version', 'created_at', 'updated_at', 'search_text', 'period']);

-- One statement-level trigger for every audited table: whatever writes the table, a page, an import, COPY or a hand at
-- psql, leaves its entries, at one insert per statement.
create function foundation.write_audit() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  named text := foundation.setting('act');
  silent text[] := tg_argv[1];
begin
  if tg_op = 'INSERT' then
    insert into foundation.audit_entry (org_id, actor, actor_name, act, resource, record, new, via, cause, request_id)
    select n.org_id, foundation.current_actor(), foundation.setting('actor_name'), 'create', tg_argv[0], n.id,
      foundation.news(to_jsonb(n), silent), foundation.setting('via'), foundation.setting('cause'),
      foundation.setting('request')
    from new_rows n;
  elsif tg_op = 'UPDATE' then
    insert into foundation.audit_entry
      (org_id, actor, actor_name, act, resource, record, old, new, via, cause, request_id)
    select n.org_id, foundation.current_actor(), foundation.setting('actor_name'), coalesce(named, 'update'),
      tg_argv[0], n.id, difference.old, difference.new, foundation.setting('via'), foundation.setting('cause'),
      foundation.setting('request')
    from new_rows n join old_rows o on o.org_id = n.org_id and o.id = n.id
    cross join lateral (
      select coalesce(jsonb_object_agg(key, before.value) filter (where before.value is not null), '{}') as old,
        coalesce(jsonb_object_agg(key, after.value) filter (where after.value is not null), '{}') as new
      from jsonb_each(foundation.news(to_jsonb(o), silent)) as before (key, value)
      full join jsonb_each(foundation.news(to_jsonb(n), silent)) as after (key, value) using (key)
      where before.value is distinct from after.value
    ) difference
    where difference.old <> '{}' or difference.new <> '{}';
  else
    insert into foundation.audit_entry (org_id, actor, actor_name, act, resource, record, old, via, cause, request_id)
    select o.org_id, foundation.current_actor(), foundation.setting('actor_name'), coalesce(named, 'delete'),
      tg_argv[0], o.id, foundation.news(to_jsonb(o), silent), foundation.setting('via'), foundation.setting('cause'),
      foundation.setting('request')
    from old_rows o;
  end if;
  return null;
end $$;

select foundation.guard_table('foundation.audit_entry');
select foundation.audit_table('foundation.role', 'foundation.role');

-- Entries are written by the trigger alone; nobody changes or removes them.
revoke insert, update, delete on foundation.audit_entry from commonhall_app;
-- The trigger writes as the owner, and for a hand at psql no org may be open.
create policy owner_adds on foundation.audit_entry for insert to current_user with check (true);
revoke execute on function foundation.news, foundation.write_audit from public;
grant execute on function foundation.news to commonhall_app;

-- The list for pages: old and new side by side.
-- Money and hours as decimal strings, as everywhere: whoever reads a JSON number makes a float of it.
create function foundation.exact(value jsonb) returns jsonb language sql immutable parallel safe
  return case when jsonb_typeof(value) = 'number' and value::text like '%.%' then to_jsonb(value::text) else value end;

create view foundation.audit_line with (security_invoker) as
  select org_id, id, 1 as version, at as created_at, at as updated_at, at, actor, actor_name, act, resource, record,
    (select jsonb_object_agg(key, jsonb_build_array(foundation.exact(old -> key), foundation.exact(new -> key)))
      from jsonb_object_keys(coalesce(old, '{}') || coalesce(new, '{}')) key) as changes,
    via, cause, request_id
  from foundation.audit_entry;

revoke execute on function foundation.exact from public;
grant execute on function foundation.exact to commonhall_app;
grant select on foundation.audit_line to commonhall_app;
