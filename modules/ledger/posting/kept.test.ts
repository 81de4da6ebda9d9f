import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, asServer, eventually, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { everything, inOrg, subsidy } from '../testing/books.ts'
import { post } from './post.ts'

let house: TestHouse
let org: string
let entry: string
beforeAll(async () => {
  house = await openHouse()
  const [posted] = await inOrg(house, (ctx) => post(ctx, [subsidy('600.00'), subsidy('10.00')]))
  entry = posted?.id ?? ''
  const [row] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'riverside'")
  org = row?.id ?? ''
})
afterAll(() => house.close())

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string; constraint?: string }) => error.constraint ?? error.code,
  )

/** An entry as somebody at psql would write it, of Riverside and with these lines. */
const written = (columns: string, values: string, amounts: readonly string[], number = 3) => `
  with e as (insert into ledger.entry (org_id, number, posted_on, memo, line_count${columns})
    values ('${org}', ${number}, '2026-03-14', 'By hand', ${amounts.length}${values}) returning org_id, id, posted_on)
  insert into ledger.line (org_id, entry, position, posted_on, account, amount)
  select e.org_id, e.id, l.place, e.posted_on, a.id, l.amount from e,
    unnest('{${amounts.join()}}'::numeric[]) with ordinality l (amount, place), ledger.account a
  where a.org_id = e.org_id and a.code = '5000'`

describe('what is posted is kept as it is', () => {
  test('by the server, which may not write it but by the functions that post and take back', async () => {
    const before = await everything(house)
    for (const sql of [
      "update ledger.entry set memo = 'x'",
      'update ledger.line set amount = 1',
      'delete from ledger.line',
      'delete from ledger.entry',
      'truncate ledger.line',
      written('', '', ['1', '-1']),
      'alter table ledger.entry disable trigger all',
    ])
      expect([sql, await codeOf(asServer(house, org, sql))]).toEqual([sql, '42501'])
    expect(await everything(house)).toEqual(before)
  })

  test('by whoever may do anything else', async () => {
    const before = await everything(house)
    for (const sql of [
      "update ledger.entry set memo = 'x'",
      'update ledger.line set amount = -amount',
      'delete from ledger.line',
      'delete from ledger.entry',
      'truncate ledger.entry, ledger.line',
      `set app.erasing = '${crypto.randomUUID()}'; delete from ledger.line`,
    ])
      expect([sql, await codeOf(asOwner(house, sql))]).toEqual([sql, '42501'])
    expect(await everything(house)).toEqual(before)
  })

  test('and nothing is added that does not balance, leaves a gap, or was not there from the beginning', async () => {
    const before = await everything(house)
    const line = `insert into ledger.line (org_id, entry, position, posted_on, account, amount)
      select org_id, entry, position + 2, posted_on, account, amount from ledger.line where entry = '${entry}'`
    const back = (amounts: readonly string[]) => written(', reverses', `, '${entry}'`, amounts)
    const tries: readonly [string, string][] = [
      [written('', '', ['5', '-4.99']), 'entry_balances'],
      [written('', '', ['5']), 'entry_line_count_check'],
      [written('', '', ['5', '-5'], 4), 'entry_number_follows'],
      [written('', '', ['5', '-5'], 2), 'entry_org_id_number_key'],
      [line, 'entry_balances'],
      [back(['-600', '600']), 'reversal_is_exact'],
      [back(['-1', '1']), 'reversal_is_exact'],
    ]
    for (const [sql, constraint] of tries) expect([sql, await codeOf(asOwner(house, sql))]).toEqual([sql, constraint])
    expect(await everything(house)).toEqual(before)
    expect(await codeOf(asOwner(house, `begin; ${written('', '', ['5', '-5'])}; rollback`))).toBe('done')
  })
})

test('fifty who post at once get fifty numbers in a row', async () => {
  const [{ last } = { last: 0 }] = await asOwner<{ last: number }>(
    house,
    'select max(number) as last from ledger.entry where org_id = $1',
    [org],
  )
  const each = Array.from({ length: 50 }, (_, n) => inOrg(house, (ctx) => post(ctx, [subsidy(`${n + 1}.00`)])))
  const numbers = (await Promise.all(each)).flat().map(({ number }) => number)
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => last + 1 + n))
})

test('a transaction that is cut off in the middle leaves nothing, and the next number is the one it had', async () => {
  const before = await everything(house)
  const next = 1 + Math.max(...before.filter((row) => row['org_id'] === org).map((row) => Number(row['number'])))
  const client = new pg.Client(house.ground.appUrl)
  client.on('error', () => {})
  await client.connect()
  await client.query('begin')
  await client.query("select set_config('app.org', $1, true)", [org])
  const { rows } = await client.query<{ number: number }>('select number from ledger.post($1)', [
    JSON.stringify([subsidy('77.00')]),
  ])
  expect(rows).toEqual([{ number: next }])
  const [{ pid } = { pid: 0 }] = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows
  await asOwner(house, 'select pg_terminate_backend($1)', [pid])
  await eventually(async () => {
    expect(await asOwner(house, 'select from pg_stat_activity where pid = $1', [pid])).toEqual([])
  })
  await client.end().catch(() => {})
  expect(await everything(house)).toEqual(before)
  const [after] = await inOrg(house, (ctx) => post(ctx, [subsidy('1.00')]))
  expect(after?.number).toBe(next)
})

test('what is posted goes with its organization, and only with it', async () => {
  await inOrg(house, (ctx) => post(ctx, [subsidy('5.00')]), 'maple-court')
  const [other] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'maple-court'")
  await asOwner(
    house,
    `begin; select set_config('app.erasing', '${other?.id}', true);
    delete from ledger.line where org_id = '${other?.id}'; delete from ledger.entry where org_id = '${other?.id}';
    commit`,
  )
  const left = await everything(house)
  expect(left.filter((row) => row['org_id'] === other?.id)).toEqual([])
  expect(left.length).toBeGreaterThan(100)
})
