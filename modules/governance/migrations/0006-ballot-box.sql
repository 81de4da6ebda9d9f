-- What the server may do with the ballot box: put ballots in, and read them once voting has closed. Nobody changes one.

-- How many papers were issued and how many ballots came, and when the box was last rewritten. Two rows an election, so
-- that whoever takes a paper and whoever casts a ballot do not wait for each other.
create table governance.box_count (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  election uuid not null,
  counts text not null check (counts in ('issued', 'cast')),
  number integer not null default 0,
  -- As many as there were when the box was rewritten.
  mixed integer not null default 0,
  rewritten_at timestamptz,
  primary key (org_id, election, counts),
  foreign key (org_id, election) references governance.election (org_id, id)
);
select foundation.guard_table('governance.box_count');

revoke insert, update, delete on governance.election_key, governance.ballot_paper, governance.ballot,
  governance.box_count from commonhall_app;

-- While voting is open the server sees no ballot, however it asks.
create policy box_is_closed on governance.ballot as restrictive for select to commonhall_app using (exists (
  select from governance.election e where e.org_id = ballot.org_id and e.id = ballot.election
    and e.state in ('counting', 'certified', 'contested')));

create function governance.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'A ballot in the box is never changed.';
end $$;
create trigger ballot_stays before update on governance.ballot
  for each row execute function governance.refuse_change();

-- What is deleted while the box is rewritten must not lie around for long.
alter table governance.ballot
  set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1, autovacuum_vacuum_cost_delay = 0);
alter table governance.ballot_paper
  set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1, autovacuum_vacuum_cost_delay = 0);

-- Whether votes are taken now.
create function governance.is_voting(p_election uuid) returns boolean language sql volatile set search_path = '' as $$
  select exists (select from governance.election e where e.org_id = foundation.current_org() and e.id = p_election
    and e.state = 'voting' and coalesce(e.closes_at > clock_timestamp(), true))
$$;

-- The papers that a member may take: their own, that of a unit they share, those of whom they hold a proxy; and the
-- code with which taking one would be refused.
create function governance.papers(p_election uuid, p_member uuid)
returns table (voter uuid, name text, "as" text, taken text, code text, why_not text)
language sql volatile set search_path = '' as $$
  with held as (
    select p.giver from governance.proxy p
    join governance.election e on e.org_id = p.org_id and e.id = p.election
    where p.org_id = foundation.current_org() and p.election = p_election and p.holder = p_member and p.state = 'given'
      and e.rules ->> 'proxies' = 'allowed' and e.rules ->> 'union_election' is distinct from 'true'
    order by p.id
    limit (select coalesce((e.rules ->> 'proxies_per_holder')::integer, 0) from governance.election e
      where e.org_id = foundation.current_org() and e.id = p_election)
  ), found as (
    select distinct on (v.id) v.*, h.member = p_member as own
    from governance.voter_holder h join governance.voter v on v.org_id = h.org_id and v.id = h.voter
    where h.org_id = foundation.current_org() and v.election = p_election
      and (h.member = p_member or h.member in (select giver from held))
    order by v.id, h.member = p_member desc
  )
  select f.id, f.name, case when not f.own then 'proxy' when f.unit is null then 'self' else 'unit' end, f.taken,
    case when not governance.is_voting(p_election) then 'not_open'
      when not f.eligible then 'not_eligible'
      when f.taken in ('online', 'paper') then 'already_taken'
      when f.taken = 'challenged' or f.challenge is not null then 'challenged' end,
    f.why_not
  from found f order by f.own desc, f.name, f.id
$$;

