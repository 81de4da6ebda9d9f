-- What leaves audit entries, and what takes content out of them.

-- As before, with the address, and with half the work: settings are asked once a statement, and a changed row's columns
-- are gone through once.
create or replace function foundation.write_audit() returns trigger language plpgsql security definer
set search_path = '' as $$
#variable_conflict use_variable
declare
  act text := coalesce(foundation.setting('act'), lower(tg_op));
  actor uuid := foundation.current_actor();
  actor_name text := foundation.setting('actor_name');
  via text := foundation.setting('via');
  cause text := foundation.setting('cause');
  request text := foundation.setting('request');
  address text := foundation.setting('address');
  silent text[] := tg_argv[1]::text[] || '{id,org_id,version,created_at,updated_at,search_text,period}'::text[];
begin
  if tg_op = 'INSERT' then
    insert into foundation.audit_entry
      (org_id, actor, actor_name, act, resource, record, new, via, cause, request_id, address)
    select n.org_id, actor, actor_name, 'create', tg_argv[0], n.id, jsonb_strip_nulls(to_jsonb(n) - silent), via,
      cause, request, address
    from new_rows n;
  elsif tg_op = 'UPDATE' then
    insert into foundation.audit_entry
      (org_id, actor, actor_name, act, resource, record, old, new, via, cause, request_id, address)
    select n.org_id, actor, actor_name, act, tg_argv[0], n.id, jsonb_strip_nulls(difference.old),
      jsonb_strip_nulls(difference.new), via, cause, request, address
    from new_rows n join old_rows o on o.org_id = n.org_id and o.id = n.id
    -- `offset 0` keeps the planner from making these anew for each column.
    cross join lateral (select to_jsonb(o) as was, to_jsonb(n) as became offset 0) both_rows
    cross join lateral (
      select jsonb_object_agg(key, value) as old, jsonb_object_agg(key, became -> key) as new
      from jsonb_each(was) where value <> became -> key and key <> all (silent) offset 0
    ) difference
    where difference.old is not null;
  else
    insert into foundation.audit_entry
      (org_id, actor, actor_name, act, resource, record, old, via, cause, request_id, address)
    select o.org_id, actor, actor_name, act, tg_argv[0], o.id, jsonb_strip_nulls(to_jsonb(o) - silent), via,
      cause, request, address
    from old_rows o;
  end if;
  return null;
end $$;

-- For the org itself, and for people: they have secrets beside what is told, and no org_id. A change of a person stands
-- in the trail of every org that they belong to. Arguments: the resource, and the columns that are told.
create function foundation.write_row_audit() returns trigger language plpgsql security definer
set search_path = '' as $$
declare
  was jsonb := coalesce(to_jsonb(old), '{}');
  became jsonb := coalesce(to_jsonb(new), '{}');
  orgs uuid[];
  before jsonb;
  after jsonb;
begin
  select jsonb_object_agg(key, was -> key), jsonb_object_agg(key, became -> key) into before, after
  from unnest(tg_argv[1]::text[]) key where was -> key is distinct from became -> key;
  if before is null then
    return null;
  end if;
  if tg_table_name = 'user' then
    orgs := array(select m.org_id from foundation.membership m where m.user_id = new.id);
  else
    orgs := array[new.id];
  end if;
  insert into foundation.audit_entry
    (org_id, actor, actor_name, act, resource, record, old, new, via, cause, request_id, address)
  select org, foundation.current_actor(), foundation.setting('actor_name'),
    coalesce(foundation.setting('act'), case tg_op when 'INSERT' then 'create' else 'update' end), tg_argv[0],
    new.id, case when tg_op = 'UPDATE' then jsonb_strip_nulls(before) end, jsonb_strip_nulls(after),
    foundation.setting('via'), foundation.setting('cause'), foundation.setting('request'),
    foundation.setting('address')
  from unnest(orgs) org;
  return null;
end $$;
create trigger audit_rows after insert or update on foundation.org
  for each row execute function foundation.write_row_audit('foundation.org',
    '{slug,name,kind,accent,time_zone,modules,suspended_at,suspended_because,audit_witnesses}');
create trigger audit_rows after update on foundation.user
  for each row execute function foundation.write_row_audit('foundation.org_user',
    '{name,email,kind,is_host,disabled_at}');

-- What becomes of belonging and of roles, in the history of the person.
create function foundation.write_people_audit() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  touched record := coalesce(new, old);
  acted text;
  before jsonb;
  after jsonb;
