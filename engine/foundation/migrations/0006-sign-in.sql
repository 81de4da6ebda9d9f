-- Sign-in. Its tables belong to no org, because nobody knows yet who is asking; so the server's role cannot read them
-- at all. It calls the owner's functions below, each of which does one whole step and writes its line in the journal.

create table foundation.refresh_token (
  token_hash bytea primary key,
  session_id uuid not null references foundation.session on delete cascade,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- Used tokens stay as long as their session: one that comes back was stolen, or its thief was faster.
  rotated_at timestamptz
);
create index refresh_token_session on foundation.refresh_token (session_id);

create table foundation.reset_token (
  token_hash bytea primary key,
  user_id uuid not null references foundation.user on delete cascade,
  expires_at timestamptz not null
);
create index reset_token_user on foundation.reset_token (user_id);

-- A browser from which this person has signed in before. Strangers can lock an account, but not for these.
create table foundation.known_device (
  user_id uuid not null references foundation.user on delete cascade,
  device_id uuid not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  primary key (user_id, device_id)
);

-- Tries by whoever makes them: `email:…`, `network:…`, `device:…`. Kept for unknown addresses too, so that a limit
-- or a lock does not tell who has an account.
create table foundation.sign_in_attempt (
  subject text primary key,
  tries integer not null,
  window_ends_at timestamptz not null,
  -- Failures since the last success.
  streak integer not null default 0,
  locked_at timestamptz
);

-- The journal of sign-in: what happened before an org was known. Lines are added, never changed or removed.
create table foundation.sign_in_event (
  id uuid primary key default uuidv7(),
  at timestamptz not null default clock_timestamp(),
  what text not null,
  user_id uuid,
  email text,
  session_id uuid,
  address inet,
  request_id text
);
create index sign_in_event_user on foundation.sign_in_event (user_id, at);

-- Mail that would have been sent, where no mail server is set up.
create table foundation.local_mail (
  id uuid primary key default uuidv7(),
  at timestamptz not null default clock_timestamp(),
  recipient text not null,
  subject text not null,
  plain text not null,
  html text not null
);

alter table foundation.refresh_token enable row level security;
alter table foundation.reset_token enable row level security;
alter table foundation.known_device enable row level security;
alter table foundation.sign_in_attempt enable row level security;
alter table foundation.sign_in_event enable row level security;
alter table foundation.local_mail enable row level security;

-- People read their own lines, and an org those of its people.
create policy own_and_colleagues on foundation.sign_in_event for select using (
  user_id = foundation.current_actor()
  or exists (select from foundation.membership m where m.user_id = sign_in_event.user_id));
grant select on foundation.sign_in_event to commonhall_app;

create policy house_mail on foundation.local_mail using (true) with check (true);
grant select, insert, delete on foundation.local_mail to commonhall_app;

-- Limits -------------------------------------------------------------------------------------------------------------

-- Counts one try. 0: go on. Otherwise the seconds to wait. One statement, so parallel tries cannot slip through.
create function foundation.take_try(p_subject text, p_most integer, p_window interval) returns integer
language sql set search_path = '' as $$
  insert into foundation.sign_in_attempt as a (subject, tries, window_ends_at) values (p_subject, 1, now() + p_window)
  on conflict (subject) do update set
    -- Stops at two above the limit: the first refusal is told from the later ones, and the count cannot overflow.
    tries = case when a.window_ends_at <= now() then 1 else least(a.tries, p_most + 1) + 1 end,
    window_ends_at = case when a.window_ends_at <= now() then now() + p_window else a.window_ends_at end
  returning case when tries <= p_most then 0
    else greatest(1, ceil(extract(epoch from window_ends_at - now())))::integer end
$$;

-- The same address block, whoever in it tries: one household or office, or one attacker's machines.
create function foundation.network_subject(p_address inet) returns text
language sql immutable set search_path = '' as $$
  select 'network:' || network(set_masklen(p_address, case family(p_address) when 4 then 24 else 56 end))
$$;

create function foundation.note_sign_in(
  p_what text, p_user uuid, p_email text, p_session uuid, p_address inet, p_request text
) returns void language sql set search_path = '' as $$
  insert into foundation.sign_in_event (what, user_id, email, session_id, address, request_id)
  values (p_what, p_user, p_email, p_session, p_address, p_request)
$$;

-- Signing in ---------------------------------------------------------------------------------------------------------

-- Before the password is looked at. The verdict: open, known-device, limited or locked. The same steps are taken, and
-- so the same time passes, for an address that nobody has.
create function foundation.begin_sign_in(p_email text, p_address inet, p_device uuid, p_request text)
returns table (verdict text, wait_s integer, user_id uuid, password_hash text)
language plpgsql security definer set search_path = '' as $$
declare
  person foundation.user;
  by_email text := 'email:' || lower(p_email);
  locked boolean;
