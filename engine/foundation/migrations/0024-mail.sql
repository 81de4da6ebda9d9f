-- What becomes of mail: a line for each, and the addresses that get no more. Never what a mail said.

create table foundation.mail_message (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  kind text collate "en-x-icu" not null check (length(kind) <= 100),
  state text not null default 'queued'
    check (state in ('queued', 'sent', 'bounced', 'complained', 'suppressed', 'failed')),
  name text collate "en-x-icu" check (length(name) <= 200),
  email text collate "en-x-icu" not null check (length(email) <= 254),
  person uuid,
  attempts integer not null default 0,
  answer text collate "en-x-icu" check (length(answer) <= 100),
  at timestamptz not null default now(),
  primary key (org_id, id)
);
create index mail_message_at on foundation.mail_message (org_id, at, id);
create index mail_message_person on foundation.mail_message (org_id, person, id);
create index mail_message_state on foundation.mail_message (org_id, state, at, id);
select foundation.guard_table('foundation.mail_message');

create table foundation.mail_suppression (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  email public.citext not null check (length(email) <= 254),
  name text collate "en-x-icu" check (length(name) <= 200),
  person uuid,
  reason text not null check (reason in ('bounced', 'complained', 'unsubscribed')),
  state text not null default 'suppressed' check (state in ('suppressed', 'lifted')),
  answer text collate "en-x-icu" check (length(answer) <= 100),
  suppressed_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, email)
);
create index mail_suppression_suppressed_at on foundation.mail_suppression (org_id, suppressed_at, id);
create index mail_suppression_person on foundation.mail_suppression (org_id, person, id);
select foundation.guard_table('foundation.mail_suppression');
select foundation.audit_table('foundation.mail_suppression', 'foundation.mail_suppression');

-- One line in the trail for each outcome. A try that is to be repeated is no news.
create function foundation.write_mail_audit() returns trigger language plpgsql security definer set search_path = ''
as $$
begin
  insert into foundation.audit_entry (org_id, actor, actor_name, act, resource, record, new, via, request_id)
  values (new.org_id, foundation.current_actor(), foundation.setting('actor_name'), 'mail-' || new.state,
    'foundation.mail_message', new.id, jsonb_strip_nulls(jsonb_build_object('kind', new.kind, 'name', new.name,
      'email', new.email, 'person', new.person, 'state', new.state, 'answer', new.answer)),
    foundation.setting('via'), foundation.setting('request'));
  return null;
end $$;
create trigger audit_new_outcome after insert on foundation.mail_message for each row
  when (new.state <> 'queued') execute function foundation.write_mail_audit();
create trigger audit_outcome after update of state on foundation.mail_message for each row
  when (new.state is distinct from old.state and new.state <> 'queued') execute function foundation.write_mail_audit();

-- Suppresses the address of a mail of the open org. Mailed again since, and now refused again: it is suppressed anew.
create function foundation.suppress_address(p_mail uuid, p_reason text, p_answer text) returns void
language sql set search_path = '' as $$
  insert into foundation.mail_suppression as s (org_id, email, name, person, reason, answer)
  select m.org_id, m.email, m.name, m.person, p_reason, left(p_answer, 100)
  from foundation.mail_message m where m.org_id = foundation.current_org() and m.id = p_mail
  on conflict (org_id, email) do update set state = 'suppressed', reason = excluded.reason, answer = excluded.answer,
    suppressed_at = now(), version = s.version + 1, updated_at = now()
  where s.state = 'lifted'
$$;

-- Begins a try of a mail of the open org. State `suppressed`: the address gets no mail; any other than `queued`: this
-- very mail was settled before. What must reach people goes to those who complained, too, yet to no dead address.
create function foundation.begin_mail(
  p_id uuid, p_kind text, p_email text, p_name text, p_user uuid, p_always boolean
) returns table (state text, first_at timestamptz) language plpgsql set search_path = '' as $$
#variable_conflict use_column
begin
  insert into foundation.mail_message as m (id, kind, email, name, person, attempts)
  values (p_id, p_kind, p_email, left(p_name, 200), p_user, 1)
  on conflict (org_id, id) do update set attempts = m.attempts + 1, at = now(), version = m.version + 1,
    updated_at = now() where m.state = 'queued';
  if exists (select from foundation.mail_suppression s where s.org_id = foundation.current_org()
    and s.email operator(public.=) p_email::public.citext and s.state = 'suppressed'
    and (s.reason = 'bounced' or not p_always))
  then
    perform foundation.end_mail(p_id, 'suppressed', null);
  end if;
  return query select m.state, m.created_at from foundation.mail_message m
  where m.org_id = foundation.current_org() and m.id = p_id;
end $$;

