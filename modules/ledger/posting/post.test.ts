import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { everything, inOrg, subsidy } from '../testing/books.ts'
import { post } from './post.ts'
import type { PostedLine } from './posting.ts'
import { reverse } from './reverse.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const balances = () =>
  asOwner<{ code: string; balance: string }>(
    house,
    `select a.code::text as code, sum(l.amount)::text as balance from ledger.line l
    join ledger.account a on a.org_id = l.org_id and a.id = l.account
    where l.org_id = (select id from foundation.org where slug = 'riverside')
    group by 1 having sum(l.amount) <> 0 order by 1`,
  )

describe('what is posted', () => {
  test('has the next numbers in order, its lines in theirs, and the accounts are there when first used', async () => {
    const posted = await inOrg(house, (ctx) => post(ctx, [subsidy('600.00'), subsidy('12.50')]))
    expect(posted.map(({ number }) => number)).toEqual([1, 2])
    expect(await balances()).toEqual([
      { code: '2000', balance: '-612.50' },
      { code: '5000', balance: '612.50' },
    ])
    const lines = await asOwner(
      house,
      'select position, payee, posted_on::text from ledger.line where entry = $1 order by 1',
      [posted[0]?.id],
    )
    expect(lines).toEqual([
      { position: 1, payee: 'Ironline Electric', posted_on: '2026-03-14' },
      { position: 2, payee: 'Ironline Electric', posted_on: '2026-03-14' },
    ])
  })

  test('is taken back by the same lines with the signs turned, under a new number', async () => {
    const before = await balances()
    const [first] = await inOrg(house, (ctx) => post(ctx, [subsidy('99.99')]))
    const [back] = await inOrg(house, (ctx) =>
      reverse(ctx, { entries: [first?.id ?? ''], on: '2026-03-15', memo: 'Paid twice' }),
    )
    expect(back?.number).toBe((first?.number ?? 0) + 1)
    const lines = await asOwner(
      house,
      `select a.code::text as code, amount::text from ledger.line l join ledger.account a on a.id = l.account
      where entry = $1 order by position`,
      [back?.id],
    )
    expect(lines).toEqual([
      { code: '5000', amount: '-99.99' },
      { code: '2000', amount: '99.99' },
    ])
    expect(await balances()).toEqual(before)
  })

  test('is taken back by the record that it stands for, once', async () => {
    const source = { resource: 'market-recovery.payment', id: crypto.randomUUID() }
    await inOrg(house, (ctx) => post(ctx, [subsidy('10.00', { source }), subsidy('20.00', { source })]))
    const back = { source, on: '2026-04-01', memo: 'Void' }
    expect(await inOrg(house, (ctx) => reverse(ctx, back))).toHaveLength(2)
    await expect(inOrg(house, (ctx) => reverse(ctx, back))).rejects.toThrow(
      'There is nothing to take back: no entry stands for it, or all are reversed already.',
    )
  })

  test('is nothing where there is nothing to post', async () => {
    expect(await inOrg(house, (ctx) => post(ctx, []))).toEqual([])
  })

  test('stands in the audit trail', async () => {
    const [{ n } = { n: 0 }] = await asOwner<{ n: number }>(
      house,
      "select count(*)::integer as n from foundation.audit_entry where resource = 'ledger.entry' and act = 'create'",
    )
    const [{ entries } = { entries: 0 }] = await asOwner<{ entries: number }>(
      house,
      'select count(*)::integer as entries from ledger.entry',
    )
    expect(n).toBe(entries)
  })
})

describe('refused, with nothing written', () => {
  const pair = (one: string, other: string, account = '1000'): readonly PostedLine[] => [
    { account, amount: one },
    { account: '2000', amount: other },
  ]
  const refusals: readonly [string, readonly PostedLine[], string][] = [
    ['one line', [{ account: '1000', amount: '5.00' }], 'An entry has two lines at least'],
    ['a zero', pair('0.00', '0.00'), 'Line 1 is zero.'],
    ['tenths of cents', pair('1.001', '-1.001'), 'Line 1 has no'],
    ['debits over', pair('5.00', '-4.99'), 'Debits are 0.01 more'],
    ['credits over', pair('5.00', '-7.00'), 'Credits are 2.00'],
    ['a stranger', pair('5.00', '-5.00', '7777'), 'ledger:no_account'],
  ]
  test.each(refusals)('%s', async (_what, lines, sentence) => {
    const before = await everything(house)
    const good = subsidy('1.00')
    await expect(inOrg(house, (ctx) => post(ctx, [good, { ...good, lines }]))).rejects.toThrow(sentence)
    expect(await everything(house)).toEqual(before)
  })

  test('a thousand lines and one', async () => {
    const lines = Array.from({ length: 1001 }, () => ({ account: '1000', amount: '1.00' }))
    await expect(inOrg(house, (ctx) => post(ctx, [subsidy('1.00', { lines })]))).rejects.toThrow('1000 lines at most')
  })

  test('a reversal of a reversal, of what is reversed, of an earlier day, of nothing', async () => {
    const [first, second] = await inOrg(house, (ctx) => post(ctx, [subsidy('3.00'), subsidy('4.00')]))
    const [id, other] = [first?.id ?? '', second?.id ?? '']
    const [back] = await inOrg(house, (ctx) => reverse(ctx, { entries: [id], on: '2026-03-14', memo: 'Wrong' }))
    const before = await everything(house)
    const tries: readonly [readonly string[], string, object][] = [
      [[back?.id ?? ''], '2026-03-20', { code: 'CH409', message: 'ledger:is_reversal' }],
      [[other, id], '2026-03-20', { code: 'CH409', message: 'ledger:is_reversed' }],
      [[other], '2026-03-13', { code: 'CH422', message: 'ledger:before_entry' }],
      [[crypto.randomUUID()], '2026-03-20', { code: 'CH422', message: 'ledger:no_entry' }],
    ]
    for (const [entries, on, raised] of tries) {
      const tried = inOrg(house, (ctx) => reverse(ctx, { entries, on, memo: 'Again' }))
      await expect(tried).rejects.toMatchObject(raised)
    }
    expect(await everything(house)).toEqual(before)
  })

  test('what stands for a record that is not of this org', async () => {
    const [theirs] = await inOrg(house, (ctx) => post(ctx, [subsidy('5.00')]), 'maple-court')
    const taking = inOrg(house, (ctx) => reverse(ctx, { entries: [theirs?.id ?? ''], on: '2026-03-20', memo: 'Mine' }))
    await expect(taking).rejects.toMatchObject({ message: 'ledger:no_entry' })
  })
})
