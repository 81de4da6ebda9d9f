-- Work that waits, as hosts see it and as whoever watches over the machine measures it.

-- Work of the house belongs to no org.
alter table foundation.host_act alter org drop not null, alter slug drop not null;

-- Counted over all orgs, every few seconds.
create index mail_message_waiting on foundation.mail_message (created_at) where state = 'queued';
create index mail_message_lately on foundation.mail_message (at, state);
create index account_mail_waiting on foundation.account_mail (created_at) where state = 'queued';

-- How many mails wait and since when, what became of those of the last hour, which addresses get none, and how
-- webhooks are doing: numbers over all orgs, and nothing by which one could be told from another.
create function foundation.work_figures() returns jsonb language sql stable security definer set search_path = '' as $$
  with waiting (since) as (
    select m.created_at from foundation.mail_message m where m.state = 'queued'
    union all select a.created_at from foundation.account_mail a where a.state = 'queued'),
  lately (state) as (
    select m.state from foundation.mail_message m where m.at > now() - interval '1 hour'
    union all select a.state from foundation.account_mail a where a.at > now() - interval '1 hour')
  select jsonb_build_object(
    'mails_waiting', (select count(*) from waiting),
    'mail_oldest_seconds', (select extract(epoch from now() - min(since)) from waiting),
    'mails_last_hour', (select coalesce(jsonb_object_agg(state, many), '{}')
      from (select state, count(*) as many from lately where state <> 'queued' group by state) s),
    'suppressed_addresses', foundation.count_suppressed(),
    'webhook_messages_waiting', f.waiting, 'webhook_oldest_seconds', f.oldest_waiting_seconds,
    'webhooks_paused', f.paused, 'webhooks_disabled', f.disabled)
  from foundation.webhook_figures() f
$$;

-- Tries dead letters again, with all their tries: the given ones, or all of the queue. Not those whose work another one
-- will do: one that waits under the same key, or else the latest that died under it.
create function foundation.retry_jobs(p_queue text, p_ids uuid[]) returns table (job uuid, org text)
language plpgsql set search_path = '' as $$
begin
  return query with latest (job) as (
    select distinct on (coalesce(j.singleton_key, j.id::text)) j.id from queue.job j
    where j.name = p_queue and (p_ids is null or j.id = any (p_ids)) and j.state = 'failed'
    order by coalesce(j.singleton_key, j.id::text), j.completed_on desc)
  update queue.job j set state = 'retry', retry_count = 0, started_on = null, completed_on = null,
    output = null, start_after = now(), keep_until = now() + interval '1 year',
    deletion_seconds = (select q.deletion_seconds from queue.queue q where q.name = j.name)
  from latest l where j.name = p_queue and j.id = l.job and j.state = 'failed'
    and (j.policy = 'key_strict_fifo' or not exists (select from queue.job w
      where w.name = j.name and w.singleton_key = j.singleton_key and w.state < 'active'))
  returning j.id, j.data ->> 'org';
end $$;

-- Throws dead letters away: the given ones, or all of the queue.
create function foundation.discard_jobs(p_queue text, p_ids uuid[]) returns table (job uuid, org text)
language plpgsql set search_path = '' as $$
begin
  return query delete from queue.job j
  where j.name = p_queue and (p_ids is null or j.id = any (p_ids)) and j.state = 'failed'
  returning j.id, j.data ->> 'org';
end $$;

-- A host tries dead letters again or throws them away; answers how many. The hosts' journal has a line for each org
-- whose work it was, and so has the trail of that org.
create function foundation.host_settle_jobs(
  p_session uuid, p_discard boolean, p_queue text, p_ids uuid[], p_request text, p_address text
) returns integer language plpgsql security definer set search_path = '' as $$
declare
  person foundation.user := foundation.host_of(p_session, true);
  name text := case when p_discard then 'discard-jobs' else 'retry-jobs' end;
  orgs text[];
begin
  if p_discard then
    select array_agg(d.org) into orgs from foundation.discard_jobs(p_queue, p_ids) d;
  else
    select array_agg(r.org) into orgs from foundation.retry_jobs(p_queue, p_ids) r;
  end if;
  with touched as (
    select o.id, o.slug, jsonb_build_object('queue', p_queue, 'count', count(*)) as told
    from unnest(orgs) as t (org) left join foundation.org o on o.id::text = t.org group by o.id, o.slug),
  journaled as (
    insert into foundation.host_act (host, host_name, act, org, slug, detail, address, request_id)
    select person.id, person.name, name, t.id, t.slug, jsonb_build_object('new', t.told), p_address, p_request
    from touched t)
  insert into foundation.audit_entry
    (org_id, actor, actor_name, act, resource, record, new, via, request_id, address)
  select t.id, person.id, person.name, name, 'foundation.org', t.id, t.told, 'host', p_request, p_address
  from touched t where t.id is not null;
  return coalesce(cardinality(orgs), 0);
end $$;

revoke execute on function foundation.work_figures, foundation.retry_jobs, foundation.discard_jobs,
  foundation.host_settle_jobs from public;
grant execute on function foundation.work_figures, foundation.retry_jobs, foundation.discard_jobs,
  foundation.host_settle_jobs to commonhall_app;