-- What became of a mail of the open org. Each outcome is written down once: of a mail that waits any, of one that was
-- sent those that are heard of later. False: it was known, or there is no such mail.
create function foundation.end_mail(p_id uuid, p_state text, p_answer text) returns boolean
language plpgsql set search_path = '' as $$
begin
  update foundation.mail_message m set state = p_state, answer = left(p_answer, 100), at = now(),
    version = m.version + 1, updated_at = now()
  where m.org_id = foundation.current_org() and m.id = p_id and p_state <> 'queued'
    and (m.state = 'queued' or m.state = 'sent' and p_state <> 'sent');
  if not found then
    return false;
  end if;
  if p_state in ('bounced', 'complained') then
    perform foundation.suppress_address(p_id, p_state, p_answer);
  end if;
  return true;
end $$;

-- Mail that is old is forgotten, as the trail has its line; what was never settled is given up.
create function foundation.forget_mail() returns void language sql set search_path = '' as $$
  delete from foundation.mail_message
  where org_id = foundation.current_org() and at < now() - interval '1 year';
  select foundation.end_mail(id, 'failed', 'gave up') from foundation.mail_message
  where org_id = foundation.current_org() and state = 'queued' and at < now() - interval '5 days';
$$;

-- Mail about somebody's sign-in belongs to no org: its line is kept apart, out of the server's reach, and what became
-- of it stands in the journal of sign-in, from where the orgs of the person are told.
create table foundation.account_mail (
  id uuid primary key,
  user_id uuid references foundation.user on delete cascade,
  kind text not null,
  email text not null,
  state text not null default 'queued'
    check (state in ('queued', 'sent', 'bounced', 'complained', 'suppressed', 'failed')),
  attempts integer not null default 0,
  answer text,
  created_at timestamptz not null default now(),
  at timestamptz not null default now(),
  -- Since when a bounced address is mailed again.
  lifted_at timestamptz
);
create index account_mail_user on foundation.account_mail (user_id);
create index account_mail_at on foundation.account_mail (at);
create index account_mail_dead on foundation.account_mail (lower(email)) where state = 'bounced' and lifted_at is null;
alter table foundation.account_mail enable row level security;

-- Begins a try. State `suppressed`: the address is dead; any other than `queued`: this very mail was settled before.
-- Somebody asked for such mail and waits for it, so after a week a dead address is tried again.
create function foundation.begin_account_mail(p_id uuid, p_kind text, p_email text, p_user uuid)
returns table (state text, first_at timestamptz) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  person uuid := coalesce((select u.id from foundation.user u where u.id = p_user),
    (select u.id from foundation.user u where u.email operator(public.=) p_email::public.citext));
  dead boolean := exists (select from foundation.account_mail m
    where lower(m.email) = lower(p_email) and m.state = 'bounced' and m.lifted_at is null
      and m.at > now() - interval '7 days');
begin
  insert into foundation.account_mail as m (id, user_id, kind, email, attempts)
  values (p_id, person, p_kind, p_email, 1)
  on conflict (id) do update set attempts = m.attempts + 1, at = now() where m.state = 'queued';
  if dead then
    perform foundation.end_account_mail(p_id, 'suppressed', null);
  end if;
  return query select m.state, m.created_at from foundation.account_mail m where m.id = p_id;
end $$;