begin
  if tg_table_name = 'grant' then
    acted := case tg_op when 'INSERT' then 'grant-role' else 'take-role' end;
    after := (select jsonb_build_object('roles', r.label) from foundation.role r
      where r.org_id = touched.org_id and r.id = touched.role_id);
  elsif tg_op = 'UPDATE' then
    acted := case when (old.disabled_at is null) = (new.disabled_at is null) then 'link-record'
      when new.disabled_at is null then 'enable' else 'disable' end;
    before := jsonb_strip_nulls(jsonb_build_object('own_record', old.member_id, 'disabled_at', old.disabled_at));
    after := jsonb_strip_nulls(jsonb_build_object('own_record', new.member_id, 'disabled_at', new.disabled_at));
    if before = after then
      return null;
    end if;
  else
    acted := case tg_op when 'INSERT' then 'join' else 'leave' end;
    after := (select jsonb_build_object('name', u.name, 'email', u.email) from foundation.user u
      where u.id = touched.user_id);
  end if;
  if tg_op = 'DELETE' then
    before := after;
    after := null;
  end if;
  insert into foundation.audit_entry
    (org_id, actor, actor_name, act, resource, record, old, new, via, cause, request_id, address)
  values (touched.org_id, foundation.current_actor(), foundation.setting('actor_name'), acted, 'foundation.org_user',
    touched.user_id, before, after, foundation.setting('via'), foundation.setting('cause'),
    foundation.setting('request'), foundation.setting('address'));
  return null;
end $$;
create trigger write_audit after insert or delete on foundation.grant
  for each row execute function foundation.write_people_audit();
create trigger write_audit after insert or update or delete on foundation.membership
  for each row execute function foundation.write_people_audit();

-- Erases from the open org's trail what entries about some records held ('what'), and the name and address of a person
-- who acted ('who'); where somebody tried to sign in as them, from where. That something was done, when, and to which
-- record stays, and so does the chain. Leaves an entry that says how many and why, with a digest of which. Answers how
-- many entries have lost something.
create function foundation.erase_audit(p_records uuid[], p_actor uuid, p_because text) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  org uuid := foundation.current_org();
  told uuid := uuidv7();
  count bigint;
  digest text;
begin
  if org is null or coalesce(p_because, '') = '' then
    raise exception 'erasing needs an open org and a reason' using errcode = '22023';
  end if;
  perform foundation.seal_audit();
  insert into foundation.audit_entry
    (org_id, id, actor, actor_name, act, resource, via, cause, request_id, address, new)
  values (org, told, foundation.current_actor(), foundation.setting('actor_name'), 'erase', 'foundation.audit_entry',
    foundation.setting('via'), foundation.setting('cause'), foundation.setting('request'),
    foundation.setting('address'), jsonb_build_object('because', p_because));
  insert into foundation.audit_erasure (org_id, entry_id, part, digest, cause)
  select org, e.id, 'what', foundation.audit_what(e), told from foundation.audit_entry e
  where e.org_id = org and e.record = any(p_records) and e.salt is not null and e.id <> told
  union all
  select org, e.id, 'who', foundation.audit_who(e), told from foundation.audit_entry e
  where e.org_id = org and e.who_salt is not null and e.id <> told and (e.actor = p_actor
    or e.actor is null and e.record = p_actor and e.resource = 'foundation.sign_in');
  select count(distinct e.entry_id), encode(sha256(convert_to(string_agg(
      e.entry_id || ' ' || e.part || ' ' || encode(e.digest, 'hex'), ',' order by e.entry_id, e.part), 'UTF8')), 'hex')
  into count, digest from foundation.audit_erasure e where e.org_id = org and e.cause = told;
  perform set_config('app.erasing', org::text, true);
  update foundation.audit_entry e set old = null, new = null, salt = null
  from foundation.audit_erasure x
  where x.org_id = org and x.cause = told and x.part = 'what' and e.org_id = org and e.id = x.entry_id;
  update foundation.audit_entry e set actor_name = null, address = null, who_salt = null
  from foundation.audit_erasure x
  where x.org_id = org and x.cause = told and x.part = 'who' and e.org_id = org and e.id = x.entry_id;
  -- Nobody has seen this entry yet, for it is of this very transaction.
  update foundation.audit_entry e set new = e.new || jsonb_build_object('entries', count, 'digest', digest)
  where e.org_id = org and e.id = told;
  perform set_config('app.erasing', '', true);
  return count;
end $$;

-- Takes an org's trail away with the org itself: for whoever erases an org, as the owner.
create function foundation.erase_audit_of_org(p_org uuid) returns void
language plpgsql set search_path = '' as $$
begin
  perform set_config('app.org', p_org::text, true), set_config('app.erasing', p_org::text, true);
  delete from foundation.audit_erasure where org_id = p_org;
  delete from foundation.audit_head where org_id = p_org;
  delete from foundation.audit_seal where org_id = p_org;
  delete from foundation.audit_entry where org_id = p_org;
  perform set_config('app.erasing', '', true);
end $$;

revoke execute on function foundation.write_row_audit, foundation.write_people_audit, foundation.erase_audit,
  foundation.erase_audit_of_org from public;
