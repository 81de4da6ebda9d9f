-- Books in double entry. Amounts are signed: a debit is more than zero, a credit less, so an entry balances when its
-- lines add up to zero. What is posted stays: the server may read entries and lines and write them by two functions
-- alone, one that posts and one that takes back; changing or deleting is nobody's.

create table ledger.account (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  code citext not null constraint account_number check (code ~ '^[0-9]{3,7}$'),
  name text collate "en-x-icu" not null,
  kind text not null check (kind in ('asset', 'liability', 'equity', 'income', 'expense')),
  quickbooks_name text collate "en-x-icu",
  quickbooks_type text check (quickbooks_type in ('BANK', 'AR', 'OCASSET', 'FIXASSET', 'OASSET', 'AP', 'CCARD',
    'OCLIAB', 'LTLIAB', 'EQUITY', 'INC', 'EXP')),
  primary key (org_id, id),
  unique (org_id, code)
);
create index account_code on ledger.account (org_id, code, id);
select foundation.guard_table('ledger.account');
select foundation.audit_table('ledger.account', 'ledger.account');

create table ledger.entry (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  number integer not null check (number > 0),
  posted_on date not null,
  memo text collate "en-x-icu" not null,
  source_resource text collate "en-x-icu",
  source_record uuid,
  reverses uuid,
  posted_by uuid default foundation.current_actor(),
  -- How many lines it has: none can be added to it later.
  line_count integer not null check (line_count >= 2),
  primary key (org_id, id),
  unique (org_id, number),
  unique (org_id, reverses),
  foreign key (org_id, reverses) references ledger.entry (org_id, id)
);
create index entry_number on ledger.entry (org_id, number, id);
create index entry_posted_on on ledger.entry (org_id, posted_on, id);
create index entry_reverses on ledger.entry (org_id, reverses, id);
create index entry_posted_by on ledger.entry (org_id, posted_by, id);
create index entry_source_record on ledger.entry (org_id, source_record) where source_record is not null;
select foundation.guard_table('ledger.entry');
select foundation.audit_table('ledger.entry', 'ledger.entry');

create table ledger.line (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  entry uuid not null,
  position integer not null check (position > 0),
  -- The day of its entry, kept beside the account so that one index answers what an account had on a day.
  posted_on date not null,
  account uuid not null,
  amount numeric(15,2) not null check (amount <> 0),
  payee text collate "en-x-icu",
  memo text collate "en-x-icu",
  primary key (org_id, id),
  unique (org_id, entry, position),
  foreign key (org_id, entry) references ledger.entry (org_id, id),
  foreign key (org_id, account) references ledger.account (org_id, id)
);
create index line_posted_on on ledger.line (org_id, posted_on, id);
create index line_entry on ledger.line (org_id, entry, id);
create index line_account on ledger.line (org_id, account, id);
create index line_account_day on ledger.line (org_id, account, posted_on) include (amount);
select foundation.guard_table('ledger.line');

-- What is posted stays ------------------------------------------------------------------------------------------------

revoke insert, update, delete on ledger.entry, ledger.line from commonhall_app;

-- Not the owner's either. Only what erases a whole organization says so first.
create function ledger.keep_posted() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' and foundation.setting('erasing') = old.org_id::text then
    return old;
  end if;
  raise exception 'what is posted is not changed; it is reversed' using errcode = '42501';
end $$;

do $$
declare
  kept text;
