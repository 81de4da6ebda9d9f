-- Notices of elections: to each voter, with the proof that it came, and what the roll tells of it.

create index voter_notice_mailing on governance.voter_notice (org_id, election, id)
  where state in ('queued', 'mailing');

-- What the notices to a voter come to stands on the roll: whether one is proven, and since when.
create function governance.tell_roll() returns trigger language plpgsql set search_path = ''
set enable_nestloop = off as $$
begin
  update governance.voter v
  set notice = n.notice, told_on = n.told_on, version = v.version + 1, updated_at = now()
  from (select t.org_id, t.voter,
      case when bool_or(a.state = 'sent') then 'proven' when bool_or(a.state in ('queued', 'mailing')) then 'sent'
        when bool_or(a.state = 'failed') then 'failed' else 'missing' end as notice,
      min(a.sent_on) filter (where a.state = 'sent') as told_on
    from (select distinct org_id, voter from touched) t
      join governance.voter_notice a on a.org_id = t.org_id and a.voter = t.voter
    group by t.org_id, t.voter) n
  where v.org_id = n.org_id and v.id = n.voter and (v.notice, v.told_on) is distinct from (n.notice, n.told_on);
  return null;
end $$;
create trigger tell_roll_added after insert on governance.voter_notice referencing new table as touched
  for each statement execute function governance.tell_roll();
create trigger tell_roll_changed after update on governance.voter_notice referencing new table as touched
  for each statement execute function governance.tell_roll();

-- A notice says when there is voting. When that changes, everybody is to be told anew.
create function governance.outdate_notices() returns trigger language plpgsql set search_path = '' as $$
begin
  update governance.voter_notice n set state = 'outdated', version = n.version + 1, updated_at = now()
  where n.org_id = new.org_id and n.election = new.id and n.state <> 'outdated';
  return null;
end $$;
create trigger outdate_notices after update of opens_at, closes_at on governance.election for each row
  when (current_user = 'commonhall_app'
    and (new.opens_at, new.closes_at) is distinct from (old.opens_at, old.closes_at))
  execute function governance.outdate_notices();

-- Where each member is written to: at the address of the sign-in, or else at that of the roll.
create function governance.mail_addresses() returns table (member uuid, address text)
language sql stable set search_path = '' as $$
  select m.id, coalesce(u.email::text, m.email::text) from members.member m
    left join foundation.membership b on b.org_id = m.org_id and b.member_id = m.id and b.disabled_at is null
    left join foundation.user u on u.id = b.user_id
  where m.archived_at is null
$$;

-- Writes a notice for each voter who is to have one: those given, or all who have none that is proven or under way.
-- Whoever has no address is left out, and the first of them named. By hand a notice reaches people wherever they live.
create function governance.record_notices(
  p_election uuid, p_way text, p_sent_on date, p_proof text, p_given jsonb, p_by uuid
) returns table (recorded integer, left_out integer, first text[])
language sql set search_path = '' set enable_nestloop = off as $$
  with placed as materialized (
    select v.id as voter, h.member, v.name::text as name, coalesce(g.proof, p_proof) as proof, case p_way
      when 'mail' then u.address when 'hand' then coalesce(m.address::text, v.name) else m.address::text end as place
    from governance.voter v
      join governance.voter_holder h on h.org_id = v.org_id and h.voter = v.id
      join members.member m on m.org_id = h.org_id and m.id = h.member and m.archived_at is null
      left join governance.mail_addresses() u on u.member = m.id
      left join jsonb_to_recordset(p_given) g (voter uuid, proof text) on g.voter = v.id
    where v.election = p_election and v.eligible
      and case when p_given is null then v.notice in ('missing', 'failed') else g.voter is not null end),
  written as (
    insert into governance.voter_notice (election, voter, member, way, address, sent_on, state, proof, recorded_by)
    select p_election, p.voter, p.member, p_way, left(p.place, 400), p_sent_on,
      case p_way when 'mail' then 'queued' else 'sent' end, p.proof, p_by
    from placed p where p.place is not null returning voter)
  select (select count(*)::integer from written), (select count(*)::integer from placed where place is null),
    (select coalesce(array_agg(f.name), '{}')
      from (select p.name from placed p where p.place is null order by p.name limit 5) f)
