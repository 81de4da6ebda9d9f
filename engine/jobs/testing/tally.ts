/**
 * Makes a job that the catalog has leave a line each time that it takes effect, under the request that it was queued
 * with, so that real processes can be watched at work: run as the owner of a database of one's own.
 */
export const tallyUsage = `
  create table public.tally (job text not null);
  grant select, insert on public.tally to public;
  create or replace function foundation.count_usage() returns void language sql security definer set search_path = ''
  as $$
    insert into public.tally (job) values (current_setting('app.request'));
  $$`
