-- What people do with their own account: confirm and change their address, look at their sessions and end them. As with
-- all of sign-in, each step is one of the owner's functions.

-- The address that a mailed link confirms. Another one than the person has now: they are changing over to it.
create table foundation.email_token (
  token_hash bytea primary key,
  user_id uuid not null references foundation.user on delete cascade,
  email public.citext not null,
  expires_at timestamptz not null
);
create index email_token_user on foundation.email_token (user_id);
alter table foundation.email_token enable row level security;

-- The person behind a session, for what only people do with their own account; no row for the session of an API key.
create function foundation.own_account(p_session uuid)
returns table (user_id uuid, email text, name text, proved_at timestamptz, email_verified boolean)
language sql stable security definer set search_path = '' as $$
  select u.id, u.email::text, u.name, s.proved_at, u.email_verified_at is not null
  from foundation.session s join foundation.user u on u.id = s.user_id
  where s.id = p_session and s.ended_at is null and s.expires_at > now() and s.scopes is null
    and u.disabled_at is null and u.kind = 'person'
$$;

-- Sessions -----------------------------------------------------------------------------------------------------------

-- The living sessions of the person behind this one, this one first.
create function foundation.own_sessions(p_session uuid)
returns table (
  id uuid, device text, address text, started_at timestamptz, last_seen_at timestamptz, second_factor text,
  current boolean
) language sql stable security definer set search_path = '' as $$
  select s.id, s.device, host(s.address), s.started_at, s.last_seen_at, s.second_factor, s.id = p_session
  from foundation.own_account(p_session) me join foundation.session s on s.user_id = me.user_id
  where s.ended_at is null and s.expires_at > now() and s.scopes is null
  order by s.id = p_session desc, s.last_seen_at desc, s.id limit 200
$$;

-- Ends one session of the person behind `p_session`. False: they have no such session.
create function foundation.end_own_session(p_session uuid, p_ended uuid, p_address inet, p_request text)
returns boolean language sql security definer set search_path = '' as $$
  select coalesce((select foundation.end_session(s.id, 'session-ended', p_address, p_request)
    from foundation.own_account(p_session) me join foundation.session s on s.user_id = me.user_id
    where s.id = p_ended and s.scopes is null), false)
$$;

-- Ends all but this one, those of API keys aside. Answers how many.
create function foundation.end_other_sessions(p_session uuid, p_address inet, p_request text) returns integer
language sql security definer set search_path = '' as $$
  select count(*) filter (where foundation.end_session(s.id, 'session-ended', p_address, p_request))::integer
  from foundation.own_account(p_session) me join foundation.session s on s.user_id = me.user_id
  where s.id <> p_session and s.ended_at is null and s.scopes is null
$$;

-- The e-mail address -------------------------------------------------------------------------------------------------

-- Whether another link may be mailed for this person. 0: go on. Otherwise the seconds to wait.
create function foundation.allow_email_link(p_session uuid, p_email text, p_address inet, p_request text)
returns integer language plpgsql security definer set search_path = '' as $$
declare
  me record;
  wait_s integer;
begin
  select * into me from foundation.own_account(p_session);
  if not found then
    return 0;
  end if;
  wait_s := foundation.take_try('email-link:' || me.user_id, 5, '1 hour');
  if wait_s = 0 then
    perform foundation.note_sign_in(
      case when me.email::public.citext operator(public.=) p_email::public.citext then 'email-verification-requested'
        else 'email-change-requested' end, me.user_id, p_email, p_session, p_address, p_request);
  end if;
  return wait_s;
end $$;

-- Keeps a link for this address. `taken`: somebody else has it, and no link works. No row: the person cannot sign in.
create function foundation.issue_email_link(p_user uuid, p_email text, p_token_hash bytea)
returns table (name text, present text, taken boolean) language plpgsql security definer set search_path = '' as $$
declare
  person foundation.user;
