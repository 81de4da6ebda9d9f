-- What people do with their own second factors, and how they prove again who they are. Each step asks for a session
-- that lives, is no API key's, and was proven within ten minutes.

create function foundation.proven_person(p_session uuid) returns uuid
language plpgsql set search_path = '' as $$
declare
  person uuid;
begin
  select u.id into person from foundation.session s join foundation.user u on u.id = s.user_id
  where s.id = p_session and s.ended_at is null and s.expires_at > now() and s.scopes is null
    and s.proved_at > now() - interval '10 minutes' and u.disabled_at is null and u.kind = 'person'
  for no key update of u;
  if not found then
    raise exception 'this asks for a session that was proven just now' using errcode = 'CH403';
  end if;
  return person;
end $$;

-- A factor has come to stay: the session that added it has shown it. With the first one come the recovery codes, and
-- sessions that only a password has opened must prove themselves anew before they do anything weighty.
create function foundation.note_factor_added(
  p_user uuid, p_session uuid, p_method text, p_first boolean, p_codes bytea[], p_address inet, p_request text
) returns void language plpgsql set search_path = '' as $$
begin
  if p_first then
    delete from foundation.recovery_code where user_id = p_user;
    insert into foundation.recovery_code (user_id, code_hash) select p_user, unnest(p_codes);
    update foundation.session set proved_at = now() - interval '1 hour'
    where user_id = p_user and id <> p_session and ended_at is null and scopes is null;
  end if;
  update foundation.session set second_factor = p_method, proved_at = now() where id = p_session;
  perform foundation.note_sign_in(p_method || '-added', p_user, null, p_session, p_address, p_request);
end $$;

-- `details`: counter, transports, synced, name, and the nonce of the challenge. The outcome: added, spent (the
-- challenge was used before), known (somebody has this credential) or full.
create function foundation.add_passkey(
  p_session uuid, p_credential bytea, p_public_key bytea, p_details jsonb, p_codes bytea[], p_address inet,
  p_request text
) returns table (outcome text, id uuid, created_at timestamptz, first boolean)
language plpgsql security definer set search_path = '' as $$
declare
  person uuid := foundation.proven_person(p_session);
begin
  first := foundation.second_steps(person) = '{}';
  insert into foundation.spent_nonce (nonce, expires_at)
  values (decode(p_details->>'nonce', 'hex'), now() + interval '15 minutes') on conflict do nothing;
  if not found then
    outcome := 'spent';
  elsif (select count(*) from foundation.passkey p where p.user_id = person) >= 20 then
    outcome := 'full';
  else
    insert into foundation.passkey as p (user_id, credential_id, public_key, counter, transports, synced, name)
    values (person, p_credential, p_public_key, (p_details->>'counter')::bigint,
      array(select jsonb_array_elements_text(p_details->'transports')), (p_details->>'synced')::boolean,
      p_details->>'name')
    on conflict do nothing returning p.id, p.created_at into id, created_at;
    outcome := case when found then 'added' else 'known' end;
    if found then
      perform foundation.note_factor_added(person, p_session, 'passkey', first, p_codes, p_address, p_request);
    end if;
  end if;
  return next;
end $$;

create function foundation.rename_passkey(p_session uuid, p_id uuid, p_name text)
returns table (id uuid, name text, created_at timestamptz)
language sql security definer set search_path = '' as $$
  update foundation.passkey p set name = p_name
  where p.id = p_id and p.user_id = foundation.proven_person(p_session) returning p.id, p.name, p.created_at
$$;

-- Keeps the secret that an authenticator app is about to be given.
create function foundation.offer_totp(p_session uuid, p_sealed text) returns void
language sql security definer set search_path = '' as $$
  insert into foundation.totp (user_id, pending, pending_at)
  values (foundation.proven_person(p_session), p_sealed, now())
  on conflict (user_id) do update set pending = excluded.pending, pending_at = now()
$$;

create function foundation.pending_totp(p_session uuid) returns text
language sql security definer set search_path = '' as $$
  select pending from foundation.totp
  where user_id = foundation.proven_person(p_session) and pending_at > now() - interval '15 minutes'
$$;

