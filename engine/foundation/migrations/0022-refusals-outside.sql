-- Somebody who is signed in was told no where no org is open: in the host's console, or about their own account. A line
-- of the journal of sign-in, and so of the trail of each of their orgs; no more than twenty a minute.
create function foundation.note_refusal(p_session uuid, p_what text, p_address inet, p_request text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  person uuid := (select s.user_id from foundation.session s where s.id = p_session);
begin
  if p_what not in ('console-refused', 'proof-asked', 'forgery-refused') then
    raise exception 'not a refusal: %', p_what using errcode = '22023';
  end if;
  if person is not null and foundation.take_try('refused:' || p_session, 20, '1 minute') = 0 then
    perform foundation.note_sign_in(p_what, person, null, p_session, p_address, p_request);
  end if;
end $$;

revoke execute on function foundation.note_refusal from public;
grant execute on function foundation.note_refusal to commonhall_app;
