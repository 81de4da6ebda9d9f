import { afterEach, describe, expect, test } from 'vitest'
import { eventually } from '@commonhall/engine/testing'
import { Print, type PrintLimits } from './print.ts'
import { mostPrinted, type PrintedLine } from './printed.ts'
import { pagesOf } from './testing/read-pdf.ts'
import { reportOf, rowsOf } from './testing/printed.ts'

let print: Print
afterEach(() => print.close())

const open = (limits: Partial<PrintLimits> = {}) => (print = new Print(limits))

const org = (id: string) => ({ id, name: id, timeZone: 'UTC' })

/** Lines that come when they are let. */
function held() {
  let release = () => {}
  let isAsked = false
  const until = new Promise<void>((resolve) => (release = resolve))
  async function* lines(): AsyncGenerator<PrintedLine> {
    isAsked = true
    await until
    yield* rowsOf(1)
  }
  return { lines: lines(), release: () => release(), isAsked: () => isAsked }
}

describe('printing', () => {
  test('makes a PDF of rows as they come', async () => {
    open()
    async function* lines() {
      for (const row of rowsOf(3)) yield await Promise.resolve(row)
    }
    const [page] = await pagesOf(await print.table(reportOf(lines())))
    expect(page).toContain('Member 0 8.00 $100.50\nMar 8, 2026 Member 1 8.00 $100.50')
  })

  test('leaves the process free for requests meanwhile', async () => {
    open()
    let turns = 0
    const clock = setInterval(() => turns++, 1)
    await print.table(reportOf(rowsOf(2000)))
    clearInterval(clock)
    expect(turns).toBeGreaterThan(50)
  })

  test('goes round between organizations, one table at a time, and asks for no lines before their turn', async () => {
    open()
    const first = held()
    const done: string[] = []
    const want = async (id: string, lines: AsyncIterable<PrintedLine> | PrintedLine[] = rowsOf(1)) => {
      await print.table(reportOf(lines, { org: org(id) }))
      done.push(id)
    }
    const waiting = held()
    waiting.release()
    const all = [want('one', first.lines), want('one', waiting.lines), want('one'), want('two')]
    await eventually(() => expect(first.isAsked()).toBe(true))
    expect(waiting.isAsked()).toBe(false)
    first.release()
    await Promise.all(all)
    expect(done).toEqual(['one', 'two', 'one', 'one'])
  })

  test('asks to come again when many wait already', async () => {
    open({ most: 1 })
    const first = held()
    const pdf = print.table(reportOf(first.lines))
    await expect(print.table(reportOf(rowsOf(1)))).rejects.toMatchObject({
      status: 503,
      message: 'Others are printing at the moment. Try again in a minute.',
      headers: { 'retry-after': '60' },
    })
    first.release()
    expect(await pagesOf(await pdf)).toHaveLength(1)
  })
})

describe('what is more than paper is for', () => {
  const tooLarge = {
    name: 'Refusal',
    code: 'too_long_to_print',
    status: 422,
    message:
      'This table is too large for paper. Choose a shorter period or a narrower filter, or take it as CSV or Excel.',
  }

  test('is refused by its lines, and no more are asked for', async () => {
    open()
    let given = 0
    function* lines(): Generator<PrintedLine> {
      for (;;) {
        given++
        yield ['2026-03-08', 'Ann', '8', '100.50']
      }
    }
    await expect(print.table(reportOf(lines()))).rejects.toMatchObject({
      code: 'too_long_to_print',
      message: expect.stringContaining('This table has more than 25,000 lines, too many for paper.') as unknown,
    })
    expect(given).toBe(mostPrinted + 1)
  })

  test('is refused by its bytes', async () => {
    open()
    const row = ['2026-03-08', 'x'.repeat(1024 ** 2), '8', '1']
    await expect(print.table(reportOf(Array.from({ length: 40 }, () => row)))).rejects.toMatchObject(tooLarge)
  })

  test.each([
    ['time', { seconds: 0.4 }],
    ['memory', { memory: 150 * 1024 ** 2 }],
  ])('is ended when it takes too much %s', async (_what, limits) => {
    open(limits)
    await expect(print.table(reportOf(rowsOf(20_000)))).rejects.toMatchObject(tooLarge)
  })
})

test('a table that fails is our fault, of which nothing in it is told, and the next one is printed', async () => {
  open()
  const columns = reportOf([]).columns.with(2, { heading: 'Rows', field: { kind: 'count' } })
  const failing = print.table(reportOf([['2026-03-08', 'Ann Miller', 'no number', '1']], { columns }))
  await expect(failing).rejects.toMatchObject({ name: 'SandboxFailure', message: 'failed: SyntaxError' })
  const broken = print.table(
    reportOf(
      (async function* (): AsyncGenerator<PrintedLine> {
        yield* rowsOf(1)
        await Promise.reject(new RangeError('the database went away'))
      })(),
    ),
  )
  await expect(broken).rejects.toThrow('the database went away')
  expect(await pagesOf(await print.table(reportOf(rowsOf(1))))).toHaveLength(1)
})
