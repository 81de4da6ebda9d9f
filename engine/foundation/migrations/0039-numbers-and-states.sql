-- Two things that modules ask of the database: numbers that people can say, and workflows that hold whoever writes.

create table foundation.counter (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  name text not null,
  value bigint not null,
  primary key (org_id, name)
);
select foundation.guard_table('foundation.counter');

-- The next number of a kind of record in the open org, such as A-0042: the default of a column. Whoever takes one makes
-- others wait until it is certain that it is taken, so none is left out.
create function foundation.next_number(p_name text, p_prefix text default '') returns text
language plpgsql set search_path = '' as $$
declare
  taken bigint;
begin
  insert into foundation.counter as c (name, value) values (p_name, 1)
  on conflict (org_id, name) do update set value = c.value + 1 returning value into taken;
  return p_prefix || case when taken < 10000 then lpad(taken::text, 4, '0') else taken::text end;
end $$;

-- A record's state moves along its workflow alone, also for a hand that goes around the code. The arguments are the
-- states that a user may create it in, separated by commas, and then each step as from>to.
create function foundation.keep_workflow() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    -- The house itself brings in records that are further along: demo data, an old system's history.
    if foundation.current_actor() is null or new.state = any (string_to_array(tg_argv[0], ',')) then
      return new;
    end if;
    raise exception 'engine:record.start_state' using errcode = 'CH409',
      detail = jsonb_build_object('state', new.state)::text;
  end if;
  if old.state = new.state or old.state || '>' || new.state = any (tg_argv[1:]) then
    return new;
  end if;
  raise exception 'engine:record.no_such_step' using errcode = 'CH409',
    detail = jsonb_build_object('from', old.state, 'to', new.state)::text;
end $$;

-- Puts a table's states under guard: those to start in, and the steps between them.
create function foundation.guard_states(guarded regclass, starts text[], steps text[]) returns void
language plpgsql as $$
begin
  execute format('create trigger keep_workflow before insert or update of state on %s for each row '
    'execute function foundation.keep_workflow(%L%s)', guarded, array_to_string(starts, ','),
    (select string_agg(format(', %L', step), '') from unnest(steps) step));
end $$;

revoke execute on function foundation.next_number, foundation.keep_workflow, foundation.guard_states from public;
grant execute on function foundation.next_number to commonhall_app;
