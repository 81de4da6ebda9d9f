-- What the audit sees beyond changes: denied attempts, reads of sensitive fields, and what people did at the door.

-- Lines of an org's trail are told apart by kind; what is no change has an index of its own, which costs changes
-- nothing.
create index audit_entry_watched on foundation.audit_entry (org_id, (
  case when act = 'denied' then 'denied' when act in ('read', 'export') then 'read'
    when resource = 'foundation.sign_in' then 'sign-in' else 'change' end), at, id)
where (case when act = 'denied' then 'denied' when act in ('read', 'export') then 'read'
  when resource = 'foundation.sign_in' then 'sign-in' else 'change' end) <> 'change';
-- Without knowing how rare a kind is, the planner would walk the whole trail for it.
create statistics foundation.audit_entry_kind on (
  case when act = 'denied' then 'denied' when act in ('read', 'export') then 'read'
    when resource = 'foundation.sign_in' then 'sign-in' else 'change' end)
from foundation.audit_entry;

-- Denied attempts. Who it was is looked up by the session, so that nobody can be accused. Of somebody who does not
-- belong to the org it learns that there was an attempt, at what, and from which network: not who. An address that
-- leads to no org is dropped here, off the request's path, so that it answers as fast as a foreign one.
create function foundation.note_denied(p_attempts jsonb) returns void
language sql security definer set search_path = '' as $$
  insert into foundation.audit_entry
    (org_id, actor, actor_name, act, resource, record, new, via, request_id, address)
  select o.id, m.user_id, case when m.user_id is not null then u.name end, 'denied',
    a.resource, case when m.user_id is not null then a.record end,
    jsonb_strip_nulls(jsonb_build_object('operation', a.operation, 'summary', a.summary, 'code', a.code,
      'permission', a.permission, 'reason', a.reason, 'count', a.count,
      'records', case when m.user_id is not null then a.records end,
      'outsider', case when m.user_id is null then true end)),
    a.via, a.request_id,
    case when m.user_id is not null then a.address
      else network(set_masklen(a.address::inet, case family(a.address::inet) when 4 then 24 else 56 end))::text end
  from jsonb_to_recordset(p_attempts) as a (session uuid, slug text, resource text, record uuid,
    operation text, summary text, code text, permission text, reason text, count integer, records jsonb, via text,
    request_id text, address text)
  join foundation.org o on o.slug = a.slug
  join foundation.session s on s.id = a.session
  join foundation.user u on u.id = s.user_id
  left join foundation.membership m on m.org_id = o.id and m.user_id = u.id
$$;

-- Reads of sensitive fields, and files that were taken out.
create function foundation.note_reads(p_reads jsonb) returns void
language sql security definer set search_path = '' as $$
  insert into foundation.audit_entry
    (org_id, actor, actor_name, act, resource, record, new, via, request_id, address)
  select o.id, u.id, u.name, case r.act when 'export' then 'export' else 'read' end,
    r.resource, r.record, r.detail, r.via, r.request_id, r.address
  from jsonb_to_recordset(p_reads) as r (session uuid, org uuid, act text, resource text, record uuid,
    detail jsonb, via text, request_id text, address text)
  join foundation.org o on o.id = r.org
  join foundation.session s on s.id = r.session
  join foundation.user u on u.id = s.user_id
$$;

-- The journal of sign-in is for adding to, for its owner too. Whoever erases people names them first: by their ids, and
-- by their addresses for lines from before it was known whose address it is. Several stand with spaces between.
create function foundation.keep_journal() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op <> 'TRUNCATE' and (old.user_id::text = any (string_to_array(foundation.setting('erasing'), ' '))
    or old.user_id is null and lower(old.email) = any (string_to_array(foundation.setting('erasing_emails'), ' ')))
  then
    return coalesce(new, old);
  end if;
  raise exception '% is only added to', tg_table_name using errcode = '42501';
