/**
 * Makes a job that the catalog has leave a line each time that it takes effect, under the request that it was queued
 * with, so that real processes can be watched at work: run as the owner of a database of one's own. Once there are as
 * many lines as `pace.most` says, a job stops in its middle until there may be more.
 */
export const tallyUsage = `
  create table public.tally (job text not null);
  create table public.pace as select 1000000 as most;
  grant select, insert on public.tally, public.pace to public;
  create or replace function foundation.count_usage() returns void language plpgsql security definer
  set search_path = '' as $$
  begin
    while (select count(*) from public.tally) >= (select most from public.pace) loop
      perform pg_catalog.pg_sleep(0.01);
    end loop;
    insert into public.tally (job) values (current_setting('app.request'));
  end $$`
