-- A person's own data: told, and erased. What modules keep about people they declare, and the server changes it under
-- row-level security; what follows is what the server's role may not touch. See docs/decisions/0026-personal-data.md.

-- What is kept about the sign-in of whoever asks, without its secrets.
create function foundation.account_told() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'account', jsonb_build_array(jsonb_build_object('name', u.name, 'email', u.email, 'created_at', u.created_at,
      'email_verified_at', u.email_verified_at, 'password', u.password_hash is not null,
      'authenticator_app_since', (select t.confirmed_at from foundation.totp t where t.user_id = u.id),
      'recovery_codes_left', (select count(*) from foundation.recovery_code c
        where c.user_id = u.id and c.used_at is null))),
    'passkeys', (select coalesce(jsonb_agg(jsonb_build_object('name', p.name, 'created_at', p.created_at,
        'last_used_at', p.last_used_at) order by p.id), '[]') from foundation.passkey p where p.user_id = u.id),
    'sessions', (select coalesce(jsonb_agg(jsonb_build_object('device', s.device, 'address', host(s.address),
        'started_at', s.started_at, 'last_seen_at', s.last_seen_at, 'ended_at', s.ended_at) order by s.id desc), '[]')
      from (select * from foundation.session o where o.user_id = u.id order by o.id desc limit 1000) s),
    'devices', (select coalesce(jsonb_agg(jsonb_build_object('first_seen_at', d.first_seen_at,
        'last_seen_at', d.last_seen_at) order by d.first_seen_at), '[]')
      from foundation.known_device d where d.user_id = u.id),
    'sign_ins', (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'what', e.what, 'email', e.email,
        'address', host(e.address)) order by e.at desc), '[]')
      from (select * from foundation.sign_in_event o where o.user_id = u.id order by o.at desc limit 5000) e))
  from foundation.user u where u.id = foundation.current_actor()
$$;

-- Whether the sign-in of a person ends with this org: `erased`; or stays, since they belong elsewhere too: `stays`.
create function foundation.account_fate(p_user uuid) returns text
language sql stable security definer set search_path = '' as $$
  select case when u.is_host or exists (
      select from foundation.membership m where m.user_id = u.id and m.org_id <> foundation.current_org())
    then 'stays' else 'erased' end
  from foundation.user u where u.id = p_user and exists (
    select from foundation.membership m where m.user_id = u.id and m.org_id = foundation.current_org())
$$;

-- Words without accents, case and signs, with a space before and after: so `ann` is found in `Lee, Ann`, and not in
-- `Annabel`.
create function foundation.plain_words(p_text text) returns text language sql immutable set search_path = '' as $$
  select ' ' || trim(regexp_replace(foundation.fold(p_text), '[^[:alnum:]]+', ' ', 'g')) || ' '
$$;

-- Does a row of a file carry this person? Their address, all of their names, or their number beside one of the names.
-- Names come as plain words.
create function foundation.is_about(p_cells jsonb, p_marks text[], p_key text, p_names text[]) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(cells && p_marks, false)
    or coalesce(cardinality(p_names) > 0
      and not exists (select from unnest(p_names) name where strpos(whole, name) = 0), false)
    or coalesce(p_key = any (cells) and exists (select from unnest(p_names) name where strpos(whole, name) > 0), false)
  from (
    select array_agg(foundation.fold(trim(value))) as cells, foundation.plain_words(string_agg(value, ' ')) as whole
    from jsonb_array_elements_text(case jsonb_typeof(p_cells) when 'array' then p_cells else '[]' end)) row_of_file
$$;

-- A quick look at a row, or at many, before the thorough one: false where that could not find anything.
create function foundation.may_be_about(p_cells text, p_marks text[], p_key text, p_names text[]) returns boolean
language sql immutable set search_path = '' as $$
  select exists (select from unnest(p_marks) mark where strpos(whole, mark) > 0)
    or not exists (select from unnest(p_names) name where strpos(whole, split_part(name, ' ', 2)) = 0)
    or strpos(whole, split_part(foundation.plain_words(p_key), ' ', 2)) > 0
  from (select foundation.fold(p_cells) as whole offset 0) row_of_file
$$;

-- Rows of files that were brought in: those that became one of the records, and those that became none and carry the
-- person. A row that became somebody else's record is theirs, whatever they are called.
create function foundation.erase_from_imports(
  p_user uuid, p_records uuid[], p_marks text[], p_key text, p_names text[]
) returns void language plpgsql set search_path = '' as $$
declare
  org uuid := foundation.current_org();
  gone jsonb[];
