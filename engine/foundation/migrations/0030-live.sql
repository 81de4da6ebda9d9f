-- Live streams: whether those who listen may go on.

-- Which of some listeners the open org would not let in any more as they came: their session is over, what they may do
-- has changed, or the org is closed. Answers their places, from 1. One question for all who are about to be told
-- something, since a question each would cost more than what there is to tell.
create function foundation.shut_out(
  p_sessions uuid[], p_users uuid[], p_user_stamps bigint[], p_org_stamps bigint[]
) returns setof integer language sql stable security definer set search_path = '' as $$
  select l.place::integer
  from unnest(p_sessions, p_users, p_user_stamps, p_org_stamps) with ordinality
    as l (session, person, user_stamp, org_stamp, place)
  where not exists (
    select from foundation.session s
    join foundation.user u on u.id = s.user_id
    join foundation.membership m on m.org_id = foundation.current_org() and m.user_id = u.id
    join foundation.org o on o.id = m.org_id
    where s.id = l.session and s.user_id = l.person and s.ended_at is null and s.expires_at > now()
      and coalesce(s.only_org, o.id) = o.id and u.access_stamp = l.user_stamp and u.disabled_at is null
      and m.disabled_at is null and o.access_stamp = l.org_stamp and o.suspended_at is null)
$$;
revoke execute on function foundation.shut_out from public;
grant execute on function foundation.shut_out to commonhall_app;