-- The app has shown a code: from now on it counts. Null: the secret was confirmed or replaced in the meantime.
create function foundation.confirm_totp(
  p_session uuid, p_pending text, p_step bigint, p_codes bytea[], p_address inet, p_request text
) returns table (first boolean) language plpgsql security definer set search_path = '' as $$
declare
  person uuid := foundation.proven_person(p_session);
begin
  first := foundation.second_steps(person) = '{}';
  update foundation.totp set sealed = pending, confirmed_at = now(), last_step = p_step, pending = null,
    pending_at = null
  where user_id = person and pending = p_pending;
  if found then
    perform foundation.note_factor_added(person, p_session, 'totp', first, p_codes, p_address, p_request);
    return next;
  end if;
end $$;

-- Takes a passkey away, or without an id the authenticator app. The last factor stays when a role asks for one. Once it
-- is gone no session counts as having shown one, and the recovery codes stand for nothing.
create function foundation.remove_factor(p_session uuid, p_passkey uuid, p_address inet, p_request text)
returns table (outcome text, name text) language plpgsql security definer set search_path = '' as $$
declare
  person uuid := foundation.proven_person(p_session);
  many integer := (select count(*) from foundation.passkey p where p.user_id = person)
    + (select count(*) from foundation.totp t where t.user_id = person and t.confirmed_at is not null);
begin
  outcome := 'unknown';
  if p_passkey is null then
    perform from foundation.totp t where t.user_id = person and t.confirmed_at is not null;
  else
    select p.name into name from foundation.passkey p where p.user_id = person and p.id = p_passkey;
  end if;
  if found and many = 1 and exists (
    select from foundation.grant g join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
    where g.user_id = person and r.requires_second_factor)
  then
    outcome := 'required';
  elsif found then
    outcome := 'removed';
    delete from foundation.totp t where p_passkey is null and t.user_id = person;
    delete from foundation.passkey p where p.id = p_passkey;
    if many = 1 then
      delete from foundation.recovery_code where user_id = person;
      update foundation.session set second_factor = null where user_id = person and second_factor is not null;
    end if;
    perform foundation.note_sign_in(case when p_passkey is null then 'totp-removed' else 'passkey-removed' end, person,
      null, p_session, p_address, p_request);
  end if;
  return next;
end $$;

-- New recovery codes in place of the old ones. False: without a second factor there is nothing to recover.
create function foundation.renew_recovery_codes(p_session uuid, p_codes bytea[], p_address inet, p_request text)
returns boolean language plpgsql security definer set search_path = '' as $$
declare
  person uuid := foundation.proven_person(p_session);
begin
  if foundation.second_steps(person) = '{}' then
    return false;
  end if;
  delete from foundation.recovery_code where user_id = person;
  insert into foundation.recovery_code (user_id, code_hash) select person, unnest(p_codes);
  perform foundation.note_sign_in('recovery-codes-made', person, null, p_session, p_address, p_request);
  return true;
end $$;

-- All of one's own factors, as the page shows them. Null: no such session.
create function foundation.factors(p_session uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'passkeys', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'created_at', p.created_at,
        'last_used_at', p.last_used_at, 'synced', p.synced) order by p.id)
      from foundation.passkey p where p.user_id = me.user_id), '[]'),
    'totp', (select jsonb_build_object('confirmed_at', t.confirmed_at) from foundation.totp t
      where t.user_id = me.user_id and t.confirmed_at is not null),
    'recovery_codes', (select jsonb_build_object('left', count(*) filter (where c.used_at is null),
        'made_at', max(c.made_at)) from foundation.recovery_code c where c.user_id = me.user_id having count(*) > 0),
    'required_by', coalesce((select jsonb_agg(jsonb_build_object('org', o.name, 'role', r.label)
        order by o.name, r.label)
      from foundation.grant g join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
        join foundation.org o on o.id = g.org_id
      where g.user_id = me.user_id and r.requires_second_factor), '[]'),
    'prove_with', case when foundation.second_steps(me.user_id) = '{}' then array['password']
      else foundation.second_steps(me.user_id) end,
    'proved_at', me.proved_at)
  from foundation.own_account(p_session) me
$$;

-- Proving again who one is -------------------------------------------------------------------------------------------

