-- A key is over with the session behind it. A new password ends all sessions of a person, those of keys too: whoever
-- had the old one may have made a key for themselves.

-- Whether the session of a key of the open org still lives.
create function foundation.key_lives(p_session uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from foundation.session s
    where s.id = p_session and s.only_org = foundation.current_org() and s.ended_at is null)
$$;
revoke execute on function foundation.key_lives from public;
grant execute on function foundation.key_lives to commonhall_app;

create or replace view foundation.api_key with (security_invoker) as
  select k.org_id, k.id, k.version, k.created_at, k.updated_at, k.name, k.prefix, k.owner, u.name as owner_name,
    to_jsonb(k.scopes) as scopes, k.per_minute, k.expires_at, k.made_by_name, k.last_used_at, k.last_used_from,
    case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired'
      when not foundation.key_lives(k.session_id) then 'revoked' else 'active' end as state
  from foundation.issued_key k join foundation.user u on u.id = k.owner;
