import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, eventually, notebook } from '@commonhall/engine/testing'
import { labModule, lab, stumble } from '../jobs/testing/lab.ts'
import { type Hall, openHall } from '../live/testing/hall.ts'
import { hastyPost } from '../mail/testing/hasty-post.ts'
import { tellAll } from '../notifications/testing/telling.ts'
import { Desk } from '../webhooks/testing/desk.ts'
import { Receiver } from '../webhooks/testing/receiver.ts'

/** What happens below, as it is measured. */
const measured: readonly (readonly [name: string, value: RegExp])[] = [
  ['commonhall_database_up', /^1$/],
  ['commonhall_build_info', /^1$/],
  ['commonhall_http_request_seconds_count', /^[1-9]/],
  [`commonhall_queue_jobs{queue="${stumble.name}",state="failed"}`, /^1$/],
  [`commonhall_queue_jobs{queue="${stumble.name}",state="waiting"}`, /^0$/],
  [`commonhall_queue_oldest_waiting_seconds{queue="${stumble.name}"}`, /^0$/],
  ['commonhall_queue_jobs_done_last_hour{queue="webhooks.messages-delivered"}', /^[1-9]/],
  [`commonhall_job_failures_total{queue="${stumble.name}"}`, /^1$/],
  [`commonhall_job_run_seconds_count{queue="${stumble.name}",outcome="failed"}`, /^1$/],
  ['commonhall_mails_waiting', /^1$/],
  ['commonhall_mail_oldest_waiting_seconds', /^12\d\d/],
  ['commonhall_mails_last_hour{outcome="sent"}', /^[1-9]/],
  ['commonhall_mails_last_hour{outcome="bounced"}', /^0$/],
  ['commonhall_mail_suppressed_addresses', /^0$/],
  ['commonhall_mails_total{outcome="sent"}', /^[1-9]/],
  ['commonhall_mail_send_seconds_count', /^[1-9]/],
  ['commonhall_webhook_messages_waiting', /^0$/],
  ['commonhall_webhook_oldest_waiting_seconds', /^0$/],
  ['commonhall_webhooks_stopped{state="disabled"}', /^1$/],
  ['commonhall_webhooks_stopped{state="paused"}', /^0$/],
  ['commonhall_files_waiting', /^0$/],
  ['commonhall_file_oldest_waiting_seconds', /^0$/],
  ['commonhall_webhook_tries_total{outcome="delivered"}', /^[1-9]/],
  ['commonhall_webhook_tries_total{outcome="gone"}', /^1$/],
  ['commonhall_live_clients', /^1$/],
  ['commonhall_live_events_total{event="inbox"}', /^[1-9]/],
  ['commonhall_live_lag_seconds_count', /^\d/],
  ['commonhall_live_dropped_total', /^0$/],
  ['commonhall_notifications_total', /^[1-9]/],
  ['commonhall_signals_down', /^0$/],
]

let hall: Hall
/** What `/metrics` says after all of this has happened. */
let page: string

beforeAll(async () => {
  hall = await openHall([notebook, labModule])
  await hall.house.engine.startWork()
  await Promise.all([jobFails(), mailsGo(), webhooksGo(), somebodyListens()])
  // Some of it is counted a moment after it has happened, and figures are those of some seconds ago.
  await eventually(async () => {
    page = (await hall.house.app.inject({ url: '/metrics' })).body
    for (const [name, value] of measured) expect(valueOf(name)).toMatch(value)
  }).catch(() => {})
})
afterAll(() => hall.close())