begin
  create temporary table erased_row on commit drop as
  select c.import_id, c.n, (l.cells ->> 0)::integer as row, l.cells::jsonb - 0 as cells
  from foundation.import_chunk c join foundation.import i on i.org_id = org and i.id = c.import_id
  cross join json_array_elements(c.rows) l (cells)
  left join foundation.import_record r on r.org_id = org and r.import_id = c.import_id
    and r.row = (l.cells ->> 0)::integer
  where c.org_id = org and case when r.record = any (p_records) then true
    when r.record is not null and i.state <> 'undone' then false
    when not foundation.may_be_about(l.cells::text, p_marks, p_key, p_names) then false
    else foundation.is_about(l.cells::jsonb - 0, p_marks, p_key, p_names) end;
  gone := array(select cells from pg_temp.erased_row);
  update foundation.import_chunk c set rows = (
    select json_agg(case when e.row is null then l.cells else json_build_array(l.cells -> 0) end order by l.place)
    from json_array_elements(c.rows) with ordinality l (cells, place)
    left join pg_temp.erased_row e on e.import_id = c.import_id and e.n = c.n and e.row = (l.cells ->> 0)::integer)
  where c.org_id = org and (c.import_id, c.n) in (select e.import_id, e.n from pg_temp.erased_row e);
  drop table pg_temp.erased_row;
  update foundation.import_refusal f set cells = '[]', faults = '[]'
  where f.org_id = org and foundation.is_about(f.cells, p_marks, p_key, p_names);
  update foundation.import i set
    sample = coalesce((select jsonb_agg(case when line = any (gone)
        or foundation.is_about(line, p_marks, p_key, p_names) then '[]' else line end order by place)
      from jsonb_array_elements(i.sample) with ordinality s (line, place)), '[]'),
    kept = coalesce((select jsonb_agg(case when (one ->> 'record')::uuid = any (p_records)
      then one || '{"title": ""}' else one end) from jsonb_array_elements(i.kept) one), '[]'),
    created_by_name = case when i.created_by = p_user then null else i.created_by_name end
  where i.org_id = org and (i.created_by = p_user
    or exists (select from jsonb_array_elements(i.sample) line
      where line = any (gone) or foundation.is_about(line, p_marks, p_key, p_names))
    or exists (select from jsonb_array_elements(i.kept) one where (one ->> 'record')::uuid = any (p_records)));
end $$;

-- What only passes through: replies that may be given again, events, work that waits or is done, letters.
-- A pattern that finds any of these texts; of none, one that finds nothing.
create function foundation.any_of(p_texts text[]) returns text language sql immutable set search_path = ''
  return coalesce((select string_agg(regexp_replace(one, '([^[:alnum:]])', '\\\1', 'g'), '|')
    from unnest(p_texts) one where one <> ''), '$.');

create function foundation.erase_in_passing(p_ids text[], p_marks text[], p_account text) returns void
language plpgsql set search_path = '' as $$
declare
  org uuid := foundation.current_org();
  told text := foundation.any_of(p_ids || p_marks);
begin
  -- Whoever sends the request again is told that it was carried out, and not what came of it.
  update foundation.idempotency_key k set access = '', headers = null, body = null
  where k.org_id = org and coalesce(k.headers::text, '') || coalesce(k.body::text, '') ~* told;
  delete from foundation.event e where e.org_id = org and e.payload::text ~* told;
  delete from queue.job j where j.data ->> 'org' = org::text and j.data::text ~* told;
  -- What waits outside of orgs is the account's; an address that the org wrote down may be somebody else's.
  if p_account is not null then
    delete from queue.job j where j.data ->> 'org' is null and j.data::text ~* foundation.any_of(array[p_account]);
    delete from foundation.local_mail m where lower(m.recipient) = p_account;
  end if;
end $$;

-- The sign-in of somebody who belongs to no org any more. A nameless row stays, for what points to it.
create function foundation.erase_account(p_user uuid) returns void
language plpgsql set search_path = '' as $$
declare
  mailed text := (select lower(email::text) from foundation.user where id = p_user);
