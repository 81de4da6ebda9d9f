-- What is paid, and that nothing is paid twice: a batch takes the weeks that are approved, and from then on batch,
-- payments and weeks move together, whoever writes.

-- The weeks that wait to be paid.
create index hours_to_pay on market_recovery.hours (org_id, week_ending) where state = 'approved' and payment is null;
-- What of a batch is not settled.
create index payment_open on market_recovery.payment (org_id, batch)
  where state in ('prepared', 'released', 'exported');

-- Payments come into being with their batch alone, and nothing of either is thrown away: not by the server. What erases
-- a whole organization is another.
create function market_recovery.keep_payments() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'commonhall_app' and exists (select from touched) then
    perform market_recovery.refuse('batch.settled');
  end if;
  return null;
end $$;

create trigger keep_payments_made after insert on market_recovery.payment referencing new table as touched
  for each statement execute function market_recovery.keep_payments();
create trigger keep_payments after delete on market_recovery.payment referencing old table as touched
  for each statement execute function market_recovery.keep_payments();
create trigger keep_batches after delete on market_recovery.payment_batch referencing old table as touched
  for each statement execute function market_recovery.keep_payments();

-- A new batch takes every approved, unpaid week of its days, and each adjustment of a week up to its last day: one
-- payment for each assignment, the sum of its rounded weeks. An assignment that comes to less than nothing stays for
-- the next batch. Whoever else prepares at this moment waits: at the number of the batch, and at the weeks themselves,
-- since to pass over what another holds would lose it if that other gives up.
create function market_recovery.prepare_batch() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  org uuid := foundation.current_org();
  weeks uuid[];
begin
  new.prepared_by := coalesce(foundation.current_actor(), new.prepared_by);
  if new.state <> 'prepared' then
    return new;
  end if;
  select array_agg(week.id) into weeks from (
    select h.id from market_recovery.hours h
    where h.org_id = org and h.state = 'approved' and h.payment is null and h.week_ending <= new.period_until_on
      and (h.week_ending >= new.period_from_on or h.adjusts is not null)
      and (new.program is null or h.program = new.program)
    order by h.id for no key update
  ) week;
  select count(*) into new.carried from (
    select from market_recovery.hours h where h.org_id = org and h.id = any (weeks)
    group by h.assignment having sum(h.subsidy) < 0
  ) left_out;
  insert into market_recovery.payment (org_id, number, batch, assignment, member, contractor, program, hours, subsidy)
  select org, new.number || '-' || lpad(place::text, greatest(4, length(place::text)), '0'), new.id, a.id, a.member,
    a.contractor, a.program, sums.hours, sums.subsidy
  from (
    select h.assignment, sum(h.regular + h.overtime) as hours, sum(h.subsidy) as subsidy,
      row_number() over (order by c.name, a.number) as place
    from market_recovery.hours h
    join market_recovery.assignment a on a.org_id = org and a.id = h.assignment
    join market_recovery.contractor c on c.org_id = org and c.id = a.contractor
    where h.org_id = org and h.id = any (weeks)
    group by h.assignment, c.name, a.number having sum(h.subsidy) >= 0
  ) sums join market_recovery.assignment a on a.org_id = org and a.id = sums.assignment;
  update market_recovery.hours h set payment = p.id, version = h.version + 1, updated_at = now()
  from market_recovery.payment p
  where p.org_id = org and p.batch = new.id and h.org_id = org and h.assignment = p.assignment and h.id = any (weeks);
  select count(*), coalesce(sum(p.hours), 0), coalesce(sum(p.subsidy), 0) into new.payments, new.hours, new.subsidy
  from market_recovery.payment p where p.org_id = org and p.batch = new.id;
  return new;
end $$;

create trigger prepare_batch before insert on market_recovery.payment_batch
  for each row execute function market_recovery.prepare_batch();

create function market_recovery.refuse_empty() returns trigger language plpgsql set search_path = '' as $$
declare
  empty record;
begin
  select carried into empty from new_rows where state = 'prepared' and payments = 0 limit 1;
  if found then
    perform market_recovery.refuse(case when empty.carried > 0 then 'batch.only_less' else 'batch.nothing' end);
  end if;
  return null;
end $$;

create trigger refuse_empty after insert on market_recovery.payment_batch referencing new table as new_rows
  for each statement execute function market_recovery.refuse_empty();

