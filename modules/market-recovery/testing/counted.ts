import { asOwner, type TestHouse } from '@commonhall/engine/testing'

/**
 * All that hours could write: rows, sums, movements, audit trail, notices. The same before and after: nothing. That
 * somebody looked, or was denied, is written a while later.
 */
export async function counted(house: TestHouse): Promise<unknown> {
  const [row] = await asOwner(
    house,
    `select
      (select md5(string_agg(h::text, '' order by h.id)) from market_recovery.hours h) as hours,
      (select md5(string_agg(a::text, '' order by a.id)) from market_recovery.assignment a) as assignments,
      (select jsonb_agg(jsonb_build_array(p.name, p.version, p.committed, p.paid) order by p.id)
        from market_recovery.program p) as programs,
      (select jsonb_agg(jsonb_build_array(j.name, j.version, j.used_hours, j.used_amount) order by j.id)
        from market_recovery.project j) as projects,
      (select md5(string_agg(s::text, '' order by s.id)) from market_recovery.scale s) as scales,
      (select count(*) from market_recovery.movement) as movements,
      (select count(*) from foundation.audit_entry
        where resource like 'market-recovery.%' and act not in ('read', 'export', 'denied')) as entries,
      (select count(*) from foundation.notification) as told`,
  )
  return row
}
