-- The journal of sign-in stays for adding to. Whoever erases people names them first: by their ids, and by their
-- addresses for lines from before it was known whose address it is. Several stand with spaces between.
create or replace function foundation.keep_journal() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op <> 'TRUNCATE' and (old.user_id::text = any (string_to_array(foundation.setting('erasing'), ' '))
    or old.user_id is null and lower(old.email) = any (string_to_array(foundation.setting('erasing_emails'), ' ')))
  then
    return coalesce(new, old);
  end if;
  raise exception '% is only added to', tg_table_name using errcode = '42501';
end $$;
