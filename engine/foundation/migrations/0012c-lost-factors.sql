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

revoke execute on function foundation.forget_factors from public;
