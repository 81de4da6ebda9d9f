import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { bringHours, cardsOf, reasons } from '../testing/contractor-file.ts'
import { Local, made } from '../testing/local.ts'

let house: TestHouse
let local: Local
let places: string[]
let cards: string[]
const company = 'Bayline Electric 10000000'

beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house)
  places = await local.assignments(9)
  cards = await cardsOf(local, places)
})
afterAll(() => house.close())

const header = 'Card No,Employee,Company,W/E,Reg,OT\n'
const weeks = async (ending: string) =>
  asOwner<Record<string, unknown>>(
    house,
    `select assignment, state, regular::text, overtime::text, subsidy::text, days, contractor, calculation is not null
      as figured from market_recovery.hours where week_ending = $1 and contractor = $2 order by created_at, id`,
    [ending, local.contractor],
  )

test('a clean file of cards, weeks and hours comes in as drafts, each reckoned', async () => {
  const rows = [`${cards[0]},"Nobody, Cares",${company},2025-03-02,40,2`, `${cards[1]},,${company},2025-03-02,38.5,0`]
  const file = `${header}${rows.join('\n')}\n`
  const result = await bringHours(local, file)
  expect(result).toEqual({ rows: 2, imported: 2, refused: 0, errors: [] })
  expect(await weeks('2025-03-02')).toMatchObject([
    { assignment: places[0], state: 'draft', regular: '40.00', overtime: '2.00', subsidy: '630.00', figured: true },
    { assignment: places[1], state: 'draft', regular: '38.50', subsidy: '577.50', contractor: local.contractor },
  ])
  const again = await bringHours(local, file)
  expect([again.imported, reasons(again)]).toEqual([
    0,
    [
      [2, 'W/E', '2025-03-02', 'There are hours of this assignment for this week already.'],
      [3, 'W/E', '2025-03-02', 'There are hours of this assignment for this week already.'],
    ],
  ])
})

describe('of a messy file every good row comes in, and each other says what is wrong and where', () => {
  const messy = () => `Weekly hours,,,,,,
,,,,,,
Card No,SSN,Company,Week ending,Reg,OT,Confirmed
${cards[0]},123-45-6789,${company},3/9/2025,"40,00",0,
${cards[1]},987654321,${company},"Mar 9, 2025",38:30,0,
${cards[2]},,${company},2025-03-09,40,,

${cards[3]},,${company},3/8/2025,40,0,
${cards[2]},,${company},3/9/2025,40,0,
${cards[4]},,${company},3/9/2025,160,9,
LX00000,,${company},3/9/2025,40,0,
${cards[5]},,Nowhere Electric,3/9/2025,40,0,
${cards[5]},,${company},3/9/2020,40,0,
${cards[5]},,${company},3/9/2025,=20+20,0,
${cards[6]},,${company},3/9/2025,8.1,0,
${cards[7]},,${company},3/9/2025,46,0,
,,${company},3/9/2025,40,0,
Total,,,,342.5,9,
`
  const expected = () => [
    [4, 'Reg', '40,00', 'Regular hours must be a number, such as 12.50.'],
    [
      8,
      'Week ending',
      '3/8/2025',
      expect.stringMatching(/ends its payroll week on another day\. Take March 2, 2025 or March 9/),
    ],
    [9, 'Week ending', '3/9/2025', expect.stringMatching(/^There are hours of this assignment .* Row 6 of this file/)],
    [10, 'Reg', '160', 'A week has 168 hours.'],
    [
      11,
      'Card No',
      'LX00000',
      expect.stringMatching(/^No assignment of card LX00000 with .* covers the week to March 9, 2025\./),
    ],
    [12, 'Card No', cards[5], expect.stringMatching(/^No assignment of .* with Nowhere Electric/)],
    [13, 'Card No', cards[5], expect.stringMatching(/but not in the week to March 9, 2020/)],
    [14, 'Reg', '=20+20', expect.stringContaining('formula')],
    [15, 'Reg', '8.1', 'Hours are counted in steps of 0.25.'],
    [17, 'Card No', '', 'This row names no member. Give the card number, or the name as Last, First.'],
    [18, null, null, 'This looks like a total line, not a record.'],
  ]

  test('as a trial and as a run', async () => {
    const trial = await bringHours(local, messy(), { dryRun: true })
    expect(reasons(trial)).toEqual(expected())
    expect(await weeks('2025-03-09')).toEqual([])
    expect(await bringHours(local, messy())).toEqual(trial)
    expect((await weeks('2025-03-09')).map(({ regular }) => regular)).toEqual(['38.50', '40.00', '46.00'])
    const kept = await asOwner<{ text: string }>(house, 'select rows::text as text from foundation.import_chunk')
    expect(JSON.stringify(kept)).not.toMatch(/123-45|987654321/)
  })
})

