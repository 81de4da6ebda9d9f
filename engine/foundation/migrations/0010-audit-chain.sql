-- An audit trail that can be proven: entries are sealed into a chain of hashes for each org, and the chain's head is
-- published. See docs/decisions/0019-audit-chain.md.

-- Each entry says which transaction wrote it, and when, by its id; `at` is when it happened, a little earlier for what
-- is told afterwards, such as reads.
-- A seal says which transactions it saw: that is how an entry that was slipped in later is told from one that was only
-- committed late. Entries from before have no transaction. What tells of people (who it was; what the record held) is
-- sealed under salts of its own, so that either can be erased and the chain still holds.
alter table foundation.audit_entry
  add column address text,
  add column salt uuid default gen_random_uuid(),
  add column who_salt uuid default gen_random_uuid(),
  add column xid xid8;
alter table foundation.audit_entry alter column xid set default pg_current_xact_id();

create table foundation.audit_seal (
  org_id uuid not null,
  n bigint not null check (n > 0),
  previous bytea,
  hash bytea not null,
  entry_ids uuid[] not null,
  -- 32 bytes for each entry, in the same order.
  digests bytea not null check (length(digests) = 32 * cardinality(entry_ids)),
  sealed_at timestamptz not null,
  -- Everything that a transaction in here has written is sealed by now. Only the last seal of a run says so.
  snapshot pg_snapshot,
  -- Which database counts these transactions: another one has numbers of its own.
  system bigint not null,
  primary key (org_id, n),
  check ((n = 1) = (previous is null))
);
-- Hashes do not compress.
alter table foundation.audit_seal alter column digests set storage external;

-- Digests of what was erased from entries, for the chain; the entry `cause` tells by whom and why.
create table foundation.audit_erasure (
  org_id uuid not null,
  entry_id uuid not null,
  part text not null check (part in ('who', 'what')),
  digest bytea not null check (length(digest) = 32),
  erased_at timestamptz not null default now(),
  cause uuid not null,
  primary key (org_id, entry_id, part),
  foreign key (org_id, entry_id) references foundation.audit_entry,
  foreign key (org_id, cause) references foundation.audit_entry
);
create index audit_erasure_cause on foundation.audit_erasure (org_id, cause);

-- Heads as they were published.
create table foundation.audit_head (
  org_id uuid not null,
  n bigint not null,
  hash bytea not null,
  entries bigint not null,
  published_at timestamptz not null default now(),
  primary key (org_id, n)
);

-- Who is sent each published head by mail: people outside, best of all.
alter table foundation.org add column audit_witnesses text[] not null default '{}'
  check (cardinality(audit_witnesses) <= 20);

select foundation.guard_table(name::regclass) from unnest(array[
  'foundation.audit_seal', 'foundation.audit_erasure', 'foundation.audit_head']) name;
revoke insert, update, delete on foundation.audit_seal, foundation.audit_erasure, foundation.audit_head
  from commonhall_app;

-- The owner has no business changing entries either. Only what erases says so first, for one org; of the trail itself
-- erasing leaves an entry.
create function foundation.keep_audit() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op <> 'TRUNCATE' and foundation.setting('erasing') = old.org_id::text then
    return coalesce(new, old);
  end if;
  raise exception '% is only added to', tg_table_name using errcode = '42501';
end $$;

do $$
declare
  kept text;
