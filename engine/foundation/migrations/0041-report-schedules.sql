-- Reports that go out by mail, every week or every month, in the org's time zone. See
-- docs/decisions/0042-the-report-machine.md.
create table foundation.report_schedule (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  report text collate "en-x-icu" not null check (length(report) between 1 and 120),
  -- What it is asked for: names and texts of its address. Days are told by a name, such as last-week.
  asked jsonb not null default '{}' check (jsonb_typeof(asked) = 'object'),
  format text collate "en-x-icu" not null default 'pdf' check (format in ('pdf', 'xlsx', 'csv')),
  every text collate "en-x-icu" not null check (every in ('week', 'month')),
  -- 1 Monday … 7 Sunday, or the day of the month; in shorter months the last one.
  day integer not null check (day between 1 and case every when 'week' then 7 else 31 end),
  hour integer not null default 7 check (hour between 0 and 23),
  -- Ids of people. Whether each may still read the report is asked when it goes out.
  recipients jsonb not null
    check (jsonb_typeof(recipients) = 'array' and jsonb_array_length(recipients) between 1 and 50),
  state text collate "en-x-icu" not null default 'active' check (state in ('active', 'paused')),
  made_by uuid,
  -- When it goes out next, and when it last did.
  next_at timestamptz,
  last_at timestamptz,
  primary key (org_id, id)
);
create index report_schedule_report on foundation.report_schedule (org_id, report, id);
create index report_schedule_made_by on foundation.report_schedule (org_id, made_by, id);
create index report_schedule_due on foundation.report_schedule (next_at) where state = 'active';
select foundation.guard_table('foundation.report_schedule');
select foundation.audit_table('foundation.report_schedule', 'foundation.report_schedule', array['next_at', 'last_at']);
-- The function below finds the work of all orgs.
create policy owner_rows on foundation.report_schedule to current_user using (true) with check (true);

-- In which orgs a report is due. A suspended org is not worked for.
create function foundation.orgs_with_due_reports(p_now timestamptz) returns table (org_id uuid)
language sql stable security definer set search_path = '' as $$
  select distinct s.org_id from foundation.report_schedule s
  join foundation.org o on o.id = s.org_id and o.suspended_at is null
  where s.state = 'active' and s.next_at <= p_now
$$;

-- Tells the trail that a report went to somebody by mail: they have it now, as if they had taken it out themselves.
create function foundation.note_mailed_report(p_user uuid, p_report text, p_detail jsonb, p_request text) returns void
language sql security definer set search_path = '' as $$
  insert into foundation.audit_entry (org_id, actor, actor_name, act, resource, new, via, request_id)
  select m.org_id, u.id, u.name, 'export', p_report, p_detail, 'job', p_request
  from foundation.membership m join foundation.user u on u.id = m.user_id
  where m.org_id = foundation.current_org() and m.user_id = p_user
$$;

revoke execute on function foundation.orgs_with_due_reports, foundation.note_mailed_report from public;
grant execute on function foundation.orgs_with_due_reports, foundation.note_mailed_report to commonhall_app;

-- What hung on a mail that is kept to be looked at where no mail is sent: names and sizes.
alter table foundation.local_mail add column attachments jsonb not null default '[]';
