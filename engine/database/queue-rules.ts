import { deadLetterDays, inOrder } from '../jobs/terms.ts'

/**
 * What the queue's tables are to keep beside what the library sees to. Run as the owner, and again after each change.
 *
 * - While a job waits under a key, another is not added; what is done in order has keys of another meaning.
 * - A job in order has its place from the moment that it is queued, and not from the beginning of its transaction: of
 *   two transactions that change a record, the one that began first may well be the second to hold it.
 * - A dead letter is kept longer than what was done.
 */
export const queueRules = `
  update queue.job j set singleton_key = null
  where j.state < 'active' and j.singleton_key is not null and j.policy is distinct from '${inOrder}'
    and j.name not like '\\_\\_pgboss%' and exists (select from queue.job o where o.name = j.name
      and o.singleton_key = j.singleton_key and o.state < 'active' and (o.created_on, o.id) < (j.created_on, j.id));
  create unique index if not exists job_waiting_once on queue.job_common (name, singleton_key)
    where state < 'active' and singleton_key is not null and policy is distinct from '${inOrder}'
      and name not like '\\_\\_pgboss%';

  create or replace function queue.keep_place() returns trigger language plpgsql set search_path = '' as $$
  begin
    new.created_on := clock_timestamp();
    return new;
  end $$;
  create or replace trigger keep_place before insert on queue.job_common for each row
    when (new.state = 'created' and new.policy = '${inOrder}') execute function queue.keep_place();

  create or replace function queue.keep_dead_letter() returns trigger language plpgsql set search_path = '' as $$
  begin
    new.deletion_seconds := ${deadLetterDays * 86_400};
    return new;
  end $$;
  create or replace trigger keep_dead_letter before insert on queue.job_common for each row
    when (new.state = 'failed') execute function queue.keep_dead_letter();`
