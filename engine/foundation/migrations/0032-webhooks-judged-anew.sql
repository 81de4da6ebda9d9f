-- What a webhook tells is judged by what its owner may read now, and what is due is found without reading what waits.

-- For whose eyes the body was made: the owner, with all that they might do then. For others it is made anew.
alter table foundation.webhook_delivery add column made_for text;

create index webhook_delivery_due on foundation.webhook_delivery (org_id, webhook_id, next_at) where state = 'waiting';
create index webhook_delivery_test on foundation.webhook_delivery (org_id, webhook_id)
  where state = 'waiting' and origin = 'test';

-- As before. It is asked after each commit: of a webhook that is paused or rests, nothing of what waits for it is read.
create or replace function foundation.webhooks_due(p_orgs uuid[] default null)
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
