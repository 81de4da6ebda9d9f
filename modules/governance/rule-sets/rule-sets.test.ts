import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, asServer, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let officer: Voice
let coop: Voice

beforeAll(async () => {
  house = await openHouse()
  await asOwner(
    house,
    `update foundation.org set modules = modules || '{governance}'
    where slug in ('local-100', 'riverside') and not 'governance' = any (modules)`,
  )
  // The demo world may have taken rules over already.
  await asOwner(
    house,
    `with off as materialized (select set_config('session_replication_role', 'replica', true))
    update governance.rule_set set name = name || ' of old' from off`,
  )
  officer = await house.as(cast.officer)
  coop = await house.as('admin@riverside.example')
})
afterAll(() => house.close())

interface Offered {
  readonly preset: string
  readonly name: string
  readonly there: boolean
}
const offered = async (voice: Voice) => (await voice.get('/rule-sets/presets')).json().presets as Offered[]

describe('rules to begin with', () => {
  test('are those of the kind of organization', async () => {
    const of = async (voice: Voice) => (await offered(voice)).map(({ preset }) => preset)
    expect(await of(officer)).toEqual(['union-local', 'union-officers'])
    expect(await of(coop)).toEqual(['coop-member', 'coop-unit'])
  })

  test('become ordinary rules in one click, once, and by the board alone', async () => {
    const member = await house.as(cast.member)
    expect((await member.post('/rule-sets/presets', { preset: 'union-local' })).statusCode).toBe(403)
    const reply = await officer.post('/rule-sets/presets', { preset: 'union-local' })
    expect([reply.statusCode, reply.json().name]).toEqual([201, 'Membership meeting'])
    const made = (await officer.get(`/rule-sets/${reply.json().id}`)).json()
    expect(made).toMatchObject({ quorum: 'number', quorum_number: 15, threshold: '1/2', until_on: null })
    expect((await offered(officer)).map(({ there }) => there)).toEqual([true, false])
    expect((await officer.post('/rule-sets/presets', { preset: 'union-local' })).statusCode).toBe(409)
    expect((await officer.post('/rule-sets/presets', { preset: 'coop-unit' })).statusCode).toBe(422)
    for (const { preset } of await offered(coop))
      expect((await coop.post('/rule-sets/presets', { preset })).statusCode).toBe(201)
  })
})

describe('a rule set', () => {
  test('says what is wrong with it, field by field', async () => {
    const wrong = { name: 'Wrong', from_on: '2026-01-01', quorum_share: '5/4', threshold: '0/3', proxies: 'allowed' }
    const reply = await officer.post('/rule-sets', wrong)
    expect(reply.statusCode).toBe(422)
    expect(
      (reply.json().errors as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`),
    ).toEqual(['quorum_share no_fraction', 'threshold no_fraction', 'proxies_per_holder no_limit'])
  })

  test('is no other by the database', async () => {
    const [org] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'local-100'")
    const set = (change: string) =>
      asServer(
        house,
        org?.id ?? '',
        `insert into governance.rule_set (name, from_on, quorum_share, ${change.split(' = ')[0]})
        values ('Raw', '2020-01-01', '1/2', ${change.split(' = ')[1]})`,
      )
    for (const change of ["threshold = '3/2'", "threshold = '1/1'", "threshold = 'half'", "quorum = 'units'"])
      await expect(set(change), change).rejects.toMatchObject({ code: '23514' })
  })

  test('has one version a day under its name', async () => {
    const first = { name: 'Bylaws', from_on: '2020-01-01', until_on: '2020-12-31', quorum: 'none' }
    expect((await officer.post('/rule-sets', first)).statusCode).toBe(201)
    expect((await officer.post('/rule-sets', { ...first, from_on: '2020-06-01', until_on: null })).statusCode).toBe(409)
    expect((await officer.post('/rule-sets', { ...first, from_on: '2021-01-01', until_on: null })).statusCode).toBe(201)
  })
})
