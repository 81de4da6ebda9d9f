import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { done, Local, made } from './testing/local.ts'
import { membersOf, placeAt, refusals } from './testing/refusals.ts'

/** Every limit of assignments and of awarded jobs: what is said, and that nothing is written. */
let house: TestHouse
let local: Local
let refused: ReturnType<typeof refusals>
let anybody: () => Promise<string>
const classification = 'Journeyman 10000000'

beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house)
  refused = refusals(house)
  anybody = membersOf(local)
})
afterAll(() => house.close())

const hours = (given: object) => refused(local.staff, '/hours', given)
const place = (given: object) => placeAt(local, given)
const week = (given: object) => ({ week_ending: '2025-03-02', regular: '8', ...given })

describe('an assignment is refused', () => {
  const assignment = async (given: object) =>
    refused(local.staff, '/assignments', place({ member: await anybody(), ...given }))

  test('that overlaps another of the member there, and not one that comes after', async () => {
    const somebody = await anybody()
    const first = await made(local.staff, '/assignments', place({ member: somebody, until_on: '2025-03-31' }))
    const again = place({ member: somebody, from_on: '2025-03-31' })
    expect((await refused(local.staff, '/assignments', again)).slice(0, 2)).toEqual([
      409,
      expect.stringContaining('has an assignment to this contractor in this program already, and the days overlap'),
    ])
    await made(local.staff, '/assignments', { ...again, from_on: '2025-04-01' })
    expect((await refused(local.staff, `/assignments/${first['id']}`, { until_on: '2025-04-02' }, 'patch'))[0]).toBe(
      409,
    )
  })

  test('to a contractor who is suspended, has not signed, or whose agreement has ended', async () => {
    const contractor = async (given: object) =>
      (await made(local.staff, '/contractors', { name: crypto.randomUUID(), ...given }))['id']
    const suspended = await contractor({ name: 'Paused Power' })
    await done(local.officer, `/contractors/${suspended}/suspend`, { reason: 'No reports' })
    expect((await assignment({ contractor: suspended })).slice(1)).toEqual([
      'Paused Power is suspended and takes no new assignments. Hours of those it has can be settled.',
      ['contractor'],
    ])
    expect((await assignment({ contractor: await contractor({ signatory: false }) }))[1]).toContain('has not signed')
    const ended = await contractor({ agreement_until_on: '2024-12-31' })
    expect((await assignment({ contractor: ended }))[1]).toContain('ended on')
  })

  test('to a program that is completed or cancelled', async () => {
    for (const act of ['complete', 'cancel']) {
      const given = { name: `Over by ${act}`, state: 'active', budget: '10', from_on: '2025-01-01' }
      const { id } = await made(local.officer, '/programs', given)
      await done(local.officer, `/programs/${id}/${act}`)
      expect((await assignment({ program: id })).slice(1)).toEqual([
        expect.stringContaining('and takes no new assignments.'),
        ['program'],
      ])
    }
  })

  test('whose last day comes before its first', async () => {
    expect((await assignment({ until_on: '2024-12-31' })).slice(1)).toEqual([
      'The last day cannot come before the first.',
      ['until_on'],
    ])
  })
})

describe('an awarded job', () => {
  const job = async (given: object) => {
    const all = { name: crypto.randomUUID(), contractor: local.contractor, program: local.program, ...given }
    const { id } = await made(local.officer, '/projects', all)
    await made(local.officer, '/award-rates', { project: id, classification, rate: '12.5' })
    return id ?? ''
  }
  const at = async (project: string) =>
    (await made(local.staff, '/assignments', place({ member: await anybody(), project })))['id']

  test('with federal prevailing wage is never subsidized, and says why', async () => {
    const project = await job({ name: 'Courthouse', prevailing_wage: 'federal' })
    await done(local.officer, `/projects/${project}/award`)
    expect((await hours(week({ assignment: await at(project) }))).slice(0, 2)).toEqual([
      422,
      'Courthouse is federal prevailing wage work (Davis-Bacon). Its hours are never subsidized from wage deductions.',
    ])
  })

  test('is subsidized by its own rate while its award is open', async () => {
    const project = await job({ name: 'Clinic', prevailing_wage: 'state', award_expires_on: '2025-03-02' })
    const assignment = await at(project)
    expect((await hours(week({ assignment })))[1]).toBe(
      'Clinic has no award that is open, so its hours are not subsidized.',
    )
    await done(local.officer, `/projects/${project}/award`)
    expect(await made(local.staff, '/hours', week({ assignment }))).toMatchObject({ subsidy: '100.00' })
    expect((await hours(week({ assignment, week_ending: '2025-03-09' }))).slice(1)).toEqual([
      'The award of Clinic expired on March 2, 2025.',
      ['week_ending'],
    ])
    const other = place({ member: await anybody(), project, classification: 'Welder' })
    const { id } = await made(local.staff, '/assignments', other)
    expect((await hours(week({ assignment: id })))[1]).toContain('has no rate for Welder')
  })

  test('is one contractor’s and one program’s', async () => {
    const project = await job({ name: 'Depot' })
    const { id: contractor } = await made(local.staff, '/contractors', { name: 'Somebody Else' })
    const given = { name: 'Another pot', state: 'active', budget: '10', from_on: '2025-01-01' }
    const { id: program } = await made(local.officer, '/programs', given)
    const tried = async (more: object) =>
      (await refused(local.staff, '/assignments', place({ member: await anybody(), project, ...more })))[1]
    expect(await tried({ contractor })).toBe('Depot is another contractor’s project.')
    expect(await tried({ program })).toBe('Depot is paid by another program: Harbor 10000000.')
    await done(local.officer, `/projects/${project}/deny`, { reason: 'Too late' })
    expect(await tried({})).toBe('Depot is over, so it takes no new assignments.')
  })

  test('holds its hours and its dollars', async () => {
    const short = await job({ name: 'Annex', award_hours: '60' })
    const poor = await job({ name: 'Bridge', award_amount: '600' })
    for (const [project, sentence] of [
      [short, 'This would take Annex over the 60.00 hours that were awarded: 40.00 are used, and this adds 40.00.'],
      [poor, 'This would take Bridge over the $600.00 that was awarded: $500.00 is used, and this adds $500.00.'],
    ] as const) {
      await done(local.officer, `/projects/${project}/award`)
      const assignment = (await at(project)) ?? ''
      await local.approved(assignment, '2025-03-02')
      const next = await local.submitted(assignment, '2025-03-09')
      expect((await refused(local.officer, `/hours/${next}/approve`, {})).slice(0, 2)).toEqual([409, sentence])
      expect((await local.officer.get(`/projects/${project}`)).json()).toMatchObject({
        used_hours: '40.00',
        used_amount: '500.00',
      })
    }
  })
})

test('a week is refused that comes to more than can be kept, by a rate that is a slip of the hand', async () => {
  await made(local.officer, '/scales', { classification: 'Slip', rate: '99999999999.9999', from_on: '2025-01-01' })
  const given = place({ member: await anybody(), classification: 'Slip' })
  const { id } = await made(local.staff, '/assignments', given)
  const sentence = 'These numbers come to more than can be kept. Look for one that has too many digits.'
  expect((await hours(week({ assignment: id, regular: '168' }))).slice(0, 2)).toEqual([422, sentence])
  const grid = { contractor: local.contractor, week_ending: '2025-03-02', rows: [{ assignment: id, regular: '168' }] }
  expect((await refused(local.staff, '/hours/weeks', grid)).slice(0, 2)).toEqual([422, sentence])
})
