-- Second factors: passkeys, codes of an authenticator app, recovery codes. As with passwords, the server's role reaches
-- none of these tables; each of the owner's functions below does one whole step and writes its line in the journal.

create table foundation.passkey (
  id uuid primary key default uuidv7(),
  user_id uuid not null references foundation.user on delete cascade,
  credential_id bytea not null unique check (length(credential_id) between 1 and 1023),
  public_key bytea not null check (length(public_key) <= 4096),
  -- How often the authenticator says it has signed; it only grows, or stays 0 where passkeys are copied about.
  counter bigint not null,
  transports text[] not null default '{}',
  synced boolean not null,
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index passkey_by_user on foundation.passkey (user_id);

create table foundation.totp (
  user_id uuid primary key references foundation.user on delete cascade,
  -- The app's secret, encrypted by the server; the database alone can make no codes.
  sealed text,
  confirmed_at timestamptz,
  -- The last half minute whose code was used: no code works twice, nor an older one after it.
  last_step bigint not null default 0,
  -- A secret that was shown, and not yet confirmed by a code; the old one works until then.
  pending text,
  pending_at timestamptz
);

create table foundation.recovery_code (
  user_id uuid not null references foundation.user on delete cascade,
  code_hash bytea not null,
  made_at timestamptz not null default now(),
  used_at timestamptz,
  primary key (user_id, code_hash)
);

-- Tickets and challenges are sealed texts that the server does not keep; this is how each works only once.
create table foundation.spent_nonce (
  nonce bytea primary key,
  expires_at timestamptz not null
);

alter table foundation.passkey enable row level security;
alter table foundation.totp enable row level security;
alter table foundation.recovery_code enable row level security;
alter table foundation.spent_nonce enable row level security;

-- With what a person can take the second step. Empty: there is no second step for them.
create function foundation.second_steps(p_user uuid) returns text[]
language sql stable security definer set search_path = '' as $$
  with own as (select
    exists (select from foundation.passkey where user_id = p_user) as passkey,
    exists (select from foundation.totp where user_id = p_user and confirmed_at is not null) as totp,
    exists (select from foundation.recovery_code where user_id = p_user and used_at is null) as code)
  select case when passkey or totp then array_remove(array[case when passkey then 'passkey' end,
    case when totp then 'totp' end, case when code then 'recovery-code' end], null) else '{}' end from own
$$;

-- Uses up what was shown, so that it works once: the nonce of a ticket or challenge, a code, a passkey's count. The
-- server has checked it; of two that come at once with the same, one gets true.
create function foundation.spend_factor(p_user uuid, p_shown jsonb, p_address inet, p_request text) returns boolean
language plpgsql set search_path = '' as $$
declare
  p_nonce bytea := decode(p_shown->>'nonce', 'hex');
begin
  if p_shown is null then
    return false;
  end if;
  if p_nonce is not null then
    insert into foundation.spent_nonce (nonce, expires_at) values (p_nonce, now() + interval '15 minutes')
    on conflict do nothing;
    if not found then
      return false;
    end if;
  end if;
  case p_shown->>'method'
    when 'totp' then
      update foundation.totp set last_step = (p_shown->>'step')::bigint
      where user_id = p_user and confirmed_at is not null and last_step < (p_shown->>'step')::bigint;
    when 'recovery-code' then
      update foundation.recovery_code set used_at = now()
      where user_id = p_user and code_hash = decode(p_shown->>'hash', 'hex') and used_at is null;
    when 'passkey' then
      update foundation.passkey set counter = (p_shown->>'counter')::bigint, synced = (p_shown->>'synced')::boolean,
        last_used_at = now()
      where user_id = p_user and id = (p_shown->>'id')::uuid and counter = (p_shown->>'before')::bigint;
    when 'password' then
      perform from foundation.user where id = p_user and password_hash = p_shown->>'hash'
        and foundation.second_steps(p_user) = '{}';
  end case;
  if not found then
    delete from foundation.spent_nonce where nonce = p_nonce;
    return false;
  end if;
  if p_shown->>'method' = 'recovery-code' then
    perform foundation.note_sign_in('recovery-code-used', p_user, null, null, p_address, p_request);
  end if;
  return true;
end $$;

-- Signing in ---------------------------------------------------------------------------------------------------------

-- The session itself, once everything that it takes has been shown. `p_by`: which count of failures begins anew; a
-- stranger's failures stay counted when the owner comes in by a known device or a passkey.
create function foundation.open_session(
  p_user uuid, p_second_factor text, p_by text, p_refresh_hash bytea, p_agent text, p_device uuid, p_address inet,
  p_request text
) returns table (session_id uuid, person jsonb) language plpgsql set search_path = '' as $$
declare
  found_email text := (select email from foundation.user where id = p_user);
begin
  delete from foundation.sign_in_attempt where subject = case p_by when 'open' then 'email:' || lower(found_email)
    when 'known-device' then 'device:' || p_device || ':' || p_user end;
  insert into foundation.session (user_id, expires_at, device, address, second_factor)
  values (p_user, foundation.session_end(now()), p_agent, p_address, p_second_factor) returning id into session_id;
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

-- After the right password. No row when it was changed, or the person disabled, while it was being checked. With a
-- second factor it opens nothing: `methods` says with what to go on, and the tries stay counted.
drop function foundation.start_session;
create function foundation.start_session(
  p_user uuid, p_password_hash text, p_refresh_hash bytea, p_agent text, p_device uuid, p_by_device boolean,
  p_address inet, p_request text
) returns table (session_id uuid, person jsonb, methods text[])
language plpgsql security definer set search_path = '' as $$
begin
  perform from foundation.user u
  where u.id = p_user and u.password_hash = p_password_hash and u.disabled_at is null and u.kind = 'person' for share;
  if not found then
    return;
  end if;
  methods := foundation.second_steps(p_user);
  if methods = '{}' then
    select o.session_id, o.person into session_id, person from foundation.open_session(p_user, null,
      case when p_by_device then 'known-device' else 'open' end, p_refresh_hash, p_agent, p_device, p_address,
      p_request) o;
  else
    perform foundation.note_sign_in('second-factor-asked', p_user, null, null, p_address, p_request);
  end if;
  return next;
end $$;

-- What a code of this person is compared with.
create function foundation.totp_secret(p_user uuid) returns text
language sql stable security definer set search_path = '' as $$
  select sealed from foundation.totp where user_id = p_user and confirmed_at is not null
$$;

-- The second step, with a ticket that the right password was given for. The password must still be that one.
create function foundation.finish_sign_in(
  p_user uuid, p_password_digest bytea, p_shown jsonb, p_refresh_hash bytea, p_agent text, p_device uuid, p_by text,
  p_address inet, p_request text
) returns table (session_id uuid, person jsonb) language plpgsql security definer set search_path = '' as $$
begin
  perform from foundation.user u where u.id = p_user and u.disabled_at is null
    and sha256(convert_to(u.password_hash, 'UTF8')) = p_password_digest for share;
  if found and p_shown->>'method' in ('totp', 'recovery-code')
    and foundation.spend_factor(p_user, p_shown, p_address, p_request)
  then
    return query select * from foundation.open_session(p_user, p_shown->>'method', p_by, p_refresh_hash, p_agent,
      p_device, p_address, p_request);
  end if;
end $$;

-- A passkey by its credential.
create function foundation.find_passkey(p_credential bytea)
returns table (id uuid, user_id uuid, public_key bytea, counter bigint, transports text[])
language sql stable security definer set search_path = '' as $$
  select p.id, p.user_id, p.public_key, p.counter, p.transports
  from foundation.passkey p join foundation.user u on u.id = p.user_id
  where p.credential_id = p_credential and u.disabled_at is null
$$;

-- A passkey is both factors in one, and no guess: it gets in while the account is locked.
create function foundation.sign_in_by_passkey(
  p_user uuid, p_shown jsonb, p_refresh_hash bytea, p_agent text, p_device uuid, p_address inet, p_request text
) returns table (session_id uuid, person jsonb) language plpgsql security definer set search_path = '' as $$
begin
  perform from foundation.user u where u.id = p_user and u.disabled_at is null for share;
  if found and p_shown->>'method' = 'passkey' and foundation.spend_factor(p_user, p_shown, p_address, p_request) then
    return query select * from foundation.open_session(p_user, 'passkey', 'passkey', p_refresh_hash, p_agent,
      p_device, p_address, p_request);
  end if;
end $$;

-- A passkey that did not work. Noted up to a hundred times from one network, so that nobody floods the journal.
create function foundation.fail_passkey(p_user uuid, p_address inet, p_request text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if foundation.take_try('passkey-' || foundation.network_subject(p_address), 100, '15 minutes') = 0 then
    perform foundation.note_sign_in('passkey-failed', p_user, null, null, p_address, p_request);
  end if;
end $$;

-- As before, with the name of what failed: a wrong code counts and locks as a wrong password does.
drop function foundation.fail_sign_in;
create function foundation.fail_sign_in(
  p_email text, p_user uuid, p_known_device uuid, p_address inet, p_request text, p_what text default 'sign-in-failed'
) returns void language plpgsql security definer set search_path = '' as $$
declare
  key text := case when p_known_device is null then 'email:' || lower(p_email)
    else 'device:' || p_known_device || ':' || p_user end;
  failures integer;
begin
  perform foundation.note_sign_in(p_what, p_user, p_email, null, p_address, p_request);
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

revoke execute on function foundation.second_steps, foundation.spend_factor, foundation.open_session,
  foundation.start_session, foundation.totp_secret, foundation.finish_sign_in, foundation.find_passkey,
  foundation.sign_in_by_passkey, foundation.fail_passkey, foundation.fail_sign_in from public;
grant execute on function foundation.second_steps, foundation.start_session, foundation.totp_secret,
  foundation.finish_sign_in, foundation.find_passkey, foundation.sign_in_by_passkey, foundation.fail_passkey,
  foundation.fail_sign_in to commonhall_app;
