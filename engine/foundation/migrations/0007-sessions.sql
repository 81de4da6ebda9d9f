-- What happens to sessions once they stand: refreshed, ended, and all of them when a password is reset.

-- Sessions -----------------------------------------------------------------------------------------------------------

create function foundation.end_session(p_session uuid, p_because text, p_address inet, p_request text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  person uuid;
begin
  update foundation.session set ended_at = now(), ended_because = p_because
  where id = p_session and ended_at is null returning user_id into person;
  if person is null then
    return false;
  end if;
  perform foundation.note_sign_in(p_because, person, null, p_session, p_address, p_request);
  return true;
end $$;

create function foundation.session_of_refresh(p_hash bytea) returns uuid
language sql stable security definer set search_path = '' as $$
  select session_id from foundation.refresh_token where token_hash = p_hash
$$;

-- Changes a refresh token for the next one. Of parallel tries with the same token one is first; any other means that
-- two parties hold it, and nobody can tell which is the thief: the session ends for both.
create function foundation.rotate_refresh(
  p_old bytea, p_new bytea, p_expected_session uuid, p_address inet, p_request text
) returns table (outcome text, session_id uuid, person jsonb)
language plpgsql security definer set search_path = '' as $$
declare
  held foundation.session;
  token foundation.refresh_token;
begin
  select s.* into held from foundation.session s
  where s.id = (select t.session_id from foundation.refresh_token t where t.token_hash = p_old) for update;
  if not found or held.id <> coalesce(p_expected_session, held.id) then
    outcome := 'unknown';
    return next;
    return;
  end if;
  -- Read only now: another try with this token may just have let go of the session.
  select * into token from foundation.refresh_token t where t.token_hash = p_old;
  session_id := held.id;
  if held.ended_at is not null or held.expires_at <= now() or token.expires_at <= now()
    or exists (select from foundation.user u where u.id = held.user_id and u.disabled_at is not null)
  then
    outcome := 'ended';
  elsif token.rotated_at is not null then
    perform foundation.end_session(held.id, 'refresh-reused', p_address, p_request);
    outcome := 'reused';
  else
    update foundation.refresh_token t set rotated_at = now() where t.token_hash = p_old;
    update foundation.session s set last_seen_at = now(), expires_at = foundation.session_end(s.started_at),
      address = p_address where s.id = held.id;
    insert into foundation.refresh_token (token_hash, session_id, expires_at)
    values (p_new, held.id, foundation.session_end(held.started_at));
    perform foundation.note_sign_in('session-refreshed', held.user_id, null, held.id, p_address, p_request);
    person := foundation.whoami(held.id);
    outcome := 'rotated';
  end if;
  return next;
end $$;

-- A forgotten password -----------------------------------------------------------------------------------------------

-- Whether another reset mail may go to this address; the same for one that nobody has.
create function foundation.allow_reset(p_email text, p_address inet, p_request text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  by_email integer := foundation.take_try('reset-email:' || lower(p_email), 5, '1 hour');
  by_network integer := foundation.take_try('reset-' || foundation.network_subject(p_address), 100, '1 hour');
begin
  if by_email > 0 or by_network > 0 then
    return false;
  end if;
  perform foundation.note_sign_in('reset-requested', null, p_email, null, p_address, p_request);
  return true;
end $$;

-- Whom to mail the link to; no row for an address that nobody has.
create function foundation.issue_reset(p_email text, p_token_hash bytea) returns table (email text, name text)
language plpgsql security definer set search_path = '' as $$
declare
  person foundation.user;
begin
  select * into person from foundation.user u
  where u.email operator(public.=) p_email::public.citext and u.disabled_at is null;
  if found then
    insert into foundation.reset_token (token_hash, user_id, expires_at)
    values (p_token_hash, person.id, now() + interval '1 hour');
    return query select person.email::text, person.name;
  end if;
end $$;

-- What the new password must not be made of; no row when the link is spent.
create function foundation.reset_subject(p_token_hash bytea) returns table (email text, name text, orgs text[])
language sql stable security definer set search_path = '' as $$
  select u.email::text, u.name, coalesce(array(
    select unnest(array[o.name, o.slug]) from foundation.membership m join foundation.org o on o.id = m.org_id
    where m.user_id = u.id), '{}')
  from foundation.reset_token t join foundation.user u on u.id = t.user_id
  where t.token_hash = p_token_hash and t.expires_at > now() and u.disabled_at is null
$$;

-- Sets the password, once per link: unlocks, ends every session and forgets every device, for if the link was needed
-- because somebody else got in, they are out now.
create function foundation.confirm_reset(p_token_hash bytea, p_password_hash text, p_address inet, p_request text)
returns boolean language plpgsql security definer set search_path = '' as $$
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
  delete from foundation.known_device where user_id = person.id;
  delete from foundation.sign_in_attempt where subject = 'email:' || lower(person.email);
  update foundation.user set password_hash = p_password_hash, locked_at = null where id = person.id;
  perform foundation.end_session(s.id, 'password-reset', p_address, p_request)
  from foundation.session s where s.user_id = person.id and s.ended_at is null;
  perform foundation.note_sign_in('password-changed', person.id, person.email::text, null, p_address, p_request);
  return true;
end $$;

-- House cleaning -----------------------------------------------------------------------------------------------------

-- Removes what nobody can use any more. The journal stays.
create function foundation.forget_expired_sign_in() returns void
language sql security definer set search_path = '' as $$
  delete from foundation.refresh_token t using foundation.session s where s.id = t.session_id
    and coalesce(s.ended_at, s.expires_at) < now() - interval '1 day';
  delete from foundation.session where least(ended_at, expires_at) < now() - interval '90 days';
  delete from foundation.reset_token where expires_at < now();
  delete from foundation.sign_in_attempt where window_ends_at < now() - interval '30 days';
  delete from foundation.known_device where last_seen_at < now() - interval '400 days';
$$;

-- Functions are open to everybody unless somebody says otherwise.
revoke execute on function foundation.end_session, foundation.session_of_refresh, foundation.rotate_refresh,
  foundation.allow_reset, foundation.issue_reset, foundation.reset_subject, foundation.confirm_reset,
  foundation.forget_expired_sign_in from public;
grant execute on function foundation.end_session, foundation.session_of_refresh, foundation.rotate_refresh,
  foundation.allow_reset, foundation.issue_reset, foundation.reset_subject, foundation.confirm_reset,
  foundation.forget_expired_sign_in to commonhall_app;
