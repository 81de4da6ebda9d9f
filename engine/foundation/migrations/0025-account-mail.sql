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
  -- Not of mail to an address that is not theirs yet: whether it came would tell them whether somebody else has it.
  if not exists (select from foundation.user u
    where u.id = mail.user_id and u.email operator(public.=) mail.email::public.citext)
  then
    return true;
  end if;
  perform foundation.note_sign_in('mail-' || p_state, mail.user_id, mail.email, null, null, null);
  if p_state = 'bounced' then
    insert into foundation.mail_suppression as s (org_id, email, name, person, reason, answer)
    select b.org_id, mail.email, u.name, u.id, 'bounced', left(p_answer, 100)
    from foundation.user u join foundation.membership b on b.user_id = u.id and b.disabled_at is null
    where u.id = mail.user_id
    on conflict (org_id, email) do update set state = 'suppressed', reason = 'bounced', answer = excluded.answer,
      suppressed_at = now(), version = s.version + 1, updated_at = now()
    where s.state = 'lifted';
  end if;
  return true;
end $$;

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

revoke execute on function foundation.begin_account_mail, foundation.end_account_mail, foundation.lift_account_mail,
  foundation.lift_confirmed, foundation.forget_account_mail, foundation.erase_beside, foundation.erase_from_mail
  from public;
grant execute on function foundation.begin_account_mail, foundation.end_account_mail, foundation.forget_account_mail
  to commonhall_app;