begin
  foreach kept in array array['entry', 'line'] loop
    execute format('create trigger keep_posted before update or delete on ledger.%I
      for each row execute function ledger.keep_posted()', kept);
    execute format('create trigger keep_posted_whole before truncate on ledger.%I
      for each statement execute function ledger.keep_posted()', kept);
  end loop;
end $$;

-- An account keeps its number and kind: both are in books that others have copies of.
create function ledger.keep_account() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'an account keeps its number and its kind' using errcode = '42501';
end $$;
create trigger keep_account before update on ledger.account for each row
  when (old.code is distinct from new.code or old.kind is distinct from new.kind)
  execute function ledger.keep_account();

-- What an entry must be when its transaction commits ------------------------------------------------------------------

-- All lines that it says it has, of its day, adding up to zero; a reversal has those of what it reverses, with the
-- signs turned.
create function ledger.check_entry() returns trigger language plpgsql set search_path = '' as $$
declare
  checked uuid := to_jsonb(new) ->> tg_argv[0];
  e ledger.entry;
  lines integer;
  total numeric;
begin
  select * into e from ledger.entry one where one.org_id = new.org_id and one.id = checked;
  select count(*) filter (where l.posted_on = e.posted_on), sum(l.amount) into lines, total from ledger.line l
  where l.org_id = new.org_id and l.entry = checked;
  if lines <> e.line_count or total is distinct from 0 then
    raise exception 'entry % has % of % lines, which add up to %', e.number, lines, e.line_count, total
      using errcode = '23514', constraint = 'entry_balances';
  end if;
  if e.reverses is not null and (
    exists (select from ledger.entry o where o.org_id = e.org_id and o.id = e.reverses and o.reverses is not null)
    or exists (
      select from (select * from ledger.line m where m.org_id = e.org_id and m.entry = e.id) mine
      full join (select * from ledger.line t where t.org_id = e.org_id and t.entry = e.reverses) theirs
        using (position)
      where (mine.account, mine.amount) is distinct from (theirs.account, -theirs.amount))) then
    raise exception 'entry % does not take back exactly what it reverses', e.number
      using errcode = '23514', constraint = 'reversal_is_exact';
  end if;
  return null;
end $$;

create constraint trigger entry_balances after insert on ledger.entry deferrable initially deferred
  for each row execute function ledger.check_entry('id');
create constraint trigger line_balances after insert on ledger.line deferrable initially deferred
  for each row execute function ledger.check_entry('entry');

-- Numbers go on where they ended. Two who post at once wait for each other in ledger.next_number; whoever does not is
-- refused here, or by the unique key.
create function ledger.check_numbers() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (
    select from (
      select n.org_id, min(n.number) as first, max(n.number) as last, count(*) as entries
      from new_rows n group by n.org_id
    ) added
    where added.last - added.first + 1 <> added.entries or added.first > 1 and not exists (
      select from ledger.entry e where e.org_id = added.org_id and e.number = added.first - 1)) then
    raise exception 'numbers of entries have no gaps' using errcode = '23514', constraint = 'entry_number_follows';
  end if;
  return null;
end $$;
create trigger entry_number_follows after insert on ledger.entry referencing new table as new_rows
  for each statement execute function ledger.check_numbers();

-- The two ways to write -----------------------------------------------------------------------------------------------

-- The number after the last. Whoever posts next in this org waits until this transaction ends: that is what a row of
-- numbers without gaps costs.
create function ledger.next_number(p_org uuid) returns integer language plpgsql set search_path = '' as $$
begin
  if p_org is null then
    raise exception 'no organization is open' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('ledger of ' || p_org, 0));
  return (select coalesce(max(number), 0) + 1 from ledger.entry where org_id = p_org);
end $$;

-- [{on, memo, resource, record, payee, lines: [{account, amount, payee, memo}]}]: all of them, or none.
create function ledger.post(p_entries jsonb) returns table (id uuid, number integer)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  org uuid := foundation.current_org();
  next integer := ledger.next_number(org);
  missing text;
begin
  select line ->> 'account' into missing
  from jsonb_array_elements(p_entries) entry, jsonb_array_elements(entry -> 'lines') line
  where not exists (select from ledger.account a
    where a.org_id = org and a.code operator(public.=) (line ->> 'account')::public.citext) limit 1;
  if missing is not null then
    raise exception 'ledger:no_account' using errcode = 'CH422', detail = jsonb_build_object('code', missing);
  end if;
  return query
  with given as materialized (
    select uuidv7() as id, place, entry from jsonb_array_elements(p_entries) with ordinality u (entry, place)
  ), posted as (
    insert into ledger.entry (org_id, id, number, posted_on, memo, source_resource, source_record, line_count)
    select org, g.id, next + g.place - 1, (g.entry ->> 'on')::date, g.entry ->> 'memo', g.entry ->> 'resource',
      (g.entry ->> 'record')::uuid, jsonb_array_length(g.entry -> 'lines')
    from given g order by g.place returning entry.id, entry.number
  ), lines as (
    insert into ledger.line (org_id, entry, position, posted_on, account, amount, payee, memo)
    select org, g.id, l.place, (g.entry ->> 'on')::date, a.id, (l.line ->> 'amount')::numeric,
      coalesce(l.line ->> 'payee', g.entry ->> 'payee'), l.line ->> 'memo'
    from given g cross join jsonb_array_elements(g.entry -> 'lines') with ordinality l (line, place)
    join ledger.account a on a.org_id = org and a.code operator(public.=) (l.line ->> 'account')::public.citext
    order by g.place, l.place
  )
  select p.id, p.number from posted p order by p.number;
end $$;

-- Takes entries back, in the order of their numbers: the same lines with the signs turned, once each.
create function ledger.reverse(p_entries uuid[], p_on date, p_memo text) returns table (id uuid, number integer)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  org uuid := foundation.current_org();
  next integer := ledger.next_number(org);
  wrong record;
begin
  if (select count(*) from ledger.entry e where e.org_id = org and e.id = any(p_entries))
    <> (select count(distinct one) from unnest(p_entries) one) then
    raise exception 'ledger:no_entry' using errcode = 'CH422', detail = '{}';
  end if;
  select e.number, e.posted_on, e.reverses, back.number as taken_back into wrong
  from ledger.entry e left join ledger.entry back on back.org_id = e.org_id and back.reverses = e.id
  where e.org_id = org and e.id = any(p_entries)
    and (e.reverses is not null or back.id is not null or e.posted_on > p_on)
  order by e.number limit 1;
  if found then
    raise exception '%', case when wrong.reverses is not null then 'ledger:is_reversal'
        when wrong.taken_back is not null then 'ledger:is_reversed' else 'ledger:before_entry' end
      using errcode = case when wrong.reverses is null and wrong.taken_back is null then 'CH422' else 'CH409' end,
        detail = jsonb_build_object('number', wrong.number, 'by', wrong.taken_back, 'on', wrong.posted_on);
  end if;
  return query
  with given as materialized (
    select uuidv7() as id, e.id as original, row_number() over (order by e.number) as place, e.source_resource,
      e.source_record, e.line_count
    from ledger.entry e where e.org_id = org and e.id = any(p_entries)
  ), posted as (
    insert into ledger.entry
      (org_id, id, number, posted_on, memo, source_resource, source_record, reverses, line_count)
    select org, g.id, next + g.place - 1, p_on, p_memo, g.source_resource, g.source_record, g.original, g.line_count
    from given g order by g.place returning entry.id, entry.number
  ), lines as (
    insert into ledger.line (org_id, entry, position, posted_on, account, amount, payee, memo)
    select org, g.id, l.position, p_on, l.account, -l.amount, l.payee, l.memo
    from given g join ledger.line l on l.org_id = org and l.entry = g.original order by g.place, l.position
  )
  select p.id, p.number from posted p order by p.number;
end $$;

revoke execute on all functions in schema ledger from public;
grant execute on function ledger.post, ledger.reverse to commonhall_app;
