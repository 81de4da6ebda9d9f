-- Jobs note in their own transaction that they are done, and keep the order of the record that they are about.

-- Which record an event is about, as its declaration says.
alter table foundation.event add column record uuid;

-- A delivery is a job that completes itself in the subscriber's transaction: nothing else has to remember it. What has
-- been delivered, and was not yet noted as done when the server was stopped, is done.
do $$
begin
  if to_regclass('queue.job') is not null then
    execute $sql$
      update queue.job j set state = 'completed', completed_on = now() from foundation.delivery d
      where j.name = 'foundation.deliver-event' and j.state < 'completed' and d.org_id::text = j.data ->> 'org'
        and d.event_id::text = j.data -> 'payload' ->> 'event' and d.subscriber = j.data -> 'payload' ->> 'subscriber'
    $sql$;
  end if;
end $$;
drop table foundation.delivery;

-- An org as the worker has to know it: whether its work waits.
create function foundation.org_for_work(p_org text)
returns table (id uuid, slug text, name text, kind text, accent text, time_zone text, modules text[], suspended boolean)
language sql stable security definer set search_path = '' as $$
  select id, slug, name, kind, accent, time_zone, modules, suspended_at is not null from foundation.org
  where id::text = p_org
$$;
revoke execute on function foundation.org_for_work from public;
grant execute on function foundation.org_for_work to commonhall_app;