test('what the database alone can see is refused row by row: more hours than a week has', async () => {
  await bringHours(local, `${header}${cards[0]},,${company},2025-03-16,100,0\n`)
  const program = await made(local.officer, '/programs', {
    name: 'Second program',
    state: 'active',
    budget: '1000',
    from_on: '2025-01-01',
  })
  const [member] = await asOwner<{ member: string; classification: string }>(
    house,
    'select member, classification from market_recovery.assignment where id = $1',
    [places[0]],
  )
  const more = { contractor: local.contractor, contractor_rate: '35', from_on: '2025-01-01', program: program['id'] }
  await made(local.staff, '/assignments', { ...member, ...more })
  const rows = `${cards[0]},,${company},Second program,2025-03-16,100,0\n${cards[1]},,${company},,2025-03-16,40,0\n`
  const result = await bringHours(local, `Card No,Employee,Company,Program,W/E,Reg,OT\n${rows}`)
  expect([result.imported, reasons(result)]).toEqual([
    1,
    [[2, null, null, 'With these, the member would have more hours in this week than the 168 that a week has.']],
  ])
  const unclear = await bringHours(local, `${header}${cards[0]},,${company},2025-03-23,8,0\n`)
  expect(reasons(unclear)).toEqual([
    [
      2,
      'Card No',
      cards[0],
      expect.stringMatching(/has several assignments .*: A-\d+ \(Second program\), T-\d+ \(Harbor .*\)\./),
    ],
  ])
})

test('the company can be said once for all rows, and a name does where it is the only one', async () => {
  const [{ last, first } = { last: '', first: '' }] = await asOwner<{ last: string; first: string }>(
    house,
    `select m.last_name as last, m.first_name as first from members.member m
    join market_recovery.assignment a on a.member = m.id where a.id = $1`,
    [places[8]],
  )
  const result = await bringHours(local, `Name,Week ending,Hours\n"${last}, ${first}",3/23/2025,40\n`, {
    map: { constants: { 'assignment.contractor': company } },
  })
  expect(result).toMatchObject({ imported: 1, errors: [] })
  expect((await weeks('2025-03-23')).map(({ assignment }) => assignment)).toEqual([places[8]])
})

describe('hours per day', () => {
  const scale = async (classification: string, rate: string, from_on: string, until_on?: string) =>
    made(local.officer, '/scales', { classification, rate, from_on, ...(until_on ? { until_on } : {}) })
  let card: string

  beforeAll(async () => {
    await scale('Changing', '50', '2025-01-01', '2025-03-25')
    await scale('Changing', '60', '2025-03-26')
    const [id] = places.slice(7)
    await asOwner(house, "update market_recovery.assignment set classification = 'Changing' where id = $1", [id])
    card = cards[7] ?? ''
  })

  test('are needed in a week in which the scale changes', async () => {
    const result = await bringHours(local, `${header}${card},,${company},2025-03-30,40,0\n`)
    expect(reasons(result)).toEqual([
      [2, null, null, expect.stringMatching(/The scale for Changing changes on March 26, 2025, inside this week/)],
    ])
  })

  test.each([
    ['2025-03-30', 'Mon,Tue,Wed,Thu,Fri,Sat,Sun', '8,8,8,8,8,,'],
    ['2025-03-30', '3/24/2025,3/25/2025,3/26/2025,3/27/2025,3/28/2025,Sat,Sun', '8,8,8,8,8,0,0'],
  ])('are read from columns for each day: week to %s, %s', async (ending, days, hours) => {
    await asOwner(house, 'delete from market_recovery.hours where week_ending = $1', [ending])
    const result = await bringHours(
      local,
      `Card No,Company,W/E,Reg,OT,${days}\n${card},${company},${ending},40,0,${hours}\n`,
    )
    expect(result).toMatchObject({ imported: 1, errors: [] })
    // Two days at 50 - 35, three at 60 - 35.
    expect(await weeks(ending)).toMatchObject([
      { subsidy: '840.00', days: [24, 25, 26, 27, 28].map((day) => ({ on: `2025-03-${day}`, regular: '8.00' })) },
    ])
  })

  test('that do not add up, or stand under a date of another week, are refused', async () => {
    const days = 'Card No,Company,W/E,Reg,OT,Mon,3/25/2025\n'
    const rows = [`${card},${company},2025-04-06,40,0,8,8`, `${card},${company},2025-03-30,40,0,8,8`]
    const result = await bringHours(local, `${days}${rows.join('\n')}\n`, { dryRun: true })
    expect(reasons(result)).toEqual([
      [2, '3/25/2025', '8', 'March 25, 2025 stands over this column, and is not in the week of this row.'],
      [
        3,
        'Mon',
        '8',
        expect.stringContaining('The regular hours of the days come to 16.00, those of the week to 40.00'),
      ],
    ])
  })

  test('that hold overtime too are left out where they are not needed', async () => {
    const text = `Card No,Company,W/E,Reg,OT,Mon,Tue,Wed,Thu,Fri\n${cards[6]},${company},2025-03-30,40,5,9,9,9,9,9\n`
    expect(await bringHours(local, text)).toMatchObject({ imported: 1, errors: [] })
    expect((await weeks('2025-03-30')).find(({ overtime }) => overtime === '5.00')).toMatchObject({ days: null })
  })
})
