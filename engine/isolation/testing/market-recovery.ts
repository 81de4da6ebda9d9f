import { asOwner, type TestHouse } from '@commonhall/engine/testing'

/**
 * Switches market recovery on in an org and makes something of every kind. Answers what is guarded, by
 * its resource: one that is the member's of the cast, one that is not.
 */
export async function fillMarketRecovery(
  house: TestHouse,
  slug = 'riverside',
): Promise<Map<string, { own: string; other: string }>> {
  await asOwner(house, "update foundation.org set modules = modules || '{market-recovery}' where slug = $1", [slug])
  const [officer, staff] = [await house.as(`officer@${slug}.example`), await house.as(`staff@${slug}.example`)]
  const made = async (path: string, body: object, voice = officer): Promise<string> => {
    const reply = await voice.post(path, body)
    if (reply.statusCode !== 201) throw new Error(reply.body)
    return reply.json().id
  }
  const from_on = '2025-01-01'
  const classification = 'Journeyman'
  await made('/scales', { classification, rate: '50', from_on })
  await made('/market-recovery-settings', {})
  const contractors = [
    await made('/contractors', { name: 'Bayline Electric', email: 'office@bayline.example' }),
    await made('/contractors', { name: 'Harbor Wiring' }),
  ] as const
  const [contractor] = contractors
  const program = await made('/programs', { name: 'Work for us', state: 'active', budget: '9000', from_on })
  const wanted = (name: string, n: 0 | 1) => ({ name, contractor: contractors[n], program })
  const projects = [
    await made('/projects', wanted('Library', 0)),
    await made('/projects', wanted('School', 1)),
  ] as const
  const [project] = projects
  await made('/award-rates', { project, classification, rate: '12.5' })
  await officer.post(`/projects/${project}/award`)
  await officer.post(`/projects/${project}/offer`, { how: 'By letter' })
  const members = await twoMembers(house, slug)
  const listed = { contractor, week_ending: '2025-03-02', classification, hours: '40' }
  await made('/remittances', { ...listed, member: members[0]?.id })
  const place = { contractor, program, project, classification, contractor_rate: '35', from_on }
  const [own, other] = members.map(({ id }) => id)
  const assignments = [
    await made('/assignments', { ...place, member: own }),
    await made('/assignments', { ...place, member: other }),
  ] as const
  const week = { assignment: assignments[0], week_ending: '2025-03-02', regular: '40' }
  const hours = await made('/hours', week, staff)
  await staff.post(`/hours/${hours}/submit`)
  const approved = await officer.post(`/hours/${hours}/approve`)
  if (approved.statusCode !== 200) throw new Error(approved.body)
  const batch = { program, period_from_on: '2025-03-01', period_until_on: '2025-03-31' }
  const mistaken = await made('/payment-batches', batch)
  await officer.post(`/payment-batches/${mistaken}/void`, { reason: 'The wrong month' })
  const offers = await asOwner<{ id: string }>(
    house,
    'select id from market_recovery.offer where project = $1 order by contractor <> $2',
    [project, contractor],
  )
  const pair = ([own, other]: readonly [string, string]) => ({ own, other })
  return new Map([
    ['market-recovery.contractor', pair(contractors)],
    ['market-recovery.project', pair(projects)],
    ['market-recovery.offer', { own: offers[0]?.id ?? '', other: offers[1]?.id ?? '' }],
    ['market-recovery.assignment', pair(assignments)],
  ])
}

/** The member of the cast, and another. */
const twoMembers = (house: TestHouse, slug: string) =>
  asOwner<{ id: string }>(
    house,
    `select m.id from members.member m join foundation.org o on o.id = m.org_id and o.slug = $1
    order by exists (select from foundation.membership b join foundation.user u on u.id = b.user_id
      where b.member_id = m.id and u.email = 'member@' || o.slug || '.example') desc, m.card_number limit 2`,
    [slug],
  )
