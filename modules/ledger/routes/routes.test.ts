import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { post } from '../posting/post.ts'
import { everything, inOrg, subsidy } from '../testing/books.ts'

let house: TestHouse
let treasurer: Voice
let officer: Voice
let staff: Voice

beforeAll(async () => {
  house = await openHouse()
  ;[treasurer, officer, staff] = await Promise.all([
    house.as('treasurer@riverside.example'),
    house.as('officer@riverside.example'),
    house.as('staff@riverside.example'),
  ])
})
afterAll(() => house.close())

const rent = (more: object = {}) => ({
  posted_on: '2026-03-02',
  memo: 'Rent of the hall',
  payee: 'Café "Löwe"; Ltd',
  lines: [
    { account: '5000', amount: '1200.00' },
    { account: '1000', amount: '-1200' },
  ],
  ...more,
})

describe('the treasurer', () => {
  test('adds the usual accounts and calls one as QuickBooks does; number and kind stay', async () => {
    expect((await treasurer.post('/ledger-accounts/add-usual')).json()).toEqual({ added: 5 })
    expect((await treasurer.post('/ledger-accounts/add-usual')).json()).toEqual({ added: 0 })
    const [cash] = (await treasurer.get('/ledger-accounts?filter[code]=1000')).json().data
    const named = await treasurer.patch(`/ledger-accounts/${cash.id}`, { quickbooks_name: 'Union Bank:Operating' })
    expect(named.json()).toMatchObject({ quickbooks_name: 'Union Bank:Operating', code: '1000' })
    for (const change of [{ code: '1001' }, { kind: 'expense' }])
      expect((await treasurer.patch(`/ledger-accounts/${cash.id}`, change)).json().errors).toMatchObject([
        { code: 'immutable' },
      ])
    await expect(asOwner(house, "update ledger.account set kind = 'expense'")).rejects.toThrow(/keeps its number/)
  })

  test('adds an account of three to seven digits, and takes back one that nothing was posted to', async () => {
    const added = await treasurer.post('/ledger-accounts', { code: '6100', name: 'Hall', kind: 'expense' })
    expect(added.statusCode).toBe(201)
    expect((await treasurer.delete(`/ledger-accounts/${added.json().id}`)).statusCode).toBe(204)
    const wrong = await treasurer.post('/ledger-accounts', { code: '61-00', name: 'Hall', kind: 'expense' })
    expect(wrong.json()).toMatchObject({ status: 409, detail: 'The number of an account is three to seven digits.' })
  })

  test('posts an entry by hand, naming accounts by number or id, and is told where it is', async () => {
    const [cash] = (await treasurer.get('/ledger-accounts?filter[code]=1000')).json().data
    const lines = [
      { account: '5000', amount: '1200.00', memo: 'March' },
      { account: cash.id, amount: '-1200.00' },
    ]
    const posted = await treasurer.post('/journal-entries', rent({ lines }))
    expect(posted.statusCode).toBe(201)
    expect(posted.headers['location']).toBe(`/api/v1/orgs/riverside/journal-entries/${posted.json().id}`)
    expect((await treasurer.get(`/journal-entries/${posted.json().id}`)).json()).toMatchObject({
      number: 1,
      posted_on: '2026-03-02',
      memo: 'Rent of the hall',
      line_count: 2,
      titles: { posted_by: expect.any(String) },
    })
    const shown = (await officer.get(`/journal-lines?filter[entry]=${posted.json().id}&sort=position`)).json().data
    expect(shown).toMatchObject([
      { position: 1, amount: '1200.00', memo: 'March', payee: 'Café "Löwe"; Ltd' },
      { position: 2, amount: '-1200.00', account: cash.id },
    ])
    const removal = await treasurer.delete(`/ledger-accounts/${cash.id}`)
    expect(removal.json()).toMatchObject({ status: 409, code: 'in_use' })
  })

  test('takes an entry back with a reason, once', async () => {
    const { id, number } = (await treasurer.post('/journal-entries', rent())).json()
    const reason = { reason: 'Paid by the district' }
    const back = await treasurer.post(`/journal-entries/${id}/reverse`, reason)
    expect(back.json()).toMatchObject({ number: number + 1 })
    expect((await treasurer.get(`/journal-entries/${back.json().id}`)).json()).toMatchObject({
      reverses: id,
      memo: 'Paid by the district',
    })
    expect((await treasurer.post(`/journal-entries/${id}/reverse`, reason)).json()).toMatchObject({
      status: 409,
      detail: `Entry ${number} is reversed already, by entry ${number + 1}.`,
    })
    expect((await treasurer.post(`/journal-entries/${back.json().id}/reverse`, reason)).json()).toMatchObject({
      status: 409,
      detail: `Entry ${number + 1} is a reversal itself. Post what it took back once more instead.`,
    })
  })
})

