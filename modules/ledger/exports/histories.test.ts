import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Context, decimal, sumOf, zero } from '@commonhall/kernel'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { checkPosting } from '../posting/check-posting.ts'
import { post } from '../posting/post.ts'
import type { Posting } from '../posting/posting.ts'
import { reverse } from '../posting/reverse.ts'
import { filesWithin, inOrg, textOf } from '../testing/books.ts'
import { history, posting, type Step } from '../testing/histories.ts'
import { journalFile, journalFormats } from './journal-file.ts'

let house: TestHouse
let folder: string
beforeAll(async () => {
  house = await openHouse()
  folder = await mkdtemp(join(tmpdir(), 'books-'))
})
afterAll(async () => {
  await house.close()
  await rm(folder, { recursive: true, force: true })
})

/** What an entry should be, in the simplest of ways. */
interface Expected {
  readonly id: string
  readonly on: string
  readonly reverses: number | null
  readonly lines: readonly (readonly [string, string])[]
}

const isRight = (one: Posting) => {
  try {
    checkPosting(one)
    return true
  } catch {
    return false
  }
}

const turned = (amount: string) => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`)

/** Does one step both ways; what should be refused must be, and leave nothing. */
async function take(ctx: Context, model: Expected[], step: Step): Promise<void> {
  await sql`savepoint step`.execute(ctx.db)
  const isReversal = 'reverse' in step
  const original = isReversal ? model[step.reverse] : undefined
  const mayReverse =
    isReversal &&
    original?.reverses === null &&
    original.on <= step.on &&
    !model.some(({ reverses }) => reverses === step.reverse + 1)
  if (isReversal ? mayReverse : isRight(step.post)) {
    const [done] = isReversal
      ? await reverse(ctx, { entries: [original?.id ?? ''], on: step.on, memo: 'Back' })
      : await post(ctx, [step.post])
    expect(done?.number).toBe(model.length + 1)
    const lines = isReversal
      ? (original?.lines ?? []).map(([account, amount]) => [account, turned(amount)] as const)
      : step.post.lines.map(({ account, amount }) => [account, amount] as const)
    const reverses = isReversal ? step.reverse + 1 : null
    model.push({ id: done?.id ?? '', on: isReversal ? step.on : step.post.on, reverses, lines })
  } else {
    const id = original?.id ?? crypto.randomUUID()
    const tried: Promise<unknown> = isReversal
      ? reverse(ctx, { entries: [id], on: step.on, memo: 'Back' })
      : post(ctx, [step.post])
    await expect(tried).rejects.toBeInstanceOf(Error)
    await sql`rollback to savepoint step`.execute(ctx.db)
  }
}

const booked = (ctx: Context) =>
  sql<Expected>`
    select e.id, e.posted_on as on, (select o.number from ledger.entry o where o.id = e.reverses) as reverses,
      (select json_agg(json_build_array(a.code, l.amount::text) order by l.position)
        from ledger.line l join ledger.account a on a.id = l.account where l.entry = e.id) as lines
    from ledger.entry e order by e.number`.execute(ctx.db)

/** The amounts of each block of an IIF file. */
const blocksOf = (text: string) =>
  text
    .split('ENDTRNS\r\n')
    .slice(1, -1)
    .map((block) => [...block.matchAll(/^(?:TRNS|SPL)\t(?:[^\t]*\t){5}([^\t]*)/gm)].map(([, amount = '']) => amount))

const undo = new Error('undo')

const fileOf = async (ctx: Context) => textOf((await journalFile(filesWithin(ctx), 'iif', 'x', {})).text)

/** One history in books of its own, which are empty again when it has been looked at. */
async function lived(slug: string, steps: readonly Step[]): Promise<number> {
  const model: Expected[] = []
  const work = inOrg(
    house,
    async (ctx) => {
      for (const step of steps) await take(ctx, model, step)
      await sql`set constraints all immediate`.execute(ctx.db)
      expect((await booked(ctx)).rows).toEqual(model)
      const [balance] = (await sql<{ sum: string | null }>`select sum(amount) from ledger.line`.execute(ctx.db)).rows
      expect(balance?.sum ?? '0.00').toBe('0.00')
      const file = await fileOf(ctx)
      const blocks = blocksOf(file)
      expect(blocks).toHaveLength(model.length)
      for (const block of blocks) expect(sumOf(block.map(decimal)).eq(zero)).toBe(true)
      expect(await fileOf(ctx)).toBe(file)
      throw undo
    },
    slug,
  )
  await expect(work).rejects.toBe(undo)
  return model.length
}

test('a thousand random histories: debits equal credits, nothing is edited, files stay the same', async () => {
  const orgs = ['riverside', 'maple-court']
  const entries = await Promise.all(
    orgs.map(async (slug) => {
      let sum = 0
      const one = fc.asyncProperty(history, async (steps) => void (sum += await lived(slug, steps)))
      await fc.assert(one, { numRuns: 1000 / orgs.length })
      return sum
    }),
  )
  expect(Math.min(...entries)).toBeGreaterThan(500)
}, 120_000)

const has = (program: string) =>
  (process.env['PATH'] ?? '').split(delimiter).some((place) => existsSync(join(place, program)))

const run = promisify(execFile)
const unicode = { env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' } }

/** Some hundred entries of a random history that stays, with the files that come of it over the API. */
async function books() {
  const all = fc.sample(posting, { numRuns: 300, seed: 1915 }).filter(isRight)
  await inOrg(house, (ctx) => post(ctx, all))
  const treasurer = await house.as('treasurer@riverside.example')
  const { data } = (await treasurer.get('/journal-entries?limit=50&sort=number')).json<{ data: { id: string }[] }>()
  const ids = data.slice(0, 40).map(({ id }) => id)
  await inOrg(house, (ctx) => reverse(ctx, { entries: ids, on: '2026-12-31', memo: 'Back; "all"' }))
  const trial = (await treasurer.get('/reports/ledger.trial-balance?on=2026-12-31')).json<{
    rows: { code: string; debit: string | null; credit: string | null }[]
  }>()
  const take = async (format: string) => (await treasurer.get(`/ledger/export?format=${format}`)).body
  return { balances: trial.rows.map(({ code, debit, credit }) => [code, debit ?? `-${credit}`]), take }
}

test('hledger and Beancount find nothing wrong with them, and hledger the same balances', async ({ skip }) => {
  if (!has('hledger') || !has('bean-check')) skip('hledger or bean-check is not on this machine')
  const { balances, take } = await books()
  const [journal, bean] = [join(folder, 'books.journal'), join(folder, 'books.beancount')]
  await writeFile(journal, await take('hledger'))
  await writeFile(bean, await take('beancount'))
  expect(await run('hledger', ['-f', journal, 'check', '--strict', 'ordereddates'], unicode)).toMatchObject({
    stdout: '',
    stderr: '',
  })
  expect(await run('bean-check', [bean], unicode)).toMatchObject({ stdout: '', stderr: '' })
  const { stdout } = await run('hledger', ['-f', journal, 'balance', '--flat', '-N', '-O', 'csv'], unicode)
  const found = stdout
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, code = '', amount = ''] = /^"[^:]*:(\d+) [^"]*","(-?[\d.]+) USD"$/.exec(line) ?? []
      return code ? [[code, amount]] : []
    })
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(balances.filter(([, amount]) => amount !== '0.00')))
  for (const format of journalFormats) expect(await take(format)).toBe(await take(format))
}, 60_000)
