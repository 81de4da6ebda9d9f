import { asOwner, type TestHouse } from '@commonhall/engine/testing'

/** A report that goes out every week to somebody of an org. */
export const setUpReport = (house: TestHouse, slug = 'riverside') =>
  asOwner(
    house,
    `insert into foundation.report_schedule (org_id, report, every, day, recipients, next_at)
    select m.org_id, 'housing.vacancies', 'week', 1, jsonb_build_array(m.user_id), now() + interval '1 year'
    from foundation.membership m join foundation.org o on o.id = m.org_id where o.slug = $1 limit 1`,
    [slug],
  )