-- Who takes a step is whoever is at work, whatever was sent, and nobody releases what they prepared.
create function market_recovery.keep_batch() returns trigger language plpgsql set search_path = '' as $$
declare
  actor uuid := foundation.current_actor();
begin
  if new.state = 'released' and old.state = 'prepared' then
    if actor = old.prepared_by then
      perform market_recovery.refuse('batch.own');
    end if;
    new.released_by := coalesce(actor, new.released_by);
    new.released_at := coalesce(new.released_at, now());
  elsif (new.released_by, new.released_at) is distinct from (old.released_by, old.released_at) then
    perform market_recovery.refuse('batch.settled');
  end if;
  if (new.number, new.period_from_on, new.period_until_on, new.program, new.carried, new.prepared_by)
    is distinct from
    (old.number, old.period_from_on, old.period_until_on, old.program, old.carried, old.prepared_by) then
    perform market_recovery.refuse('batch.settled');
  end if;
  return new;
end $$;

create trigger keep_batch before update on market_recovery.payment_batch
  for each row execute function market_recovery.keep_batch();

-- What becomes of a batch becomes of its payments; and a batch comes to what its payments come to.
create function market_recovery.follow_batch() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.state <> old.state then
    if new.state = 'void' and exists (
      select from market_recovery.payment p where p.batch = new.id and p.state = 'paid') then
      perform market_recovery.refuse('batch.some_paid');
    end if;
    update market_recovery.payment p set state = new.state, version = p.version + 1, updated_at = now(),
      reason = case new.state when 'void' then new.reason else p.reason end,
      paid_on = case new.state when 'paid' then new.paid_on else p.paid_on end,
      processed_at = case new.state when 'paid' then now() else p.processed_at end
    where p.batch = new.id and p.state = old.state;
  end if;
  perform from market_recovery.payment_batch b cross join lateral (
    select count(*) as payments, coalesce(sum(p.hours), 0) as hours, coalesce(sum(p.subsidy), 0) as subsidy
    from market_recovery.payment p where p.batch = b.id and p.state <> 'void'
  ) s where b.id = new.id and (b.payments, b.hours, b.subsidy) is distinct from (s.payments, s.hours, s.subsidy);
  if found then
    perform market_recovery.refuse('batch.settled');
  end if;
  return null;
end $$;

create trigger follow_batch after update on market_recovery.payment_batch
  for each row execute function market_recovery.follow_batch();

-- A payment's amount and whose it is never change, nor anything of one that is paid or void.
create function market_recovery.keep_payment() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.number, new.batch, new.assignment, new.member, new.contractor, new.program, new.hours, new.subsidy)
    is distinct from
    (old.number, old.batch, old.assignment, old.member, old.contractor, old.program, old.hours, old.subsidy)
    or old.state in ('paid', 'void') and (new.state, new.qb_reference, new.paid_on, new.reason)
      is distinct from (old.state, old.qb_reference, old.paid_on, old.reason) then
    perform market_recovery.refuse('batch.settled');
  end if;
  return new;
end $$;

create trigger keep_payment before update on market_recovery.payment
  for each row execute function market_recovery.keep_payment();

-- What becomes of a payment becomes of its weeks: paid with it, or free again; and of its batch, when it was the last.
-- Two who pay the last two wait for each other at the batch, so that one of them sees that nothing is left.
create function market_recovery.follow_payments() returns trigger language plpgsql set search_path = '' as $$
declare
  moved uuid[];
  batches uuid[];
