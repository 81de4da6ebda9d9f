-- Keys by which programs come in. Behind each stands a session that opens one org with some scopes and ends with the
-- key; so whatever holds for sessions holds for keys, to the very next request.

create table foundation.issued_key (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name text collate "en-x-icu" not null check (length(name) between 1 and 100),
  -- The beginning of the key, by which people tell one from another.
  prefix text not null,
  -- As whom it acts: a service account, or the person who made it.
  owner uuid not null,
  scopes text[] not null check (cardinality(scopes) between 1 and 500),
  per_minute integer not null check (per_minute between 1 and 60000),
  expires_at timestamptz,
  session_id uuid references foundation.session on delete set null,
  made_by uuid references foundation.user on delete set null,
  made_by_name text collate "en-x-icu",
  last_used_at timestamptz,
  last_used_from text,
  revoked_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, owner) references foundation.membership (org_id, user_id) on delete cascade
);
create index issued_key_name on foundation.issued_key (org_id, name, id);
create index issued_key_session on foundation.issued_key (session_id);
select foundation.guard_table('foundation.issued_key');
select foundation.audit_table('foundation.issued_key', 'foundation.api_key',
  array['last_used_at', 'last_used_from', 'session_id']);
revoke insert, update, delete on foundation.issued_key from commonhall_app;
create policy owner_rows on foundation.issued_key to current_user using (true) with check (true);

-- Only the hash of a key is kept; the server's role cannot read even that.
create table foundation.key_secret (
  secret_hash bytea primary key,
  session_id uuid not null references foundation.session on delete cascade
);
create index key_secret_session on foundation.key_secret (session_id);
alter table foundation.key_secret enable row level security;

-- Whether the session of a key of the open org still lives. A key is over with it: a new password ends all sessions of
-- a person, those of keys too, since whoever had the old one may have made a key for themselves.
create function foundation.key_lives(p_session uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from foundation.session s
    where s.id = p_session and s.only_org = foundation.current_org() and s.ended_at is null)
$$;

create view foundation.api_key with (security_invoker) as
  select k.org_id, k.id, k.version, k.created_at, k.updated_at, k.name, k.prefix, k.owner, u.name as owner_name,
    to_jsonb(k.scopes) as scopes, k.per_minute, k.expires_at, k.made_by_name, k.last_used_at, k.last_used_from,
    case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired'
      when not foundation.key_lives(k.session_id) then 'revoked' else 'active' end as state
  from foundation.issued_key k join foundation.user u on u.id = k.owner;
grant select on foundation.api_key to commonhall_app;

-- A key that goes away, with its owner too, takes its session along.
create function foundation.end_key() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update foundation.session set ended_at = now(), ended_because = 'key-revoked'
  where ended_at is null and id = old.session_id;
  return old;
end $$;
create trigger end_key before delete on foundation.issued_key for each row execute function foundation.end_key();

-- Makes a key for a member of the open org. Error CH409 `owner`: whom it is for is not one, or is shut out.
create function foundation.make_key(
  p_name text, p_prefix text, p_hash bytea, p_owner uuid, p_scopes text[], p_per_minute integer,
  p_expires_at timestamptz
) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
  opened uuid;
begin
  perform foundation.begin_role_change();
  perform from foundation.membership m join foundation.user u on u.id = m.user_id
  where m.org_id = foundation.current_org() and m.user_id = p_owner and m.disabled_at is null
    and u.disabled_at is null and (u.kind = 'service' or u.id = foundation.current_actor()) for share of m;
  if not found then
    raise exception 'owner' using errcode = 'CH409';
  end if;
  insert into foundation.session (user_id, expires_at, device, only_org, scopes)
  values (p_owner, coalesce(p_expires_at, 'infinity'), 'API key', foundation.current_org(), p_scopes)
  returning id into opened;
  insert into foundation.key_secret (secret_hash, session_id) values (p_hash, opened);
  insert into foundation.issued_key
    (name, prefix, owner, scopes, per_minute, expires_at, session_id, made_by, made_by_name)
  values (p_name, p_prefix, p_owner, p_scopes, p_per_minute, p_expires_at, opened, foundation.current_actor(),
    foundation.setting('actor_name')) returning id into made;
  return made;
end $$;

-- Ends a key of the open org. False: there is no such key, or it has been revoked before.
create function foundation.revoke_key(p_key uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  opened uuid;
begin
  update foundation.issued_key set revoked_at = now(), version = version + 1, updated_at = now()
  where org_id = foundation.current_org() and id = p_key and revoked_at is null returning session_id into opened;
  if not found then
    return false;
  end if;
  update foundation.session set ended_at = now(), ended_because = 'key-revoked' where ended_at is null and id = opened;
  return true;
end $$;

-- The session behind a key, and how many requests a minute it may make. No row: no such key, or over. Notes when it
-- was last used, at most once a minute; the first time is an event of its owner's sign-in.
create function foundation.open_key(p_hash bytea, p_address inet, p_request text)
returns table (session_id uuid, key_id uuid, per_minute integer)
language plpgsql security definer set search_path = '' as $$
declare
  key foundation.issued_key;
begin
  select s.session_id into session_id from foundation.key_secret s
  join foundation.session o on o.id = s.session_id and o.ended_at is null and o.expires_at > now()
  where s.secret_hash = p_hash;
  if not found then
    return;
  end if;
  select k.* into key from foundation.issued_key k where k.session_id = open_key.session_id;
  if key.last_used_at is null then
    perform foundation.note_sign_in('key-first-used', key.owner, null, open_key.session_id, p_address, p_request);
  end if;
  update foundation.issued_key k set last_used_at = now(), last_used_from = host(p_address)
  where k.org_id = key.org_id and k.id = key.id
    and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute');
  key_id := key.id;
  per_minute := key.per_minute;
  return next;
end $$;

-- Makes a user for a program: it has no password and no mailbox, and what it may do is granted as to people.
create function foundation.make_service_account(p_name text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  made uuid := uuidv7();
  spoken text := trim(both '-' from left(regexp_replace(foundation.fold(p_name), '[^a-z0-9]+', '-', 'g'), 40));
begin
  perform foundation.begin_role_change();
  insert into foundation.user (id, email, name, kind) values (
    made, coalesce(nullif(spoken, ''), 'program') || '-' || right(made::text, 8) || '@service.invalid', p_name,
    'service');
  insert into foundation.membership (org_id, user_id) values (foundation.current_org(), made);
  return made;
end $$;

revoke execute on function foundation.key_lives, foundation.end_key, foundation.make_key, foundation.revoke_key,
  foundation.open_key, foundation.make_service_account from public;
grant execute on function foundation.key_lives, foundation.make_key, foundation.revoke_key, foundation.open_key,
  foundation.make_service_account to commonhall_app;
