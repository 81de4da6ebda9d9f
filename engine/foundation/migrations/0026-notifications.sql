-- What people are told: one row a person and piece of news, written in the transaction of the change that it tells of.
-- See docs/decisions/0033-notifications.md.

create table foundation.notification (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  created_at timestamptz not null default now(),
  -- Its kind, as a module declares it.
  notice text not null check (length(notice) <= 100),
  -- Somebody who signs in, or a member who does not and is told by mail alone.
  user_id uuid,
  member_id uuid,
  recipient uuid not null generated always as (coalesce(user_id, member_id)) stored,
  -- The same people are told once under a key.
  key text check (length(key) <= 200),
  -- The record that it leads to.
  resource text,
  record uuid,
  payload jsonb not null check (octet_length(payload::text) <= 8000),
  in_inbox boolean not null,
  read_at timestamptz,
  -- How it is mailed; null: not at all.
  pace text check (pace in ('now', 'daily', 'weekly')),
  -- When it is to be mailed; what is to go out at once is due when it is made.
  mail_due_at timestamptz,
  -- The mail that it is in: one, for good.
  mail_id uuid,
  mailed_at timestamptz,
  primary key (org_id, id),
  -- Whoever leaves the org takes what they were told along.
  foreign key (org_id, user_id) references foundation.membership on delete cascade,
  check (num_nonnulls(user_id, member_id) = 1)
);
create unique index notification_once on foundation.notification (org_id, notice, key, recipient)
  where key is not null;
create index notification_inbox on foundation.notification (org_id, user_id, id) where in_inbox;
create index notification_unread on foundation.notification (org_id, user_id) where in_inbox and read_at is null;
create index notification_due on foundation.notification (mail_due_at)
  where mail_due_at is not null and mail_id is null;
create index notification_mail on foundation.notification (org_id, mail_id) where mail_id is not null;
select foundation.guard_table('foundation.notification');
-- A person's news are theirs alone. The house, which acts as nobody, mails them and cleans up; anybody may be told.
create policy own_rows on foundation.notification as restrictive to commonhall_app
  using (foundation.current_actor() is null or user_id = foundation.current_actor()) with check (true);
create policy owner_rows on foundation.notification to current_user using (true) with check (true);

-- How a person wants to be told in an org. An address stands for members who do not sign in, and who can do no more
-- than ask for no mail.
create table foundation.notification_setting (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  updated_at timestamptz not null default now(),
  user_id uuid,
  email public.citext check (length(email) <= 254),
  -- Where they differ from the notices' own ways: {"members.card-expires": {"inbox": false, "mail": "daily"}}.
  choices jsonb not null default '{}' check (jsonb_typeof(choices) = 'object'),
  -- Nothing by mail any more, but what everybody gets.
  no_mail boolean not null default false,
  digest_hour smallint not null default 7 check (digest_hour between 0 and 23),
  -- 1 Monday … 7 Sunday.
  digest_weekday smallint not null default 1 check (digest_weekday between 1 and 7),
  quiet_from text check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_until text check (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  -- Null: that of the org.
  time_zone text check (length(time_zone) <= 60),
  primary key (org_id, id),
  unique (org_id, user_id),
  unique (org_id, email),
  foreign key (org_id, user_id) references foundation.membership on delete cascade,
  check (num_nonnulls(user_id, email) = 1),
  check ((quiet_from is null) = (quiet_until is null))
);
select foundation.guard_table('foundation.notification_setting');

-- In which orgs mail waits whose time has come. A suspended org is not worked for.
create function foundation.orgs_with_mail(p_now timestamptz) returns table (org_id uuid)
language sql stable security definer set search_path = '' as $$
  select distinct n.org_id from foundation.notification n
  join foundation.org o on o.id = n.org_id and o.suspended_at is null
  where n.mail_due_at <= p_now and n.mail_id is null
$$;

-- Takes a person out of what others were told, and forgets what they were told themselves: rows that lead to one of
-- the records about them, or whose facts carry an id, an address or the name.
create function foundation.erase_notifications(
  p_person uuid, p_records uuid[], p_marks text[], p_key text, p_names text[]
) returns integer language plpgsql security definer set search_path = '' as $$
declare
  org uuid := foundation.current_org();
  person uuid := (select m.user_id from foundation.membership m where m.org_id = org and m.member_id = p_person);
  marks text[] := array(select foundation.fold(mark) from unnest(p_marks) mark where mark <> '');
  names text[] := array(select foundation.plain_words(name) from unnest(p_names) name
    where foundation.plain_words(name) <> '  ');
  told text := foundation.any_of(array(select id::text from unnest(p_records || p_person) id) || marks);
  gone integer;
begin
  delete from foundation.notification n where n.org_id = org and (
    n.member_id = p_person or n.user_id = person or n.record = any (p_records || p_person)
    or n.payload::text ~* told
    or foundation.is_about(jsonb_path_query_array(n.payload, '$.* ? (@.type() == "string")'), marks,
      foundation.fold(p_key), names));
  get diagnostics gone = row_count;
  delete from foundation.notification_setting s where s.org_id = org and lower(s.email::text) = any (marks);
  return gone;
end $$;

revoke execute on function foundation.orgs_with_mail, foundation.erase_notifications from public;
grant execute on function foundation.orgs_with_mail, foundation.erase_notifications to commonhall_app;
