-- The ground that every migration stands on: who is asking, and the functions that put a table under guard. Runs as
-- the owner; the server connects as commonhall_app, which owns nothing.

create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists citext;
create extension if not exists btree_gin;
create extension if not exists btree_gist;

grant usage on schema foundation to commonhall_app, commonhall_search;

-- After a transaction a local setting reads '' rather than null; unset must mean no org, and so no rows.

create function foundation.current_org() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.org', true), '')::uuid;

create function foundation.current_actor() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.user', true), '')::uuid;

create function foundation.setting(name text) returns text language sql stable parallel safe
  return nullif(current_setting('app.' || name, true), '');

-- Search compares without accents and case. unaccent() is only stable because its dictionary could be replaced;
-- ours never is, so this wrapper may stand in a generated column.
create function foundation.fold(words text) returns text language sql immutable parallel safe strict
  return lower(public.unaccent('public.unaccent'::regdictionary, words));

-- Words as patterns of a search. Folding comes first: it makes a plain % of the full-width one, which then must not
-- match everything.
create function foundation.search_patterns(words text[]) returns text[] language sql immutable parallel safe
  return (select array_agg('%' || regexp_replace(foundation.fold(word), '[\\%_]', '\\\&', 'g') || '%')
    from unnest(words) word);

-- What migrations call ----------------------------------------------------------------------------------------------

-- Puts a table under row-level security: rows of other orgs neither exist nor can be written, for its owner either.
create function foundation.guard_table(guarded regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format('create policy org_rows on %s using (org_id = foundation.current_org()) '
    'with check (org_id = foundation.current_org())', guarded);
  execute format('grant select, insert, update, delete on %s to commonhall_app', guarded);
end $$;

-- Makes every change of a table leave audit entries under the resource's name. Columns that are `silent` are left out.
create function foundation.audit_table(audited regclass, resource text, silent text[] default '{}') returns void
language plpgsql as $$
begin
  execute format('create trigger audit_insert after insert on %s referencing new table as new_rows '
    'for each statement execute function foundation.write_audit(%L, %L)', audited, resource, silent);
  execute format('create trigger audit_update after update on %s referencing old table as old_rows '
    'new table as new_rows for each statement execute function foundation.write_audit(%L, %L)',
    audited, resource, silent);
  execute format('create trigger audit_delete after delete on %s referencing old table as old_rows '
    'for each statement execute function foundation.write_audit(%L, %L)', audited, resource, silent);
end $$;

-- Gives a table a folded search text, a trigram index, and a function that finds ids in it. Under row-level security
-- the planner may not use a trigram index, because LIKE could leak: 257 ms over a million rows against 4 ms. So the
-- function runs as commonhall_search, which may read every row, and filters by org itself. Up to four patterns must all
-- match: `like all (array)` would not use the index.
create function foundation.make_searchable(searched regclass, columns text[]) returns void language plpgsql as $$
declare
  space text := (select nspname from pg_class c join pg_namespace n on n.oid = relnamespace where c.oid = searched);
  name text := (select relname from pg_class where oid = searched);
  sources text := (select string_agg(format('coalesce(%I::text, '''')', c), ' || '' '' || ') from unnest(columns) c);
begin
  execute format('alter table %s add column search_text text generated always as (foundation.fold(%s)) stored',
    searched, sources);
  execute format('create index %I on %s using gin (org_id, search_text public.gin_trgm_ops)',
    name || '_search', searched);
  execute format('grant usage on schema %I to commonhall_search', space);
  execute format('grant select on %s to commonhall_search', searched);
  execute format('create policy search_rows on %s for select to commonhall_search using (true)', searched);
  execute format($f$
    create function %1$I.%2$I(patterns text[]) returns setof uuid language sql stable security definer
    set search_path = public, pg_temp
    begin atomic
      select id from %3$s where org_id = foundation.current_org() and search_text like patterns[1]
        and search_text like coalesce(patterns[2], '%%') and search_text like coalesce(patterns[3], '%%')
        and search_text like coalesce(patterns[4], '%%');
    end $f$, space, 'search_' || name, searched);
  execute format('grant create on schema %I to commonhall_search', space);
  execute format('alter function %I.%I owner to commonhall_search', space, 'search_' || name);
  execute format('revoke create on schema %I from commonhall_search', space);
  execute format('revoke execute on function %I.%I from public', space, 'search_' || name);
  execute format('grant execute on function %I.%I to commonhall_app', space, 'search_' || name);
end $$;

revoke execute on all functions in schema foundation from public;
grant execute on function foundation.current_org, foundation.current_actor, foundation.setting, foundation.fold,
  foundation.search_patterns to commonhall_app;
grant execute on function foundation.current_org, foundation.setting, foundation.fold to commonhall_search;