const valueOf = (name: string) => {
  const line = page.split('\n').find((one) => one.startsWith(name) && /[ {]/.test(one.charAt(name.length)))
  return line?.split(' ').at(-1)
}

async function jobFails(): Promise<void> {
  const { engine } = hall.house
  lab.fails = 1
  await engine.act(await hall.house.caller(), (context) => context.enqueue(stumble, { line: 'measured' }))
  await eventually(async () =>
    expect((await engine.jobs.failures({ queue: stumble.name, limit: 1 })).data).toHaveLength(1),
  )
}

/** One is sent, and one waits for a mail server that is down. */
async function mailsGo(): Promise<void> {
  const { house } = hall
  const letter = { kind: 'lab', org: null, user: null, subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' }
  await house.engine.post.send({ ...letter, to: { name: 'Ann', email: 'ann@people.example' } })
  const dead = hastyPost(house, 'smtp://127.0.0.1:1')
  await expect(dead.send({ ...letter, to: { name: 'Bob', email: 'bob@people.example' } })).rejects.toThrow(
    /ESOCKET|ECONN|ETIMEDOUT/,
  )
  await dead.close()
  await asOwner(
    house,
    "update foundation.account_mail set created_at = now() - interval '20 minutes' where state = 'queued'",
  )
}

/** One message arrives, and another webhook is gone for good. */
async function webhooksGo(): Promise<void> {
  const desk = await Desk.open(hall.house)
  const gone = new Receiver()
  gone.answer = () => ({ status: 410 })
  await gone.listen()
  const [{ id }, { id: dead }] = [await desk.hook(), await desk.hook({ url: gone.url() })]
  await desk.member()
  await desk.settled(id, { state: 'delivered' })
  await eventually(async () => expect((await desk.row(dead)).state).toBe('disabled'))
  await Promise.all([gone.close(), desk.receiver.close()])
}

async function somebodyListens(): Promise<void> {
  const { house } = hall
  const staff = await house.as(cast.staff)
  const stream = await hall.hear(staff, 'members,inbox')
  await stream.next('inbox')
  const [told] = house.engine.registry.notices.values()
  if (!told) throw new Error('Nobody is told anything.')
  await tellAll(house, told.notice, told.notice.sample as never, { to: { role: 'admin' } })
}

test.each(measured)('%s is measured', (name, value) => {
  expect([name, valueOf(name)]).toEqual([name, expect.stringMatching(value)])
})

describe('all of them', () => {
  const metrics = () => [...page.matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name = '', help = '']) => ({ name, help }))
  const own = () => metrics().filter(({ name }) => !/^(process|nodejs)_/.test(name))

  test('are called after the house, with their unit, and say what they are', () => {
    expect(own().length).toBeGreaterThan(20)
    for (const { name, help } of own()) {
      expect(name).toMatch(/^commonhall_[a-z_]+$/)
      expect(help).toMatch(/^[A-Z].{10,}[^.]$/)
    }
    const counters = [...page.matchAll(/^# TYPE (\S+) counter$/gm)].map(([, name = '']) => name)
    for (const name of counters) expect(name).toMatch(/_total$/)
  })

  test('name no organization and no person', () => {
    const labels = new Set([...page.matchAll(/[{,](\w+)="/g)].map(([, name]) => name))
    const known = ['queue', 'state', 'outcome', 'kind', 'channel', 'event', 'method', 'route', 'status', 'le']
    const ofNode = ['version', 'node', 'type', 'space', 'kind', 'major', 'minor', 'patch']
    expect([...labels].filter((name) => ![...known, ...ofNode].includes(name ?? ''))).toEqual([])
    expect(page).not.toMatch(/riverside|local-100|people\.example|[0-9a-f]{8}-[0-9a-f]{4}-/)
  })

  test('stand in the runbook, and nothing else does', () => {
    const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbooks/monitoring.md'), 'utf8')
    const told = new Set([...runbook.matchAll(/`(commonhall_[a-z_]+)/g)].map(([, name]) => name))
    const known = new Set(own().map(({ name }) => name))
    expect([...known].filter((name) => !told.has(name))).toEqual([])
    expect([...told].filter((name = '') => !known.has(name.replace(/_(bucket|count|sum)$/, '')))).toEqual([])
  })
})