describe('is refused with a sentence, and nothing is written', () => {
  const wrong: readonly [string, object, object][] = [
    ['no lines', { lines: null }, { status: 422, errors: [{ path: 'lines', code: 'required' }] }],
    ['lines that are no list', { lines: 'all' }, { errors: [{ path: 'lines', code: 'not_a_list' }] }],
    [
      'a line that is no line, and one with a name that is not known',
      { lines: [1, { account: '1000', amount: '1.00', colour: 'red' }] },
      { errors: [{ path: 'lines.0' }, { path: 'lines.1.colour', code: 'unknown_field' }] },
    ],
    [
      'a number for an amount',
      {
        lines: [
          { account: '1000', amount: 5 },
          { account: '2000', amount: '-5.00' },
        ],
      },
      { errors: [{ path: 'lines.0.amount', code: 'not_a_decimal_string' }] },
    ],
    [
      'lines that do not add up',
      {
        lines: [
          { account: '1000', amount: '5.00' },
          { account: '2000', amount: '-4.00' },
        ],
      },
      { status: 422, detail: 'Debits are 1.00 more than credits. The lines of an entry add up to zero.' },
    ],
    [
      'an account that nobody has',
      {
        lines: [
          { account: '9999', amount: '5.00' },
          { account: '2000', amount: '-5.00' },
        ],
      },
      { status: 422, detail: 'There is no account 9999. Add it under Accounts first, or name another.' },
    ],
    ['no reason to be there', { memo: 'x' }, { status: 422, errors: [{ path: 'memo' }] }],
    ['no day', { posted_on: 'soon' }, { status: 422, errors: [{ path: 'posted_on', code: 'not_a_date' }] }],
  ]
  test.each(wrong)('an entry with %s', async (_what, more, problem) => {
    const before = await everything(house)
    expect((await treasurer.post('/journal-entries', rent(more))).json()).toMatchObject(problem)
    expect(await everything(house)).toEqual(before)
  })

  test('a reversal of an earlier day, without a reason, of nothing', async () => {
    const { id, number } = (await treasurer.post('/journal-entries', rent())).json()
    const before = await everything(house)
    const early = await treasurer.post(`/journal-entries/${id}/reverse`, { reason: 'Early', posted_on: '2026-03-01' })
    expect(early.json()).toMatchObject({
      status: 422,
      detail: `Entry ${number} is of 2026-03-02. Its reversal cannot be of an earlier day.`,
    })
    expect((await treasurer.post(`/journal-entries/${id}/reverse`, {})).statusCode).toBe(422)
    const unknown = await treasurer.post(`/journal-entries/${crypto.randomUUID()}/reverse`, { reason: 'Nothing' })
    expect(unknown.json()).toMatchObject({ status: 404, detail: 'There is no such entry.' })
    expect(await everything(house)).toEqual(before)
  })

  test('a reversal by hand of what came from a payment', async () => {
    const source = { resource: 'market-recovery.payment', id: crypto.randomUUID() }
    const [posted] = await inOrg(house, (ctx) => post(ctx, [subsidy('5.00', { source })]))
    const before = await everything(house)
    const back = await treasurer.post(`/journal-entries/${posted?.id}/reverse`, { reason: 'Not like this' })
    expect(back.json()).toMatchObject({
      status: 409,
      detail: `Entry ${posted?.number} comes from a payment. Void that, and the books follow.`,
    })
    expect(await everything(house)).toEqual(before)
  })

  test('whoever only reads the books, and whoever does not', async () => {
    const before = await everything(house)
    expect((await officer.post('/journal-entries', rent())).statusCode).toBe(403)
    expect((await officer.get('/journal-entries')).statusCode).toBe(200)
    for (const path of ['/journal-entries', '/journal-lines', '/ledger-accounts', '/ledger/export?format=iif'])
      expect((await staff.get(path)).statusCode, path).toBe(403)
    expect(await everything(house)).toEqual(before)
  })
})
