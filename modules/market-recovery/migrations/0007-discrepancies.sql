-- Whether the books add up, in the open org: a row for each sum that is not what it is made of. No row is the proof
-- that programs, awards, movements, weeks, payments, batches and the ledger say the same, to the cent.
create function market_recovery.discrepancies() returns table (what text, record uuid, kept text, found text)
language sql stable set search_path = '' as $$
  select 'program', p.id, row(p.committed, p.paid, p.committed, p.paid)::text,
    row(weeks.committed, weeks.paid, moves.committed, moves.paid)::text
  from market_recovery.program p
  cross join lateral (
    select coalesce(sum(h.subsidy) filter (where h.state = 'approved'), 0.00) as committed,
      coalesce(sum(h.subsidy) filter (where h.state = 'paid'), 0.00) as paid
    from market_recovery.hours h where h.program = p.id
  ) weeks
  cross join lateral (
    select coalesce(sum(m.committed), 0.00) as committed, coalesce(sum(m.paid), 0.00) as paid
    from market_recovery.movement m where m.program = p.id
  ) moves
  where (p.committed, p.paid, p.committed, p.paid)
    is distinct from (weeks.committed, weeks.paid, moves.committed, moves.paid)
  union all
  select 'project', p.id, row(p.used_hours, p.used_amount)::text, row(weeks.hours, weeks.amount)::text
  from market_recovery.project p
  cross join lateral (
    select coalesce(sum(h.regular + h.overtime), 0.00) as hours, coalesce(sum(h.subsidy), 0.00) as amount
    from market_recovery.hours h where h.project = p.id and h.state in ('approved', 'paid')
  ) weeks
  where (p.used_hours, p.used_amount) is distinct from (weeks.hours, weeks.amount)
  union all
  select 'payment', p.id, row(p.hours, p.subsidy)::text, row(weeks.hours, weeks.subsidy)::text
  from market_recovery.payment p
  left join (
    select h.payment, sum(h.regular + h.overtime) as hours, sum(h.subsidy) as subsidy,
      bool_and(h.state = 'paid') as paid, bool_and(h.state = 'approved') as approved
    from market_recovery.hours h where h.payment is not null group by h.payment
  ) weeks on weeks.payment = p.id
  where case p.state when 'void' then weeks.payment is not null
    else (weeks.hours, weeks.subsidy, weeks.paid, weeks.approved)
      is distinct from (p.hours, p.subsidy, p.state = 'paid', p.state <> 'paid') end
  union all
  select 'week', h.id, h.state, null from market_recovery.hours h where h.state = 'paid' and h.payment is null
  union all
  select 'batch', b.id, row(b.state, b.payments, b.hours, b.subsidy)::text,
    row(sums.states, sums.payments, sums.hours, sums.subsidy)::text
  from market_recovery.payment_batch b
  cross join lateral (
    select array_agg(distinct p.state) filter (where p.state <> 'void') as states,
      count(*) filter (where p.state <> 'void') as payments,
      coalesce(sum(p.hours) filter (where p.state <> 'void'), 0.00) as hours,
      coalesce(sum(p.subsidy) filter (where p.state <> 'void'), 0.00) as subsidy
    from market_recovery.payment p where p.batch = b.id
  ) sums
  where (b.payments, b.hours, b.subsidy) is distinct from (sums.payments, sums.hours, sums.subsidy)
    or not case b.state when 'void' then sums.states is null
      when 'exported' then sums.states in ('{exported}', '{exported,paid}') else sums.states = array[b.state] end
  union all
  select 'ledger', p.id,
    row(case when p.state in ('released', 'exported') then -p.subsidy else 0.00 end,
      case p.state when 'paid' then -p.subsidy else 0.00 end)::text,
    row(books.payable, books.cash)::text
  from market_recovery.payment p
  left join (
    select e.source_record, coalesce(sum(l.amount) filter (where a.code = '2000'), 0.00) as payable,
      coalesce(sum(l.amount) filter (where a.code = '1000'), 0.00) as cash
    from ledger.entry e join ledger.line l on l.entry = e.id join ledger.account a on a.id = l.account
    where e.source_resource = 'market-recovery.payment' group by e.source_record
  ) books on books.source_record = p.id
  where (coalesce(books.payable, 0), coalesce(books.cash, 0)) is distinct from
    (case when p.state in ('released', 'exported') then -p.subsidy else 0 end,
      case p.state when 'paid' then -p.subsidy else 0 end)
$$;

revoke execute on function market_recovery.discrepancies from public;
grant execute on function market_recovery.discrepancies to commonhall_app;