begin
  foreach kept in array array['audit_entry', 'audit_seal', 'audit_erasure', 'audit_head'] loop
    execute format('create trigger keep_audit before update or delete on foundation.%I
      for each row execute function foundation.keep_audit()', kept);
    execute format('create trigger keep_audit_whole before truncate on foundation.%I
      for each statement execute function foundation.keep_audit()', kept);
  end loop;
end $$;

-- Sealing ------------------------------------------------------------------------------------------------------------

-- Values follow one another with their lengths, so that no two lists of values spell the same text.
create function foundation.audit_part(value text) returns text language sql immutable parallel safe as $$
  select coalesce(octet_length(value) || ':' || value, '-')
$$;

create function foundation.audit_time(at timestamptz) returns text language sql immutable parallel safe as $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

create function foundation.audit_who(e foundation.audit_entry) returns bytea language sql stable parallel safe as $$
  select sha256(convert_to('who 1' || foundation.audit_part(e.who_salt::text) || foundation.audit_part(e.actor_name)
    || foundation.audit_part(e.address), 'UTF8'))
$$;

create function foundation.audit_what(e foundation.audit_entry) returns bytea language sql stable parallel safe as $$
  select sha256(convert_to('what 1' || foundation.audit_part(e.salt::text) || foundation.audit_part(e.old::text)
    || foundation.audit_part(e.new::text), 'UTF8'))
$$;

-- What stands in a seal for an entry. engine/audit/digest.ts computes the same, and does not ask here.
create function foundation.audit_digest(e foundation.audit_entry, who bytea, what bytea) returns bytea
language sql stable parallel safe as $$
  select sha256(convert_to('entry 1' || foundation.audit_part(e.org_id::text) || foundation.audit_part(e.id::text)
    || foundation.audit_part(foundation.audit_time(e.at)) || foundation.audit_part(e.xid::text)
    || foundation.audit_part(e.actor::text) || foundation.audit_part(e.act) || foundation.audit_part(e.resource)
    || foundation.audit_part(e.record::text) || foundation.audit_part(e.via) || foundation.audit_part(e.cause)
    || foundation.audit_part(e.request_id) || foundation.audit_part(encode(who, 'hex'))
    || foundation.audit_part(encode(what, 'hex')), 'UTF8'))
$$;

create function foundation.audit_seal_hash(s foundation.audit_seal) returns bytea language sql stable as $$
  select sha256(convert_to('seal 1' || foundation.audit_part(s.org_id::text) || foundation.audit_part(s.n::text)
    || foundation.audit_part(encode(s.previous, 'hex')) || foundation.audit_part(foundation.audit_time(s.sealed_at))
    || foundation.audit_part(s.snapshot::text) || foundation.audit_part(s.system::text)
    || foundation.audit_part(array_to_string(s.entry_ids, ',')) || foundation.audit_part(encode(s.digests, 'hex')),
    'UTF8'))
$$;

-- The least id that can have been made at a moment: ids begin with the time, in milliseconds.
create function foundation.first_id(at timestamptz) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

-- What is committed at this moment. The transaction that asks counts as not committed: it may write further.
create function foundation.committed(seen pg_snapshot, own xid8) returns pg_snapshot language sql immutable as $$
  select case when own >= pg_snapshot_xmax(seen) then seen else (
    least(own, pg_snapshot_xmin(seen)) || ':' || pg_snapshot_xmax(seen) || ':' || (
      select string_agg(x::text, ',' order by x)
      from (select own as x union select pg_snapshot_xip(seen)) running))::pg_snapshot end
$$;

-- Seals what has been committed since the last time in the open org. Writers never wait for it. Answers how many
-- entries, and the head.
create function foundation.seal_audit(out sealed bigint, out n bigint, out hash bytea)
language plpgsql security definer set search_path = '' as $$
declare
  org uuid := foundation.current_org();
  own xid8 := pg_current_xact_id();
  here bigint := (select system_identifier from pg_control_system());
  seal foundation.audit_seal;
  seen pg_snapshot;
  since timestamptz;
  moved boolean;
  part record;
begin
  perform pg_advisory_xact_lock(hashtextextended('seal ' || org, 0));
  sealed := 0;
  select s.n, s.hash into n, hash from foundation.audit_seal s where s.org_id = org order by s.n desc limit 1;
  select s.snapshot into seen from foundation.audit_seal s
  where s.org_id = org and s.snapshot is not null and s.system = here order by s.n desc limit 1;
  -- What that one has not seen was begun after this one, and so written after it. A minute is for a clock set back.
  select s.sealed_at - interval '1 minute' into since from foundation.audit_seal s
  where s.org_id = org and s.system = here and pg_snapshot_xmax(s.snapshot) <= pg_snapshot_xmin(seen)
  order by s.n desc limit 1;
  -- In another database than the one that it began in, transactions are counted anew, and say nothing of earlier seals.
  moved := exists (select from foundation.audit_seal s where s.org_id = org and s.n = 1 and s.system <> here);
  seal.org_id := org;
  seal.sealed_at := clock_timestamp();
  seal.system := here;
  for part in
    with found as materialized (
      select e as entry, foundation.committed(pg_current_snapshot(), own) as now,
        (row_number() over (order by e.id) - 1) / 1000 as place
      from foundation.audit_entry e
      where e.org_id = org and e.id >= foundation.first_id(coalesce(since, '1970-01-01'))
        and e.xid is distinct from own
        and coalesce(not pg_visible_in_snapshot(e.xid, seen), seen is null)
        and (not moved or e.id not in (select unnest(s.entry_ids) from foundation.audit_seal s
          where s.org_id = org and s.sealed_at >= coalesce(since, '-infinity')))
    )
    select array_agg((entry).id order by (entry).id) as ids,
      string_agg(foundation.audit_digest(entry, coalesce(who.digest, foundation.audit_who(entry)),
        coalesce(what.digest, foundation.audit_what(entry))), '' order by (entry).id) as digests,
      case when place = max(place) over () then min(now::text)::pg_snapshot end as snapshot
    from found
    left join foundation.audit_erasure who on who.org_id = org and who.entry_id = (entry).id and who.part = 'who'
      and (entry).who_salt is null
    left join foundation.audit_erasure what on what.org_id = org and what.entry_id = (entry).id and what.part = 'what'
      and (entry).salt is null
    group by place order by place
  loop
    n := coalesce(n, 0) + 1;
    seal.n := n;
    seal.previous := hash;
    seal.entry_ids := part.ids;
    seal.digests := part.digests;
    seal.snapshot := part.snapshot;
    seal.hash := foundation.audit_seal_hash(seal);
    hash := seal.hash;
    insert into foundation.audit_seal values (seal.*);
    sealed := sealed + cardinality(part.ids);
  end loop;
end $$;

-- Publishes the head of the open org, if it has moved. Answers nothing when there is no news.
create function foundation.publish_audit_head() returns setof foundation.audit_head
language sql security definer set search_path = '' as $$
  insert into foundation.audit_head (org_id, n, hash, entries)
  select s.org_id, s.n, s.hash, (select sum(cardinality(entry_ids)) from foundation.audit_seal
    where org_id = s.org_id)
  from foundation.audit_seal s where s.org_id = foundation.current_org() order by s.n desc limit 1
  on conflict do nothing
  returning *
$$;

-- All orgs, the suspended too: their trail is kept like any other.
create function foundation.audited_orgs() returns table (id uuid, slug text, name text, witnesses text[])
language sql stable security definer set search_path = '' as $$
  select id, slug, name, audit_witnesses from foundation.org order by slug
$$;

create function foundation.set_audit_witnesses(p_witnesses text[]) returns void
language sql security definer set search_path = '' as $$
  update foundation.org set audit_witnesses = p_witnesses where id = foundation.current_org()
$$;

revoke execute on function foundation.keep_audit, foundation.audit_part, foundation.audit_time, foundation.audit_who,
  foundation.audit_what, foundation.audit_digest, foundation.audit_seal_hash, foundation.first_id, foundation.committed,
  foundation.seal_audit, foundation.publish_audit_head, foundation.audited_orgs, foundation.set_audit_witnesses from
  public;
grant execute on function foundation.seal_audit, foundation.publish_audit_head, foundation.audited_orgs,
  foundation.set_audit_witnesses to commonhall_app;