-- Before a guess is looked at: one try of the session is taken. No row: no such session.
create function foundation.begin_proof(p_session uuid, p_guess boolean)
returns table (user_id uuid, email text, name text, password_hash text, methods text[], wait_s integer)
language plpgsql security definer set search_path = '' as $$
begin
  select me.user_id, me.email, me.name, u.password_hash, foundation.second_steps(me.user_id)
  into user_id, email, name, password_hash, methods
  from foundation.own_account(p_session) me join foundation.user u on u.id = me.user_id;
  if found then
    wait_s := case when p_guess then foundation.take_try('prove:' || p_session, 5, '15 minutes') else 0 end;
    return next;
  end if;
end $$;

-- A wrong proof. Tries are counted by session, so that whoever sits at one keeps nobody out elsewhere; the tenth in a
-- row ends it.
create function foundation.fail_proof(p_user uuid, p_session uuid, p_address inet, p_request text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  failures integer;
begin
  perform foundation.note_sign_in('proof-failed', p_user, null, p_session, p_address, p_request);
  update foundation.sign_in_attempt set streak = streak + 1 where subject = 'prove:' || p_session
  returning streak into failures;
  if coalesce(failures, 1) % 10 = 0 then
    perform foundation.end_session(p_session, 'proof-failed-often', p_address, p_request);
  end if;
end $$;

-- What was shown is used up, and the session counts as proven from now on.
create function foundation.prove_session(p_user uuid, p_session uuid, p_shown jsonb, p_address inet, p_request text)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  perform from foundation.session s where s.id = p_session and s.user_id = p_user and s.ended_at is null
    and s.expires_at > now() and s.scopes is null for no key update;
  if not found or not foundation.spend_factor(p_user, p_shown, p_address, p_request) then
    return false;
  end if;
  update foundation.session set proved_at = now(),
    second_factor = case p_shown->>'method' when 'password' then second_factor else p_shown->>'method' end
  where id = p_session;
  delete from foundation.sign_in_attempt where subject = 'prove:' || p_session;
  perform foundation.note_sign_in('proved', p_user, null, p_session, p_address, p_request);
  return true;
end $$;

-- One's own passkeys, each of which need not be added again.
create function foundation.own_passkeys(p_session uuid) returns table (credential text)
language sql stable security definer set search_path = '' as $$
  select encode(p.credential_id, 'hex')
  from foundation.own_account(p_session) me join foundation.passkey p on p.user_id = me.user_id
$$;

-- For whoever runs the house, when a person has lost all that they could show: takes their factors away and signs them
-- out everywhere. The password stays, and opens again by itself. The server's role may not do this.
create function foundation.forget_factors(p_email text) returns table (email text, name text)
language plpgsql set search_path = '' as $$
declare
  person foundation.user;
begin
  select * into person from foundation.user u
  where u.email operator(public.=) p_email::public.citext and u.kind = 'person' for update;
  if not found or foundation.second_steps(person.id) = '{}' then
    return;
  end if;
  delete from foundation.passkey where user_id = person.id;
  delete from foundation.totp where user_id = person.id;
  delete from foundation.recovery_code where user_id = person.id;
  perform foundation.end_session(s.id, 'factors-forgotten', null, null)
  from foundation.session s where s.user_id = person.id and s.ended_at is null and s.scopes is null;
  perform foundation.note_sign_in('factors-forgotten', person.id, person.email::text, null, null, null);
  email := person.email;
  name := person.name;
  return next;
end $$;

create function foundation.forget_spent_nonces() returns void
language sql security definer set search_path = '' as $$
  delete from foundation.spent_nonce where expires_at < now();
  delete from foundation.totp where confirmed_at is null and pending_at < now() - interval '1 day'
$$;

revoke execute on function foundation.proven_person, foundation.note_factor_added, foundation.add_passkey,
  foundation.rename_passkey, foundation.offer_totp, foundation.pending_totp, foundation.confirm_totp,
  foundation.remove_factor, foundation.renew_recovery_codes, foundation.factors, foundation.begin_proof,
  foundation.fail_proof, foundation.prove_session, foundation.own_passkeys, foundation.forget_factors,
  foundation.forget_spent_nonces from public;
grant execute on function foundation.add_passkey, foundation.rename_passkey, foundation.offer_totp,
  foundation.pending_totp, foundation.confirm_totp, foundation.remove_factor, foundation.renew_recovery_codes,
  foundation.factors, foundation.begin_proof, foundation.fail_proof, foundation.prove_session, foundation.own_passkeys,
  foundation.forget_spent_nonces to commonhall_app;