$$;

-- A member was told under a key by the sign-in, or without one by the record on the roll: the mail of it.
create function governance.told_under(p_notice text)
returns table (key text, member uuid, mail uuid) language sql stable set search_path = '' as $$
  select t.key, coalesce(t.member_id, b.member_id), t.mail_id
  from foundation.notification t
    left join foundation.membership b on b.org_id = t.org_id and b.user_id = t.user_id
  where t.notice = p_notice and t.pace is not null
$$;

-- Of notices that were handed to the mail, each is on its way now; or there was nobody to take it to.
create function governance.hand_over(p_election uuid, p_taken jsonb) returns void
language sql set search_path = '' set enable_nestloop = off as $$
  update governance.voter_notice n set version = n.version + 1, updated_at = now(),
    state = case when k.told then 'mailing' else 'failed' end,
    proof = case when k.told then n.proof else 'no address' end
  from (select k.id, t.key is not null as told from jsonb_to_recordset(p_taken) k (id uuid, member uuid, nth int)
      left join governance.told_under('governance.election-notice') t
        on t.key = p_election || ' ' || k.nth and t.member = k.member) k
  where n.id = k.id
$$;

-- Takes what became of mails into the notices that they brought: the proof for each voter. The mail to a member is
-- found by the key that it was told under, which counts how often the member was written to.
create function governance.settle_notices() returns void
language sql set search_path = '' set enable_nestloop = off as $$
  with mailed as materialized (
    select n.org_id, n.id, n.member, n.state, n.election || ' ' ||
      row_number() over (partition by n.org_id, n.voter, n.member order by n.id) as key
    from governance.election e join governance.voter_notice n on n.org_id = e.org_id and n.election = e.id
    where e.state in ('published', 'voting') and n.way = 'mail' and n.member is not null),
  outcome as (
    select d.org_id, d.id, case when m.state in ('sent', 'complained') then 'sent' else 'failed' end as state,
      case when m.state in ('sent', 'complained') then coalesce(m.answer, 'sent')
        else m.state || coalesce(': ' || m.answer, '') end as proof, m.email, governance.day_of(m.at) as day
    from mailed d
      join governance.told_under('governance.election-notice') t on t.key = d.key and t.member = d.member
      join foundation.mail_message m on m.org_id = d.org_id and m.id = t.mail
    where d.state in ('mailing', 'sent') and m.state <> 'queued')
  update governance.voter_notice n set state = o.state, proof = o.proof, address = o.email,
    sent_on = case when n.state = 'mailing' then o.day else n.sent_on end, version = n.version + 1, updated_at = now()
  from outcome o
  where n.org_id = o.org_id and n.id = o.id and n.state <> o.state
$$;

-- Who was nominated and has not been told.
create function governance.untold_nominees()
returns table (id uuid, member uuid, election uuid, name text, contest text, until timestamptz, by text)
language sql stable set search_path = '' as $$
  select k.id, k.member, e.id, e.name, c.name, e.nominations_until_at, b.first_name || ' ' || b.last_name
  from governance.election e
    join governance.candidate k on k.org_id = e.org_id and k.election = e.id and k.state = 'nominated'
    join governance.contest c on c.org_id = k.org_id and c.id = k.contest
    left join members.member b on b.org_id = k.org_id and b.id = k.nominated_by
  where e.state in ('draft', 'nominations') and k.member is not null and not exists (
    select from foundation.notification n
    where n.org_id = k.org_id and n.notice = 'governance.nominated' and n.key = k.id::text)
  order by k.id limit 200
$$;

revoke execute on function governance.tell_roll, governance.outdate_notices, governance.mail_addresses,
  governance.record_notices, governance.told_under, governance.hand_over, governance.settle_notices,
  governance.untold_nominees from public;
grant execute on function governance.mail_addresses, governance.record_notices, governance.told_under,
  governance.hand_over, governance.settle_notices, governance.untold_nominees to commonhall_app;