begin
  select * into person from foundation.user u where u.email operator(public.=) p_email::public.citext;
  user_id := person.id;
  password_hash := case when person.disabled_at is null then person.password_hash end;
  wait_s := 0;
  if exists (select from foundation.known_device d where d.user_id = person.id and d.device_id = p_device) then
    if foundation.take_try('device:' || p_device || ':' || person.id, 5, '15 minutes') = 0 then
      verdict := 'known-device';
      return next;
      return;
    end if;
  end if;
  select case when person.id is null then a.locked_at is not null end into locked
  from foundation.sign_in_attempt a where a.subject = by_email;
  if coalesce(locked, false) or person.locked_at is not null then
    verdict := 'locked';
    return next;
    return;
  end if;
  select greatest(1, ceil(extract(epoch from a.window_ends_at - now())))::integer into wait_s
  from foundation.sign_in_attempt a
  where a.subject = foundation.network_subject(p_address) and a.tries >= 100 and a.window_ends_at > now();
  if wait_s is null then
    wait_s := foundation.take_try(by_email, 5, '15 minutes');
    if exists (select from foundation.sign_in_attempt a where a.subject = by_email and a.tries = 6) then
      perform foundation.note_sign_in('sign-in-limited', person.id, p_email, null, p_address, p_request);
    end if;
  end if;
  verdict := case wait_s when 0 then 'open' else 'limited' end;
  return next;
end $$;

-- A wrong password, or an address that nobody has. Every tenth in a row locks.
create function foundation.fail_sign_in(p_email text, p_user uuid, p_known_device uuid, p_address inet, p_request text)
returns void language plpgsql security definer set search_path = '' as $$
declare
  key text := case when p_known_device is null then 'email:' || lower(p_email)
    else 'device:' || p_known_device || ':' || p_user end;
  failures integer;
begin
  perform foundation.note_sign_in('sign-in-failed', p_user, p_email, null, p_address, p_request);
  perform foundation.take_try(foundation.network_subject(p_address), 100, '15 minutes');
  update foundation.sign_in_attempt set streak = streak + 1 where subject = key returning streak into failures;
  -- Nothing was counted when a success just before has cleared the count.
  if coalesce(failures, 1) % 10 <> 0 then
    return;
  end if;
  if p_known_device is not null then
    delete from foundation.known_device where user_id = p_user and device_id = p_known_device;
    return;
  end if;
  update foundation.sign_in_attempt set locked_at = now() where subject = key;
  update foundation.user set locked_at = now() where id = p_user;
  perform foundation.note_sign_in('account-locked', p_user, p_email, null, p_address, p_request);
end $$;

-- How long a session lives from now on: a week after its last refresh, and never longer than 90 days.
create function foundation.session_end(p_started_at timestamptz) returns timestamptz language sql stable
  return least(now() + interval '7 days', p_started_at + interval '90 days');

-- Who a living session is, and the orgs they belong to with their roles there. Null: no such session.
create function foundation.whoami(p_session uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'user', jsonb_build_object('id', u.id, 'email', u.email, 'name', u.name, 'is_host', u.is_host),
    'orgs', coalesce((
      select jsonb_agg(jsonb_build_object('slug', o.slug, 'name', o.name, 'kind', o.kind, 'roles', coalesce((
          select jsonb_agg(r.name order by r.name)
          from foundation.grant g join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
          where g.org_id = o.id and g.user_id = u.id), '[]')) order by o.name)
      from foundation.membership m join foundation.org o on o.id = m.org_id and o.suspended_at is null
      where m.user_id = u.id), '[]'))
  from foundation.session s join foundation.user u on u.id = s.user_id
  where s.id = p_session and s.ended_at is null and s.expires_at > now() and u.disabled_at is null
$$;

-- After the right password. No row when it was changed, or the person disabled, while it was being checked.
create function foundation.start_session(
  p_user uuid, p_password_hash text, p_refresh_hash bytea, p_agent text, p_device uuid, p_by_device boolean,
  p_address inet, p_request text
) returns table (session_id uuid, person jsonb) language plpgsql security definer set search_path = '' as $$
declare
  found_email text;
begin
  select u.email into found_email from foundation.user u
  where u.id = p_user and u.password_hash = p_password_hash and u.disabled_at is null for share;
  if not found then
    return;
  end if;
  -- A stranger's failures stay counted when the owner comes in from a known device.
  delete from foundation.sign_in_attempt
  where subject = case when p_by_device then 'device:' || p_device || ':' || p_user
    else 'email:' || lower(found_email) end;
  insert into foundation.session (user_id, expires_at, device, address)
  values (p_user, foundation.session_end(now()), p_agent, p_address) returning id into session_id;
  insert into foundation.refresh_token (token_hash, session_id, expires_at)
  values (p_refresh_hash, session_id, foundation.session_end(now()));
  if p_device is not null then
    insert into foundation.known_device (user_id, device_id) values (p_user, p_device)
    on conflict (user_id, device_id) do update set last_seen_at = now();
  end if;
  perform foundation.note_sign_in('signed-in', p_user, found_email, session_id, p_address, p_request);
  person := foundation.whoami(session_id);
  return next;
end $$;

-- Functions are open to everybody unless somebody says otherwise.
revoke execute on function foundation.take_try, foundation.network_subject, foundation.note_sign_in,
  foundation.begin_sign_in, foundation.fail_sign_in, foundation.session_end, foundation.whoami,
  foundation.start_session from public;
grant execute on function foundation.begin_sign_in, foundation.fail_sign_in, foundation.whoami,
  foundation.start_session to commonhall_app;
