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

-- How many addresses get no mail: a number over all orgs, for whoever keeps the machine.
create function foundation.count_suppressed() returns integer language sql stable security definer
set search_path = '' as $$
  select count(*)::integer from foundation.mail_suppression where state = 'suppressed'
$$;
create policy owner_rows on foundation.mail_message to current_user using (true) with check (true);
create policy owner_rows on foundation.mail_suppression to current_user using (true) with check (true);

revoke execute on function foundation.write_mail_audit, foundation.suppress_address, foundation.begin_mail,
  foundation.end_mail, foundation.forget_mail, foundation.count_suppressed, foundation.issue_invitation from public;
grant execute on function foundation.suppress_address, foundation.begin_mail, foundation.end_mail,
  foundation.forget_mail, foundation.count_suppressed, foundation.issue_invitation to commonhall_app;