begin
  select array_agg(n.id), array_agg(distinct n.batch) into moved, batches
  from new_rows n join old_rows o on o.id = n.id where n.state <> o.state;
  if moved is null then
    return null;
  end if;
  perform from market_recovery.payment_batch b where b.id = any (batches) order by b.id for no key update;
  perform from market_recovery.payment p join market_recovery.payment_batch b on b.id = p.batch
  where p.id = any (moved) and p.state not in (b.state, 'void')
    and not (p.state = 'paid' and b.state in ('exported', 'paid'));
  if found then
    perform market_recovery.refuse('payment.with_batch');
  end if;
  update market_recovery.hours h set state = 'paid', paid_on = p.paid_on, version = h.version + 1, updated_at = now()
  from market_recovery.payment p where p.id = any (moved) and p.state = 'paid' and h.payment = p.id;
  update market_recovery.hours h set payment = null, version = h.version + 1, updated_at = now()
  from market_recovery.payment p where p.id = any (moved) and p.state = 'void' and h.payment = p.id;
  -- Most payments change nothing about their batch: others are still open, and its sums stay.
  select array_agg(one.id) into batches from unnest(batches) one (id)
  where exists (
      select from market_recovery.payment p where p.id = any (moved) and p.batch = one.id and p.state = 'void')
    or not exists (
      select from market_recovery.payment p where p.batch = one.id and p.state in ('prepared', 'released', 'exported'));
  if batches is null then
    return null;
  end if;
  update market_recovery.payment_batch b set payments = s.payments, hours = s.hours, subsidy = s.subsidy,
    state = case when s.open > 0 then b.state when s.payments > 0 then 'paid' else 'void' end,
    paid_on = case when s.open = 0 and s.payments > 0 then coalesce(b.paid_on, s.paid_on) end,
    reason = case when s.open + s.payments = 0 then coalesce(b.reason, s.reason) end,
    version = b.version + 1, updated_at = now()
  from (
    select p.batch, count(*) filter (where p.state <> 'void') as payments,
      count(*) filter (where p.state not in ('paid', 'void')) as open, max(p.paid_on) as paid_on,
      max(p.reason) filter (where p.id = any (moved)) as reason,
      coalesce(sum(p.hours) filter (where p.state <> 'void'), 0) as hours,
      coalesce(sum(p.subsidy) filter (where p.state <> 'void'), 0) as subsidy
    from market_recovery.payment p where p.batch = any (batches) group by p.batch
  ) s
  where b.id = s.batch and ((b.payments, b.hours, b.subsidy) is distinct from (s.payments, s.hours, s.subsidy)
    or s.open = 0 and b.state not in ('paid', 'void'));
  return null;
end $$;

create trigger follow_payments after update on market_recovery.payment
  referencing old table as old_rows new table as new_rows
  for each statement execute function market_recovery.follow_payments();

-- A week is in at most one living payment: it enters one while that is prepared, leaves it when that is void, and is
-- paid when that is paid.
create function market_recovery.hold_payment() returns trigger language plpgsql set search_path = '' as $$
declare
  held market_recovery.payment;
begin
  select * into held from market_recovery.payment p
  where p.org_id = new.org_id and p.id = coalesce(new.payment, old.payment);
  if new.state = 'paid' and old.state <> 'paid'
    and (held.state, new.payment) is distinct from ('paid', old.payment) then
    perform market_recovery.refuse('payment.pays_weeks');
  elsif new.payment is distinct from old.payment and not coalesce(
    case when new.payment is null then held.state = 'void'
      else old.payment is null and old.state = 'approved' and held.state = 'prepared' end, false) then
    perform market_recovery.refuse('hours.in_batch');
  end if;
  return new;
end $$;

create trigger hold_payment before update on market_recovery.hours for each row
  when (new.payment is distinct from old.payment or new.state = 'paid' and old.state <> 'paid')
  execute function market_recovery.hold_payment();

-- To the cent: a payment is the sum of its weeks.
create function market_recovery.check_payments() returns trigger language plpgsql set search_path = '' as $$
declare
  touched uuid[];
begin
  select array_agg(distinct payment) into touched from (
    select n.payment from new_rows n join old_rows o on o.id = n.id and n.payment is distinct from o.payment
    union all
    select o.payment from new_rows n join old_rows o on o.id = n.id and n.payment is distinct from o.payment
  ) changed;
  if touched is null then
    return null;
  end if;
  perform from market_recovery.payment p left join (
    select h.payment, sum(h.regular + h.overtime) as hours, sum(h.subsidy) as subsidy
    from market_recovery.hours h where h.payment = any (touched) group by h.payment
  ) weeks on weeks.payment = p.id
  where p.id = any (touched) and case p.state when 'void' then weeks.payment is not null
    else (weeks.hours, weeks.subsidy) is distinct from (p.hours, p.subsidy) end;
  if found then
    perform market_recovery.refuse('batch.settled');
  end if;
  return null;
end $$;

create trigger check_payments after update on market_recovery.hours
  referencing old table as old_rows new table as new_rows
  for each statement execute function market_recovery.check_payments();

revoke execute on all functions in schema market_recovery from public;