end $$;
create trigger keep_journal before update or delete on foundation.sign_in_event
  for each row execute function foundation.keep_journal();
create trigger keep_journal_whole before truncate on foundation.sign_in_event
  for each statement execute function foundation.keep_journal();

-- Lines of the journal that the orgs of their person have not been told yet. Telling them at once would take longer for
-- an address that somebody has than for one that nobody has.
create table foundation.sign_in_untold (
  event uuid primary key references foundation.sign_in_event on delete cascade
);
alter table foundation.sign_in_untold enable row level security;

create function foundation.remember_untold() returns trigger language plpgsql security definer
set search_path = '' as $$
begin
  insert into foundation.sign_in_untold (event) values (new.id);
  return null;
end $$;
-- A session that goes on is no news.
create trigger remember_untold after insert on foundation.sign_in_event
  for each row when (new.what <> 'session-refreshed') execute function foundation.remember_untold();

-- Tells the orgs of each person what happened at the door; answers how many lines are done. A failed try was made by
-- somebody, not by the person whose address they gave, so nobody is named as having acted. An org that has shut
-- somebody out learns nothing more of them.
create function foundation.tell_sign_ins(p_most integer) returns integer
language sql security definer set search_path = '' as $$
  with told as (
    delete from foundation.sign_in_untold u where u.event in (
      select w.event from foundation.sign_in_untold w order by w.event limit p_most for update skip locked)
    returning u.event
  ), lines as (
    insert into foundation.audit_entry
      (org_id, actor, actor_name, act, resource, record, new, request_id, address)
    select m.org_id, case when e.session_id is not null then p.id end,
      case when e.session_id is not null then p.name end, e.what, 'foundation.sign_in', p.id,
      jsonb_build_object('name', p.name, 'at', e.at), e.request_id, host(e.address)
    from told t
    join foundation.sign_in_event e on e.id = t.event
    join foundation.user p on p.id = e.user_id
      or e.user_id is null and p.email operator(public.=) e.email::public.citext
    join foundation.membership m on m.user_id = p.id and m.disabled_at is null
    left join foundation.session s on s.id = e.session_id
    where s.only_org is null or s.only_org = m.org_id
    order by e.at, e.id
  )
  select count(*)::integer from told
$$;

revoke execute on function foundation.note_denied, foundation.note_reads, foundation.keep_journal,
  foundation.remember_untold, foundation.tell_sign_ins from public;
grant execute on function foundation.note_denied, foundation.note_reads, foundation.tell_sign_ins to commonhall_app;

-- The list for pages. `changes` has old and new side by side; what is no change has its `detail`. The title is filled
-- in by the server, as the reader may know it.
create index audit_seal_sealed_at on foundation.audit_seal (org_id, sealed_at);
drop view foundation.audit_line;
create view foundation.audit_line with (security_invoker) as
  select e.org_id, e.id, 1 as version, e.at as created_at, e.at as updated_at, e.at,
    case when act = 'denied' then 'denied' when act in ('read', 'export') then 'read'
      when resource = 'foundation.sign_in' then 'sign-in' else 'change' end as kind,
    e.actor, e.actor_name, e.act, e.resource, e.record, null::text as title,
    case when not (act in ('denied', 'read', 'export') or resource = 'foundation.sign_in') then (
      select jsonb_object_agg(key, jsonb_build_array(foundation.exact(e.old -> key), foundation.exact(e.new -> key)))
      from jsonb_object_keys(coalesce(e.old, '{}') || coalesce(e.new, '{}')) key) end as changes,
    case when act in ('denied', 'read', 'export') or resource = 'foundation.sign_in' then e.new end as detail,
    e.via, e.address, e.cause, e.request_id, (
      select s.n::integer from foundation.audit_seal s
      where s.org_id = e.org_id and s.sealed_at >= e.at and e.id = any(s.entry_ids)
      order by s.sealed_at limit 1) as sealed_in
  from foundation.audit_entry e;
grant select on foundation.audit_line to commonhall_app;
