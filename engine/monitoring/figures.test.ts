import { Registry as Meters } from 'prom-client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Watchtower } from './figures.ts'
import { addGauges } from './gauges.ts'

const work = {
  mails_waiting: 2,
  mail_oldest_seconds: 61,
  mails_last_hour: { sent: 5 },
  suppressed_addresses: 0,
  webhook_messages_waiting: 0,
  webhook_oldest_seconds: 0,
  webhooks_paused: 0,
  webhooks_disabled: 0,
  files_waiting: 0,
  files_oldest_seconds: null,
}
const bare = vi.fn<() => Promise<unknown[]>>()
let meters: Meters
const scrape = async () => await meters.metrics()

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  bare.mockReset().mockResolvedValue([{ work, queues: [] }])
  meters = new Meters()
  addGauges(meters, new Watchtower({ bare: bare as never }, { wanted: [] }))
})
afterEach(() => void vi.useRealTimers())

test('however often somebody scrapes, the database is asked once in five seconds', async () => {
  const pages = await Promise.all(Array.from({ length: 50 }, scrape))
  for (const page of pages) expect(page).toContain('commonhall_mails_waiting 2')
  expect(bare).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(4_900)
  await scrape()
  expect(bare).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(200)
  await scrape()
  expect(bare).toHaveBeenCalledTimes(2)
})

test('while the database is away it says so, shows what it showed last, and does not press', async () => {
  await scrape()
  bare.mockRejectedValue(new Error('gone'))
  vi.advanceTimersByTime(6_000)
  const pages = await Promise.all(Array.from({ length: 20 }, scrape))
  for (const page of pages) {
    expect(page).toContain('commonhall_database_up 0')
    expect(page).toContain('commonhall_mails_waiting 2')
  }
  expect(bare).toHaveBeenCalledTimes(2)
  bare.mockResolvedValue([{ work: { ...work, mails_waiting: 0 }, queues: [] }])
  vi.advanceTimersByTime(6_000)
  const page = await scrape()
  expect(page).toContain('commonhall_database_up 1')
  expect(page).toContain('commonhall_mails_waiting 0')
})

test('a database that does not answer keeps nobody longer than two seconds, and is not asked twice', async () => {
  let answer: (rows: unknown[]) => void = () => {}
  bare.mockReturnValue(new Promise((resolve) => (answer = resolve)))
  for (const _ of [1, 2]) {
    const page = scrape()
    await vi.advanceTimersByTimeAsync(2_001)
    expect(await page).toContain('commonhall_database_up 0')
  }
  expect(bare).toHaveBeenCalledTimes(1)
  answer([{ work, queues: [] }])
  await vi.advanceTimersByTimeAsync(1)
  expect(await scrape()).toContain('commonhall_database_up 1')
})
