import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let treasurer: Voice

beforeAll(async () => {
  house = await openHouse()
  treasurer = await house.as('treasurer@riverside.example')
  for (const [posted_on, amount] of [
    ['2026-01-31', '10.00'],
    ['2026-03-02', '1200.00'],
  ])
    await treasurer.post('/journal-entries', {
      posted_on,
      memo: 'Rent "of" the hall',
      payee: 'Café: Löwe',
      lines: [
        { account: '5000', amount },
        { account: '1000', amount: `-${amount}` },
      ],
    })
})
afterAll(() => house.close())

test('the books come as a download under a name that says what it is', async () => {
  const reply = await treasurer.get('/ledger/export?format=iif&from=2026-03-01&until=2026-03-31')
  expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(reply.headers['content-disposition']).toBe('attachment; filename="riverside-books-2026-03-01-2026-03-31.iif"')
  expect(reply.body.split('\r\n').slice(6)).toEqual([
    '!TRNS\tTRNSID\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\tDOCNUM\tMEMO',
    '!SPL\tSPLID\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\tDOCNUM\tMEMO',
    '!ENDTRNS',
    'TRNS\t2\tGENERAL JOURNAL\t03/02/2026\tMarket Recovery Subsidies\tCafe- Lowe\t1200.00\t2\tRent of the hall',
    'SPL\t2.1\tGENERAL JOURNAL\t03/02/2026\tChecking\tCafe- Lowe\t-1200.00\t2\tRent of the hall',
    'ENDTRNS',
    '',
  ])
})

test('one period, all of it, or as it stood after an entry', async () => {
  const entries = async (query: string) =>
    (await treasurer.get(`/ledger/export?format=hledger${query}`)).body.match(/^\d{4}-\d\d-\d\d/gm)
  expect(await entries('')).toEqual(['2026-01-31', '2026-03-02'])
  expect(await entries('&until=2026-02-28')).toEqual(['2026-01-31'])
  expect(await entries('&through=1')).toEqual(['2026-01-31'])
  expect(await entries('&from=2027-01-01')).toBeNull()
})

test('of another organization nothing is in it, and a stranger finds no such address', async () => {
  const stranger = await house.as('treasurer@maple-court.example')
  for (const format of ['iif', 'hledger', 'beancount']) {
    const { body } = await stranger.get(`/ledger/export?format=${format}`)
    expect(body).not.toMatch(/Rent|Checking|1200/)
    const theirs = await stranger.get(`/api/v1/orgs/riverside/ledger/export?format=${format}`)
    expect(theirs.statusCode).toBe(404)
  }
})

test('HEAD answers as GET would, sends nothing and notes nothing; taking the file is noted', async () => {
  const noted = async () => {
    await house.engine.watch.flush()
    return await asOwner<{ new: object }>(
      house,
      "select new from foundation.audit_entry where act = 'export' and resource = 'ledger.entry' order by at",
    )
  }
  const before = (await noted()).length
  const url = '/api/v1/orgs/riverside/ledger/export?format=beancount&until=2026-02-01'
  const head = await treasurer.send({ method: 'HEAD', url })
  expect([head.statusCode, head.headers['content-type'], head.body]).toEqual([200, 'text/plain; charset=utf-8', ''])
  expect(await noted()).toHaveLength(before)
  await treasurer.get(url)
  expect((await noted()).at(-1)?.new).toMatchObject({ rows: 1, asked: ['format', 'until'], format: 'beancount' })
})

test('what cannot be is a problem before the first byte, for HEAD too', async () => {
  const wrong: readonly [string, object][] = [
    ['format=iif&from=2026-03-02&until=2026-03-01', { status: 422, detail: 'The last day is before the first.' }],
    ['format=pdf', { status: 422, errors: [{ path: 'format' }] }],
    ['', { status: 422, errors: [{ path: 'format', code: 'required' }] }],
    ['format=iif&from=soon', { status: 422, errors: [{ path: 'from' }] }],
    ['format=iif&colour=red', { status: 422, errors: [{ path: 'colour', code: 'unknown_field' }] }],
  ]
  for (const [query, problem] of wrong) {
    const reply = await treasurer.get(`/ledger/export?${query}`)
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(reply.headers['content-disposition']).toBeUndefined()
    expect(reply.json()).toMatchObject(problem)
    const url = `/api/v1/orgs/riverside/ledger/export?${query}`
    expect((await treasurer.send({ method: 'HEAD', url })).statusCode).toBe(422)
  }
})

test('the trial balance has the same on both sides, and the journal every line', async () => {
  const trial = (await treasurer.get('/reports/ledger.trial-balance?on=2026-03-31')).json()
  expect(trial.rows).toMatchObject([
    { code: '1000', debit: null, credit: '1210.00' },
    { code: '5000', debit: '1210.00', credit: null },
  ])
  expect(trial.totals).toMatchObject({ debit: '1210.00', credit: '1210.00' })
  const early = (await treasurer.get('/reports/ledger.trial-balance?on=2026-02-28')).json()
  expect(early.totals).toMatchObject({ debit: '10.00', credit: '10.00' })
  const journal = (await treasurer.get('/reports/ledger.journal?from=2026-03-01&until=2026-03-31')).json()
  expect(journal.rows).toMatchObject([
    { number: 2, line: 1, account: '5000 Market recovery subsidies', debit: '1200.00', credit: null },
    { number: 2, line: 2, account: '1000 Cash', debit: null, credit: '1200.00' },
  ])
  expect(journal.totals).toMatchObject({ debit: '1200.00', credit: '1200.00' })
})