-- What became of a mail. Each outcome is written down once: of a mail that waits any, of one that was sent those that
-- are heard of later. A dead address is shown to those orgs of its person that would mail it.
create function foundation.end_account_mail(p_id uuid, p_state text, p_answer text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  mail foundation.account_mail;
begin
  update foundation.account_mail m set state = p_state, answer = left(p_answer, 100), at = now()
  where m.id = p_id and (m.state = 'queued' or m.state = 'sent' and p_state <> 'sent')
    and p_state <> 'queued'
  returning * into mail;
  if not found then
    return false;
  end if;
  if mail.user_id is null then
    return true;
  end if;
  perform foundation.note_sign_in('mail-' || p_state, mail.user_id, mail.email, null, null, null);
  if p_state = 'bounced' then
    insert into foundation.mail_suppression as s (org_id, email, name, person, reason, answer)
    select b.org_id, mail.email, u.name, u.id, 'bounced', left(p_answer, 100)
    from foundation.user u join foundation.membership b on b.user_id = u.id and b.disabled_at is null
    where u.id = mail.user_id and u.email operator(public.=) mail.email::public.citext
    on conflict (org_id, email) do update set state = 'suppressed', reason = 'bounced', answer = excluded.answer,
      suppressed_at = now(), version = s.version + 1, updated_at = now()
    where s.state = 'lifted';
  end if;
  return true;
end $$;
create policy owner_rows on foundation.mail_suppression to current_user using (true) with check (true);

-- An address that one org mails again is mailed again about the sign-in of its person, too.
create function foundation.lift_account_mail() returns trigger language plpgsql security definer set search_path = ''
as $$
begin
  update foundation.account_mail m set lifted_at = now()
  from foundation.membership b
  where lower(m.email) = lower(new.email::text) and m.state = 'bounced' and m.lifted_at is null
    and b.org_id = new.org_id and b.user_id = m.user_id;
  return null;
end $$;
create trigger lift_account_mail after update of state on foundation.mail_suppression for each row
  when (old.state = 'suppressed' and new.state = 'lifted') execute function foundation.lift_account_mail();

-- Whoever has just opened a link that was mailed to an address shows that it works: what bounced before is over.
create function foundation.lift_confirmed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update foundation.mail_suppression s set state = 'lifted', version = s.version + 1, updated_at = now()
  from foundation.membership b
  where b.user_id = new.id and s.org_id = b.org_id and s.email operator(public.=) new.email
    and s.reason = 'bounced' and s.state = 'suppressed';
  return null;
end $$;
create trigger lift_confirmed after update of email, email_verified_at on foundation.user for each row
  when (new.email_verified_at is not null
    and (new.email is distinct from old.email or new.email_verified_at is distinct from old.email_verified_at))
  execute function foundation.lift_confirmed();

-- Mail about sign-ins that is old is forgotten; what was never settled is given up.
create function foundation.forget_account_mail() returns void language sql security definer set search_path = '' as $$
  delete from foundation.account_mail where at < now() - interval '1 year';
  select foundation.end_account_mail(id, 'failed', 'gave up') from foundation.account_mail
  where state = 'queued' and at < now() - interval '5 days';
$$;

-- How many addresses get no mail: a number over all orgs, for whoever keeps the machine.
create function foundation.count_suppressed() returns integer language sql stable security definer
set search_path = '' as $$
  select count(*)::integer from foundation.mail_suppression where state = 'suppressed'
$$;

-- Where such mail is switched off, for the mailbox to show.
alter table foundation.local_mail add column unsubscribe text;

-- As before, and in whose name the mail goes.
drop function foundation.issue_invitation(uuid, bytea);
create function foundation.issue_invitation(p_id uuid, p_token_hash bytea)
returns table (email text, name text, roles text, org_id uuid, org_name text, invited_by text)
language sql security definer set search_path = '' as $$
  update foundation.issued_invitation i set token_hash = p_token_hash
  from foundation.org o
  where i.id = p_id and o.id = i.org_id and o.suspended_at is null
    and foundation.invitation_state(i.outcome, i.expires_at, i.org_id, i.invited_by) = 'pending'
  returning i.email::text, i.name, i.roles, o.id, o.name, i.invited_by_name
$$;

-- Erasing a person, as before; what later parts keep beside it is erased by a function of its own, so that they need
-- not say all of this again. It answers the ids of rows whose lines in the trail lose their content.
create function foundation.erase_beside(p_user uuid, p_fate text, p_records uuid[], p_marks text[]) returns uuid[]
language plpgsql set search_path = '' as $$
begin
  return foundation.erase_from_mail(p_user, p_fate, p_marks);
end $$;

create function foundation.erase_from_mail(p_user uuid, p_fate text, p_marks text[]) returns uuid[]
language plpgsql set search_path = '' as $$
declare
  org uuid := foundation.current_org();
  touched uuid[];
begin
  with lines as (
    update foundation.mail_message m set name = 'Erased person', email = 'erased-' || m.id || '@erased.invalid',
      person = null
    where m.org_id = org and (m.person = p_user or lower(m.email) = any (p_marks)) returning m.id
  ), addresses as (
    update foundation.mail_suppression s set name = 'Erased person', email = 'erased-' || s.id || '@erased.invalid',
      person = null
    where s.org_id = org and (s.person = p_user or lower(s.email::text) = any (p_marks)) returning s.id
  )
  select coalesce(array_agg(id), '{}') into touched from (select id from lines union all select id from addresses) a;
  if p_fate = 'erased' then
    delete from foundation.account_mail a where a.user_id = p_user;
  end if;
  return touched;
end $$;
create policy owner_rows on foundation.mail_message to current_user using (true) with check (true);

create or replace function foundation.erase_person(
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
  touched := touched || foundation.erase_beside(person, fate, p_records, marks);
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

revoke execute on function foundation.issue_invitation, foundation.suppress_address, foundation.begin_mail,
  foundation.end_mail, foundation.forget_mail, foundation.write_mail_audit, foundation.begin_account_mail,
  foundation.end_account_mail, foundation.lift_account_mail, foundation.lift_confirmed,
  foundation.forget_account_mail, foundation.count_suppressed, foundation.erase_beside, foundation.erase_from_mail
  from public;
grant execute on function foundation.issue_invitation, foundation.suppress_address, foundation.begin_mail,
  foundation.end_mail, foundation.forget_mail, foundation.begin_account_mail, foundation.end_account_mail,
  foundation.forget_account_mail, foundation.count_suppressed to commonhall_app;
