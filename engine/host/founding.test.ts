import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, firstRun, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { demoHost } from '../demo/world.ts'
import { countUsage } from '../foundation/count-usage.ts'
import { keepSchedules } from './keep-schedules.ts'

const host = '/api/v1/host'

let house: TestHouse
let hedda: Voice

beforeAll(async () => {
  house = await openHouse()
  hedda = await house.as(demoHost.email)
})
afterAll(() => house.close())

const orgOf = async (slug: string) => (await hedda.get(`${host}/orgs/${slug}`)).json()
const act = (slug: string, name: string, body: unknown = {}) => hedda.post(`${host}/orgs/${slug}/${name}`, body)

describe('founding an organization', () => {
  test('follows the preset of its kind', async () => {
    const reply = await hedda.post(`${host}/orgs`, {
      slug: 'elm-street',
      name: 'Elm Street Cooperative',
      kind: 'housing-cooperative',
    })
    expect([reply.statusCode, reply.headers['location']]).toEqual([201, `${host}/orgs/elm-street`])
    expect(reply.json()).toMatchObject({ accent: 'teal', time_zone: 'America/New_York', people: 0, state: 'active' })
    expect((await orgOf('elm-street')).modules.map(({ name }: { name: string }) => name)).toEqual([
      'members',
      'housing',
      'ledger',
      'governance',
    ])
    const roles = await asOwner<{ name: string }>(
      house,
      `select r.name from foundation.role r join foundation.org o on o.id = r.org_id where o.slug = 'elm-street'`,
    )
    expect(roles.map(({ name }) => name)).toEqual(expect.arrayContaining(['admin', 'officer', 'member']))
  })

  test('or what is chosen instead', async () => {
    const chosen = { accent: 'lime', time_zone: 'America/Denver', modules: ['members'] }
    const reply = await hedda.post(`${host}/orgs`, {
      slug: 'oak-hill',
      name: 'Oak Hill',
      kind: 'housing-cooperative',
      ...chosen,
    })
    expect(reply.json()).toMatchObject({ ...chosen, modules: [{ name: 'members' }] })
  })

  const wanted = { slug: 'new-hall', name: 'New Hall', kind: 'union-local' }
  test.each([
    [{ slug: 'local-100' }, 409, 'slug', /"local-100"/],
    [{ slug: 'New Hall' }, 422, 'slug', /small letters/],
    [{ slug: 'a' }, 422, 'slug', /2 to 60/],
    [{ slug: 'a--b' }, 422, 'slug', /single dashes/],
    [{ slug: '-ab' }, 422, 'slug', /such as local-100/],
    [{ slug: 'x'.repeat(61) }, 422, 'slug', /too long/],
    [{ name: ' ' }, 422, 'name', /is needed/],
    [{ kind: 'club' }, 422, 'kind', /union-local/],
    [{ accent: 'beige' }, 422, 'accent', /teal/],
    [{ time_zone: 'Chicago' }, 422, 'time_zone', /America\/Chicago/],
    [{ time_zone: '+05:00' }, 422, 'time_zone', /no time zone/],
    [{ modules: ['housing'] }, 422, 'modules', /needs Members/],
    [{ modules: ['nonsense'] }, 422, 'modules', /"nonsense"/],
    [{ modules: 'members' }, 422, 'modules', /list/],
    [{ color: 'red' }, 422, 'color', /no field/],
  ])('with %j is refused with a sentence', async (wrong, status, path, says) => {
    const reply = await hedda.post(`${host}/orgs`, { ...wanted, ...wrong })
    expect([reply.statusCode, reply.json().errors]).toEqual([
      status,
      [{ path, code: expect.any(String), message: expect.stringMatching(says) }],
    ])
    expect((await hedda.get(`${host}/orgs/new-hall`)).statusCode).toBe(404)
  })
})

test('what is done nightly is done in a new organization too, and not in one that is suspended', async () => {
  const scheduled = async (job: string) => {
    await keepSchedules(house.engine).run({}, firstRun())
    const rows = await asOwner<{ slug: string }>(
      house,
      'select o.slug from queue.schedule s join foundation.org o on o.id::text = s.key where s.name = $1 order by 1',
      [job],
    )
    return rows.map(({ slug }) => slug)
  }
  expect(await scheduled(countUsage.name)).toContain('elm-street')
  expect(await scheduled('housing.settle-unit-states')).toEqual(['elm-street', 'maple-court', 'riverside'])
  await act('elm-street', 'switch-off', { module: 'housing' })
  await act('riverside', 'suspend', { reason: 'Moving house' })
  expect(await scheduled('housing.settle-unit-states')).toEqual(['maple-court'])
  await act('riverside', 'resume')
  await act('elm-street', 'switch-on', { module: 'housing' })
})

describe('the first admin', () => {
  const ann = { email: 'ann@elm-street.example', name: 'Ann Lee' }

  test('is invited by the host, who then waits for them', async () => {
    expect((await orgOf('elm-street')).has_admin).toBe(false)
    expect((await act('elm-street', 'invite-admin', ann)).statusCode).toBe(200)
    const again = await act('elm-street', 'invite-admin', ann)
    expect([again.statusCode, again.json().detail]).toEqual([409, expect.stringMatching(/open invitation/)])
    const [invitation] = await asOwner(
      house,
      `select i.email::text, i.roles, i.invited_by_name from foundation.issued_invitation i
      join foundation.org o on o.id = i.org_id where o.slug = 'elm-street'`,
    )
    expect(invitation).toEqual({ email: ann.email, roles: 'Admin', invited_by_name: demoHost.name })
  })

  test('is the only one whom a host can invite: none becomes an admin of an organization that has one', async () => {
    expect((await orgOf('riverside')).has_admin).toBe(true)
    const reply = await act('riverside', 'invite-admin', { email: demoHost.email, name: demoHost.name })
    expect([reply.statusCode, reply.json().detail]).toEqual([409, expect.stringMatching(/has an admin/)])
  })
})
