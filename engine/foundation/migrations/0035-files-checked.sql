-- Files that wait to be checked, as whoever watches over the machine measures it. The rest is as in 0031.
create or replace function foundation.work_figures() returns jsonb
language sql stable security definer set search_path = '' as $$
  with waiting (since) as (
    select m.created_at from foundation.mail_message m where m.state = 'queued'
    union all select a.created_at from foundation.account_mail a where a.state = 'queued'),
  lately (state) as (
    select m.state from foundation.mail_message m where m.at > now() - interval '1 hour'
    union all select a.state from foundation.account_mail a where a.at > now() - interval '1 hour'),
  files as (
    select count(*) as waiting, extract(epoch from now() - min(c.created_at)) as oldest
    from foundation.file_content c where c.verdict = 'waiting')
  select jsonb_build_object(
    'mails_waiting', (select count(*) from waiting),
    'mail_oldest_seconds', (select extract(epoch from now() - min(since)) from waiting),
    'mails_last_hour', (select coalesce(jsonb_object_agg(state, many), '{}')
      from (select state, count(*) as many from lately where state <> 'queued' group by state) s),
    'suppressed_addresses', foundation.count_suppressed(),
    'webhook_messages_waiting', f.waiting, 'webhook_oldest_seconds', f.oldest_waiting_seconds,
    'webhooks_paused', f.paused, 'webhooks_disabled', f.disabled,
    'files_waiting', files.waiting, 'files_oldest_seconds', files.oldest)
  from foundation.webhook_figures() f cross join files
$$;

-- Counted over all orgs by the owner, whom row-level security binds too.
drop policy if exists owner_rows on foundation.file_content;
create policy owner_rows on foundation.file_content to current_user using (true) with check (true);

-- What no scanner has seen, and what is held since there was none: looked at when there is one.
create index file_content_unscanned on foundation.file_content (org_id, sha256)
  where checked_by is null and (verdict = 'clean' or reason = 'unscanned');