begin
  delete from foundation.email_token where expires_at < now();
  select * into person from foundation.user u where u.id = p_user and u.disabled_at is null;
  if not found then
    return;
  end if;
  name := person.name;
  present := person.email;
  taken := exists (
    select from foundation.user u where u.email operator(public.=) p_email::public.citext and u.id <> p_user);
  if not taken then
    insert into foundation.email_token (token_hash, user_id, email, expires_at)
    values (p_token_hash, p_user, p_email::public.citext, now() + interval '24 hours');
  end if;
  return next;
end $$;

-- Confirms the address of a link, once; with it the person changes over if it is not theirs yet. The other links of
-- the person are spent then, and so are links for a new password that lie in the mailbox they leave.
create function foundation.confirm_email(p_token_hash bytea, p_address inet, p_request text)
returns table (outcome text, email text) language plpgsql security definer set search_path = '' as $$
declare
  person foundation.user;
  token foundation.email_token;
  moves boolean;
begin
  outcome := 'spent';
  select u.* into person from foundation.user u where u.disabled_at is null and u.id = (
    select t.user_id from foundation.email_token t where t.token_hash = p_token_hash and t.expires_at > now())
  for update;
  -- Whoever waited for the row above finds the link gone.
  delete from foundation.email_token t where t.token_hash = p_token_hash and t.user_id = person.id
  returning * into token;
  if not found then
    return next;
    return;
  end if;
  -- As text: a change of letter case is one.
  moves := person.email::text <> token.email::text;
  email := token.email;
  begin
    update foundation.user u set email = token.email, email_verified_at = now() where u.id = person.id;
  exception when unique_violation then
    outcome := 'taken';
    return next;
    return;
  end;
  delete from foundation.email_token t where t.user_id = person.id;
  if moves then
    delete from foundation.reset_token t where t.user_id = person.id;
  end if;
  outcome := case when moves then 'changed' else 'verified' end;
  perform foundation.note_sign_in('email-' || outcome, person.id, email, null, p_address, p_request);
  return next;
end $$;

-- As in 0007, and: the link came by mail, so the address is confirmed; a change that somebody else began ends here.
create or replace function foundation.confirm_reset(
  p_token_hash bytea, p_password_hash text, p_address inet, p_request text
) returns boolean language plpgsql security definer set search_path = '' as $$
declare
  person foundation.user;
begin
  select u.* into person from foundation.user u where u.disabled_at is null and u.id = (
    select t.user_id from foundation.reset_token t where t.token_hash = p_token_hash and t.expires_at > now())
  for update;
  if not found then
    return false;
  end if;
  -- Whoever waited for the row above finds the link gone.
  delete from foundation.reset_token where token_hash = p_token_hash;
  if not found then
    return false;
  end if;
  delete from foundation.reset_token where user_id = person.id;
  delete from foundation.email_token where user_id = person.id;
  delete from foundation.known_device where user_id = person.id;
  delete from foundation.sign_in_attempt where subject = 'email:' || lower(person.email);
  update foundation.user set password_hash = p_password_hash, locked_at = null,
    email_verified_at = coalesce(email_verified_at, now()) where id = person.id;
  perform foundation.end_session(s.id, 'password-reset', p_address, p_request)
  from foundation.session s where s.user_id = person.id and s.ended_at is null;
  perform foundation.note_sign_in('password-changed', person.id, person.email::text, null, p_address, p_request);
  return true;
end $$;

-- Functions are open to everybody unless somebody says otherwise.
revoke execute on function foundation.own_account, foundation.own_sessions, foundation.end_own_session,
  foundation.end_other_sessions, foundation.allow_email_link, foundation.issue_email_link, foundation.confirm_email from
  public;
grant execute on function foundation.own_account, foundation.own_sessions, foundation.end_own_session,
  foundation.end_other_sessions, foundation.allow_email_link, foundation.issue_email_link, foundation.confirm_email to
  commonhall_app;
