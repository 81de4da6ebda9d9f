-- Messages for webhooks, written where the audit trail and the outbox are: whatever is committed is announced, whatever
-- is rolled back is not, and where no webhook listens it costs one look at an index.

create function foundation.announce_entries() returns trigger language plpgsql security definer
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
        when 'delete' then 'deleted' else n.act end as type
    from new_rows n where n.record is not null) e
  join foundation.webhook_setup w on w.org_id = e.org_id and w.events ? e.type
  order by e.id;
  return null;
end $$;
create trigger announce_entries after insert on foundation.audit_entry referencing new table as new_rows
  for each statement execute function foundation.announce_entries();

create function foundation.announce_events() returns trigger language plpgsql security definer
set search_path = '' as $$
begin
  insert into foundation.webhook_delivery (org_id, webhook_id, type, origin, source)
  select e.org_id, w.id, e.name, 'event', e.id
  from new_rows e join foundation.webhook_setup w on w.org_id = e.org_id and w.events ? e.name
  order by e.id;
  return null;
end $$;
create trigger announce_events after insert on foundation.event referencing new table as new_rows
  for each statement execute function foundation.announce_events();

-- What is erased from the trail or the outbox is erased from the messages that were made of it.
create function foundation.forget_told(p_org uuid, p_sources uuid[]) returns void language plpgsql
set search_path = '' as $$
begin
  update foundation.webhook_attempt a set answer = null from foundation.webhook_delivery d
  where d.org_id = p_org and d.source = any (p_sources) and a.org_id = d.org_id and a.delivery_id = d.id
    and a.answer is not null;
  update foundation.webhook_delivery d set body = null
  where d.org_id = p_org and d.source = any (p_sources) and d.body is not null;
end $$;

create function foundation.forget_erased_entries() returns trigger language plpgsql security definer
set search_path = '' as $$
begin
  perform foundation.forget_told(e.org_id, array_agg(e.entry_id)) from new_rows e group by e.org_id;
  return null;
end $$;
create trigger forget_erased_entries after insert on foundation.audit_erasure referencing new table as new_rows
  for each statement execute function foundation.forget_erased_entries();

create function foundation.forget_erased_events() returns trigger language plpgsql security definer
set search_path = '' as $$
begin
  perform foundation.forget_told(e.org_id, array_agg(e.id)) from old_rows e group by e.org_id;
  return null;
end $$;
create trigger forget_erased_events after delete on foundation.event referencing old table as old_rows
  for each statement execute function foundation.forget_erased_events();

-- Webhooks that have something to send now: of these orgs, or of all. It is asked after each commit: of a webhook that
-- is paused or rests, nothing of what waits for it is read.
create function foundation.webhooks_due(p_orgs uuid[] default null)
returns table (org uuid, webhook uuid) language sql stable security definer set search_path = '' as $$
  select w.org_id, w.id
  from foundation.webhook_setup w join foundation.org o on o.id = w.org_id and o.suspended_at is null
  cross join lateral (
    (select from foundation.webhook_delivery d
      where d.org_id = w.org_id and d.webhook_id = w.id and d.state = 'waiting' and d.next_at <= now()
        and coalesce(d.held_until <= now(), true)
        and w.state = 'active' and coalesce(w.resting_until <= now(), true)
        -- What waits for an earlier one of its record is not to be woken for: looking for it is a commit too.
        and (d.record is null or not exists (
          select from foundation.webhook_delivery e where e.org_id = d.org_id and e.webhook_id = d.webhook_id
            and e.state = 'waiting' and e.record = d.record and e.id < d.id))
      order by d.next_at limit 1)
    union all
    (select from foundation.webhook_delivery d
      where d.org_id = w.org_id and d.webhook_id = w.id and d.state = 'waiting' and d.origin = 'test'
        and d.next_at <= now() and coalesce(d.held_until <= now(), true) limit 1)
    limit 1) due
  where p_orgs is null or w.org_id = any (p_orgs)
$$;

-- How the webhooks of the whole house are, for those who watch over it.
create function foundation.webhook_figures(
  out waiting bigint, out oldest_waiting_seconds numeric, out paused bigint, out disabled bigint
) language sql stable security definer set search_path = '' as $$
  select count(d.id), coalesce(extract(epoch from now() - min(d.created_at)), 0),
    (select count(*) from foundation.webhook_setup w where w.state = 'paused'),
    (select count(*) from foundation.webhook_setup w where w.state = 'disabled')
  from foundation.webhook_delivery d join foundation.webhook_setup w on w.org_id = d.org_id and w.id = d.webhook_id
  where d.state = 'waiting' and w.state = 'active'
$$;

revoke execute on function foundation.announce_entries, foundation.announce_events, foundation.forget_told,
  foundation.forget_erased_entries, foundation.forget_erased_events, foundation.webhooks_due,
  foundation.webhook_figures from public;
grant execute on function foundation.webhooks_due, foundation.webhook_figures to commonhall_app;