-- Keeps the private key, sealed, with which papers are signed until voting closes.
create function governance.keep_election_key(p_election uuid, p_private_key text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into governance.election_key (org_id, election, private_key)
  values (foundation.current_org(), p_election, p_private_key);
  insert into governance.box_count (org_id, election, counts)
  select foundation.current_org(), p_election, unnest(array['issued', 'cast']);
end $$;

-- Marks a voter's paper as taken, once: the answer is taken, first (since the box was rewritten), same (the same was
-- asked for before), or why not. The election is locked first, by everybody who votes or closes.
create function governance.take_paper(p_election uuid, p_voter uuid, p_member uuid, p_blinded_hash text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  org uuid := foundation.current_org();
  refused text;
  mine boolean;
  fresh integer;
begin
  perform from governance.election e where e.org_id = org and e.id = p_election for share;
  perform from governance.voter v where v.org_id = org and v.id = p_voter for update;
  select true, p.code into mine, refused from governance.papers(p_election, p_member) p where p.voter = p_voter;
  if mine is null then
    return case when governance.is_voting(p_election) then 'not_on_roll' else 'not_open' end;
  end if;
  if refused = 'already_taken' and exists (select from governance.ballot_paper b
    where b.org_id = org and b.election = p_election and b.voter = p_voter and b.blinded_hash = p_blinded_hash) then
    return 'same';
  end if;
  if refused is not null then return refused; end if;
  update governance.voter set taken = 'online', version = version + 1 where org_id = org and id = p_voter;
  insert into governance.ballot_paper (org_id, election, voter, blinded_hash)
  values (org, p_election, p_voter, p_blinded_hash);
  -- Last: whoever takes a paper at the same moment waits for this row.
  update governance.box_count set number = number + 1
  where org_id = org and election = p_election and counts = 'issued' returning number - mixed into fresh;
  return case when fresh = 1 then 'first' else 'taken' end;
end $$;

-- Puts a ballot into the box, once for each token: the answer is cast, same (it was in the box), or why not. Whether
-- the token is good the server has found out before; that there are no more ballots than papers is held here.
create function governance.cast_ballot(p_election uuid, p_token text, p_prefix text, p_signature text, p_ballot text,
  p_ballot_signature text, p_receipt text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  org uuid := foundation.current_org();
  was text;
begin
  perform from governance.election e where e.org_id = org and e.id = p_election for share;
  if governance.is_voting(p_election) then
    insert into governance.ballot (org_id, election, token, prefix, signature, ballot, ballot_signature, receipt)
    values (org, p_election, p_token, p_prefix, p_signature, p_ballot, p_ballot_signature, p_receipt)
    on conflict do nothing;
    if found then
      -- Whoever waits for this row must not compare it with how many papers there were when they began to wait.
      perform from governance.box_count c
      where c.org_id = org and c.election = p_election and c.counts = 'cast' for update;
      update governance.box_count c set number = c.number + 1
      where c.org_id = org and c.election = p_election and c.counts = 'cast' and c.number < (
        select i.number from governance.box_count i
        where i.org_id = org and i.election = p_election and i.counts = 'issued');
      if not found then
        raise exception 'governance:ballot.more_than_issued' using errcode = 'CH422', detail = '{}';
      end if;
      return 'cast';
    end if;
  end if;
  select b.ballot into was from governance.ballot b
  where b.org_id = org and b.election = p_election and b.token = p_token;
  if was = p_ballot then return 'same'; end if;
  if not governance.is_voting(p_election) then return 'not_open'; end if;
  return case when was is null then 'same_receipt' else 'token_spent' end;
end $$;

-- A ballot on paper that two people read alike goes into the box with the others, once voting has closed.
create function governance.put_paper_ballot(p_election uuid, p_ballot text, p_receipt text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from governance.election e where e.org_id = foundation.current_org() and e.id = p_election
    and e.state in ('counting', 'contested')) then
    raise exception 'governance:ballot.not_counting' using errcode = 'CH422', detail = '{}';
  end if;
  insert into governance.ballot (org_id, election, origin, ballot, receipt)
  values (foundation.current_org(), p_election, 'paper', p_ballot, p_receipt);
end $$;

-- Writes a table's rows of an election anew, in random order.
create function governance.rewrite_rows(p_table regclass, p_election uuid) returns void
language plpgsql set search_path = '' as $$
declare
  columns text := (select string_agg(quote_ident(attname), ', ') from pg_catalog.pg_attribute
    where attrelid = p_table and attnum > 0 and not attisdropped and attgenerated = '');
begin
  execute format('with gone as (delete from %1$s where org_id = foundation.current_org() and election = $1 '
    'returning %2$s) insert into %1$s (%2$s) select %2$s from gone order by gen_random_uuid()', p_table, columns)
  using p_election;
end $$;

-- Rewrites the box of an election, and after voting its roll, in random order: afterwards neither the place of
-- a row nor the transaction that wrote it tells which ballot came when, or who took a paper before whom. Whoever votes
-- or closes meanwhile waits, as does whoever writes on the roll.
create function governance.rewrite_box(p_election uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  org uuid := foundation.current_org();
  holders governance.voter_holder[];
  is_whole boolean;
  before bigint[];
  after bigint[];
  count_all constant text := 'select array[
    (select count(*) from governance.ballot where org_id = $1 and election = $2),
    (select count(*) from governance.ballot_paper where org_id = $1 and election = $2),
    (select count(*) from governance.voter where org_id = $1 and election = $2),
    (select count(*) from governance.voter where org_id = $1 and election = $2 and taken = ''online''),
    (select count(*) from governance.voter_holder h join governance.voter v on v.org_id = h.org_id and v.id = h.voter
      where h.org_id = $1 and v.election = $2)]';
begin
  perform from governance.election e where e.org_id = org and e.id = p_election for update;
  if not found then return false; end if;
  -- While voting is open the roll stays as it lies, and nobody waits for it: once all ballots are of one transaction
  -- and in no order, the order of the roll leads to none of them.
  is_whole := not governance.is_voting(p_election);
  if is_whole then
    lock table governance.voter, governance.voter_holder in share row exclusive mode;
  end if;
  execute count_all into before using org, p_election;
  holders := array(select h from governance.voter_holder h
    join governance.voter v on v.org_id = h.org_id and v.id = h.voter
    where h.org_id = org and v.election = p_election);
  perform governance.rewrite_rows('governance.ballot', p_election);
  if is_whole then
    perform governance.rewrite_rows('governance.voter', p_election);
    insert into governance.voter_holder select h.* from unnest(holders) h order by gen_random_uuid();
  end if;
  perform governance.rewrite_rows('governance.ballot_paper', p_election);
  execute count_all into after using org, p_election;
  if before <> after then raise exception 'The box was not rewritten whole: % before, % after.', before, after; end if;
  update governance.box_count set mixed = number, rewritten_at = now()
  where org_id = org and election = p_election;
  return true;
end $$;

-- Takes the private key out for good, and rewrites the box one last time before it is opened.
create function governance.close_box(p_election uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if governance.is_voting(p_election) then
    raise exception 'governance:ballot.still_open' using errcode = 'CH422', detail = '{}';
  end if;
  delete from governance.election_key where org_id = foundation.current_org() and election = p_election;
  return governance.rewrite_box(p_election);
end $$;

revoke execute on function governance.is_voting, governance.papers, governance.keep_election_key, governance.take_paper,
  governance.cast_ballot, governance.put_paper_ballot, governance.rewrite_rows, governance.rewrite_box,
  governance.close_box, governance.refuse_change from public;
grant execute on function governance.is_voting, governance.papers, governance.keep_election_key, governance.take_paper,
  governance.cast_ballot, governance.put_paper_ballot, governance.rewrite_box, governance.close_box to commonhall_app;
