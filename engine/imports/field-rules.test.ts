import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { settled, upload } from './testing/upload.ts'

/** The treasurer may bring members in here, and yet neither see nor set what is guarded. */
let house: TestHouse
let staff: Voice
let treasurer: Voice

const slug = 'riverside'
const headings = 'Card No,Last name,First name,DOB,SSN,Notes'

const change = (role: string, changes: object) =>
  asOwner(
    house,
    `update foundation.role set changes = $1 where name = $2
    and org_id = (select id from foundation.org where slug = $3)`,
    [changes, role, slug],
  )

beforeAll(async () => {
  house = await openHouse()
  await house.engine.startWork()
  await change('treasurer', { 'members.member.create': true, 'foundation.audit_line.read': true })
  staff = await house.as(`staff@${slug}.example`)
  treasurer = await house.as(`treasurer@${slug}.example`)
})
afterAll(() => house.close())

const bring = async (voice: Voice, ...lines: string[]) => {
  const reply = await upload(voice, slug, [headings, ...lines].join('\n'))
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json()
}

describe('a file of somebody who may not set all fields', () => {
  test('is not mapped to those by guess, and tells why', async () => {
    const row = await bring(treasurer, 'T-1,Ash,Ann,1/2/1931,123-45-6789,owes a lot')
    expect(row.left_out).toEqual(['DOB', 'SSN', 'Notes'])
    const closed = row.targets.filter((target: { closed: string | null }) => target.closed)
    expect(closed.map(({ to }: { to: string }) => to)).toEqual(['birth_on', 'ssn_last_four', 'notes', '+notes'])
    expect(closed[0].closed).toBe('Your role does not include setting Date of birth.')
  })

  test.each([
    ['a column by its heading', { columns: { DOB: 'birth_on' } }, 'birth_on'],
    ['a column that is added to a text', { columns: { Notes: '+notes' } }, '+notes'],
    ['the same for every record', { constants: { notes: 'x' } }, 'notes'],
    [
      'all columns in their order',
      {
        columns: headings.split(',').map((heading) => ({
          heading,
          to: heading === 'SSN' ? 'ssn_last_four' : heading === 'Card No' ? 'card_number' : null,
        })),
      },
      'ssn_last_four',
    ],
  ])('cannot be mapped to one as %s, and nothing is lost by trying', async (_how, mapping, path) => {
    const row = await bring(treasurer, 'T-2,Ash,Ann,1/2/1931,123-45-6789,owes a lot')
    const reply = await treasurer.patch(`/imports/${row.id}`, { mapping })
    expect(reply.statusCode).toBe(403)
    expect(reply.json().errors).toMatchObject([{ path, code: 'field_not_settable' }])
    expect(reply.json().detail).toMatch(/^Your role does not include setting .* Leave ".*" out/)
    expect((await treasurer.get(`/imports/${row.id}`)).json().mapping).toEqual(row.mapping)
  })

  test('comes in without them', async () => {
    const row = await bring(treasurer, 'T-3,Ash,Ann,1/2/1931,123-45-6789,owes a lot')
    expect((await treasurer.post(`/imports/${row.id}/run`)).statusCode).toBe(202)
    expect(await settled(treasurer, `/imports/${row.id}`)).toMatchObject({ state: 'done', imported: 1 })
    const [member] = (await staff.get('/members?filter[card_number]=T-3')).json().data
    expect(member).toMatchObject({ last_name: 'Ash', birth_on: null, ssn_last_four: null, notes: null })
  })
})

describe('a file that somebody else brought', () => {
  const refused = 'S-1,,Bo,13/45/1931,123-45-7391,canary of notes'
  let at: string
  beforeAll(async () => {
    const row = await bring(staff, 'S-1,Elm,Eve,7/23/1931,123-45-7391,canary of notes', refused)
    at = `/imports/${row.id}`
    const mapping = { columns: { Notes: null }, constants: { notes: 'canary of all' } }
    expect((await staff.patch(at, { mapping })).statusCode).toBe(200)
    expect((await staff.post(`${at}/run`)).statusCode).toBe(202)
    expect(await settled(staff, at)).toMatchObject({ imported: 1, refused: 1 })
  })

  test('is for those who may read all that it can hold', async () => {
    expect((await staff.get(`${at}/refused.csv`)).body).toContain('canary of notes')
    for (const path of [at, `${at}/refusals`, `${at}/refused.csv`])
      expect((await treasurer.get(path)).statusCode, path).toBe(404)
    for (const act of ['dry-run', 'run', 'undo']) expect((await treasurer.post(`${at}/${act}`)).statusCode).toBe(404)
    expect((await treasurer.patch(at, { mapping: { columns: { DOB: 'address' } } })).statusCode).toBe(404)
    expect((await treasurer.delete(at)).statusCode).toBe(404)
  })

  test('is in the list of those alone', async () => {
    const ids = async (voice: Voice) =>
      (await voice.get('/imports?limit=200')).json().data.map(({ id }: { id: string }) => `/imports/${id}`)
    expect(await ids(staff)).toContain(at)
    const own = await ids(treasurer)
    expect(own).not.toContain(at)
    expect(own.length).toBeGreaterThan(0)
    expect(await ids(staff)).toEqual(expect.arrayContaining(own))
  })

  test('of somebody who may set less is not what is remembered', async () => {
    const { mapping } = await bring(staff, 'S-2,Oak,Ona,7/23/1931,,')
    expect(mapping.columns[3]).toEqual({ heading: 'DOB', to: 'birth_on' })
  })

  test('leaves a mapping to be remembered, but not what it sets where one may not', async () => {
    const { mapping } = await bring(treasurer, 'T-4,Fir,Fay,1/2/1931,,')
    expect(mapping.columns.map(({ to }: { to: string | null }) => to)).toEqual([
      'card_number',
      'last_name',
      'first_name',
      null,
      null,
      null,
    ])
    expect(mapping.constants).not.toHaveProperty('notes')
    expect((await bring(staff, 'T-5,Fir,Fay,1/2/1931,,')).mapping.constants).toMatchObject({ notes: 'canary of all' })
  })

  test('is told in the audit trail without how it was mapped', async () => {
    const lines = async (voice: Voice) => (await voice.get('/audit?filter[resource]=foundation.import&limit=200')).body
    expect(await lines(await house.as(`admin@${slug}.example`))).toContain('canary of all')
    expect(await lines(treasurer)).not.toContain('canary')
  })
})

test('a right that was taken away after mapping holds when the file is to come in', async () => {
  const row = await bring(staff, 'S-9,Yew,Yan,7/23/1931,,')
  await change('staff', { 'members.member.birth_on.write': false })
  for (const act of ['dry-run', 'run']) {
    const reply = await staff.post(`/imports/${row.id}/${act}`)
    expect(reply.statusCode).toBe(403)
    expect(reply.json().errors).toMatchObject([{ path: 'birth_on' }])
  }
  expect((await staff.patch(`/imports/${row.id}`, { mapping: { columns: { DOB: null } } })).statusCode).toBe(200)
  expect((await staff.post(`/imports/${row.id}/run`)).statusCode).toBe(202)
})