begin
  delete from foundation.sign_in_untold u using foundation.sign_in_event e
  where e.id = u.event and (e.user_id = p_user or lower(e.email) = mailed);
  perform set_config('app.erasing', p_user::text, true), set_config('app.erasing_emails', mailed, true);
  update foundation.sign_in_event e set email = null, address = null
  where e.user_id = p_user or e.user_id is null and lower(e.email) = mailed;
  perform set_config('app.erasing', '', true), set_config('app.erasing_emails', '', true);
  delete from foundation.sign_in_attempt a
  where a.subject = 'email:' || mailed or a.subject like 'device:%:' || p_user or a.subject like '%:' || mailed;
  delete from foundation.session s where s.user_id = p_user;
  delete from foundation.reset_token t where t.user_id = p_user;
  delete from foundation.email_token t where t.user_id = p_user;
  delete from foundation.known_device d where d.user_id = p_user;
  delete from foundation.passkey p where p.user_id = p_user;
  delete from foundation.totp t where t.user_id = p_user;
  delete from foundation.recovery_code c where c.user_id = p_user;
  update foundation.host_act h set detail = '{}' where lower(h.detail #>> '{new,email}') = mailed;
  update foundation.user u set name = 'Erased person', email = ('erased-' || u.id || '@erased.invalid')::public.citext,
    password_hash = null, email_verified_at = null, locked_at = null, disabled_at = now()
  where u.id = p_user;
end $$;

-- Everything about a person in the open org that is not a module's: belonging, invitations, keys, rows of files, what
-- passed through, what the trail held; and their sign-in, where this org was the last. `p_records` are the records
-- about them, which have been changed before in this transaction. Leaves an `erase` entry in the trail. Answers what
-- became of the account: none, stays or erased.
create function foundation.erase_person(
  p_person uuid, p_records uuid[], p_marks text[], p_key text, p_names text[], p_because text
) returns text language plpgsql security definer set search_path = '' as $$
declare
  org uuid := foundation.current_org();
  person uuid := (select m.user_id from foundation.membership m where m.org_id = org and m.member_id = p_person);
  fate text := coalesce(foundation.account_fate(person), 'none');
  marks text[];
  touched uuid[];
begin
  -- Also refuses whoever does not belong to the open org.
  perform foundation.begin_role_change();
  if not exists (select from foundation.session s where s.user_id = foundation.current_actor()
    and s.ended_at is null and s.scopes is null and s.proved_at > now() - interval '11 minutes')
  then
    raise exception 'whoever erases a person has just proved who they are' using errcode = '42501';
  end if;
  perform set_config('app.act', 'erase', true), set_config('app.cause', 'erase:' || p_person, true);
  marks := array(select distinct foundation.fold(mark) from unnest(p_marks
    || (select array[u.email::text] from foundation.user u where u.id = person)) mark where mark <> '');
  touched := array(select i.id from foundation.issued_invitation i where i.org_id = org
    and (i.member_id = p_person or i.accepted_by = person or i.invited_by = person
      or lower(i.email::text) = any (marks)));
  update foundation.issued_invitation i set name = 'Erased person', email = ('erased-' || i.id || '@erased.invalid'),
    token_hash = null, member_id = null, accepted_by = null, outcome = coalesce(i.outcome, 'revoked'),
    closed_at = coalesce(i.closed_at, now())
  where i.org_id = org and i.id = any (touched) and i.invited_by is distinct from person;
  update foundation.issued_invitation i set invited_by_name = 'Erased person'
  where i.org_id = org and i.invited_by = person;
  if person is not null then
    touched := touched || person || array(select k.id from foundation.issued_key k
      where k.org_id = org and (k.owner = person or k.made_by = person));
    update foundation.issued_key k set made_by_name = 'Erased person' where k.org_id = org and k.made_by = person;
    perform foundation.end_membership(person);
  end if;
  perform foundation.erase_from_imports(person, p_records, marks, foundation.fold(p_key),
    array(select foundation.plain_words(name) from unnest(p_names) name
      where foundation.plain_words(name) <> '  '));
  perform foundation.erase_in_passing(array(select id::text from unnest(p_records || touched) id),
    case fate when 'stays' then array_remove(marks, (select lower(u.email::text) from foundation.user u
      where u.id = person)) else marks end,
    case fate when 'erased' then (select lower(u.email::text) from foundation.user u where u.id = person) end);
  if fate = 'erased' then
    perform foundation.erase_account(person);
  end if;
  perform set_config('app.act', '', true);
  perform foundation.erase_audit(p_records || touched, person, p_because);
  perform set_config('app.cause', '', true);
  return fate;
end $$;

revoke execute on function foundation.account_told, foundation.account_fate, foundation.plain_words,
  foundation.is_about, foundation.may_be_about, foundation.erase_from_imports, foundation.any_of,
  foundation.erase_in_passing, foundation.erase_account, foundation.erase_person from public;
grant execute on function foundation.account_told, foundation.account_fate, foundation.erase_person to commonhall_app;
