import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import {
  cast,
  castPassword,
  eventually,
  notebook,
  openHouse,
  type TestHouse,
  type Voice,
} from '@commonhall/engine/testing'
import { makeLog } from './log.ts'
import { tidy } from './testing/notebook/module.ts'

let house: TestHouse
let staff: Voice
let lines: string[] = []

beforeAll(async () => {
  house = await openHouse({ modules: [notebook], log: makeLog('trace', { write: (line) => void lines.push(line) }) })
  staff = await house.as(cast.staff)
})
beforeEach(() => void (lines = []))
afterAll(() => house.close())

const told = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>)

test('a request leaves one line, whose number joins it with the reply and the audit trail', async () => {
  const reply = await staff.post('/entries', { title: 'x' })
  const [line, ...more] = told()
  expect(more).toEqual([])
  expect(line).toMatchObject({
    level: 30,
    msg: 'request',
    method: 'POST',
    route: '/api/v1/orgs/:slug/entries',
    status: 201,
    request_id: reply.headers['x-request-id'],
  })
  expect(line?.['time']).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/)
  expect(line?.['ms']).toBeTypeOf('number')
  const [entry] = (await (await house.as(cast.admin)).get(`/audit?filter[record]=${reply.json().id}`)).json().data
  expect(entry.request_id).toBe(line?.['request_id'])
})

test('lines hold no word of what was asked, sent or answered', async () => {
  const secrets = [
    'Zanzibar',
    '1968-04-04',
    '4242',
    castPassword,
    'Wrong-Horse-99',
    staff.token,
    'zanzibar@example.org',
  ]
  await staff.get('/members?q=Zanzibar&filter[birth_on]=1968-04-04')
  await staff.post('/members', {
    card_number: '4242',
    last_name: 'Zanzibar',
    first_name: 'Jo',
    email: 'zanzibar@example.org',
    ssn_last_four: '4242',
    birth_on: '1968-04-04',
  })
  await staff.post('/members', { last_name: 'Zanzibar', ssn_last_four: '123-45-4242' })
  await staff.get('/members/Zanzibar')
  await staff.get('/Zanzibar/4242?token=4242')
  await house.app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    payload: { email: 'zanzibar@example.org', password: 'Wrong-Horse-99' },
  })
  await house.app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    payload: { email: cast.officer, password: castPassword },
  })
  await house.app.inject({
    url: '/api/v1/orgs/local-100/members',
    headers: { authorization: 'Bearer Zanzibar', cookie: '__Host-access=Zanzibar' },
  })
  await house.app.inject({
    method: 'POST',
    url: '/api/v1/orgs/local-100/members',
    headers: { 'content-type': 'application/json' },
    payload: '{"Zanzibar',
  })
  expect(lines.length).toBeGreaterThan(6)
  for (const secret of secrets) expect(lines.join(''), secret).not.toContain(secret)
})

test('no request can write a line of its own', async () => {
  const forged = '\r\n{"level":30,"msg":"forged"}\r\n'
  await staff.get(`/members?q=${encodeURIComponent(forged)}`)
  await staff.get(`/${encodeURIComponent(forged)}`)
  await staff.post('/entries', { title: forged })
  await house.app.inject({
    url: '/health',
    headers: { 'user-agent': 'forged', 'x-request-id': 'forged', 'x-forwarded-for': 'forged' },
  })
  expect(lines).toHaveLength(4)
  for (const line of lines) expect([line.trim().includes('\n'), line.includes('forged')]).toEqual([false, false])
})

test('a fault is told with its number and place, and without the values that the database quotes', async () => {
  const broken = new Error('invalid input syntax for type date: "Zanzibar"\nmore of Zanzibar')
  const get = vi.spyOn(house.engine.records, 'get').mockRejectedValue(Object.assign(broken, { code: '22P02' }))
  const reply = await staff.get(`/entries/${crypto.randomUUID()}`)
  get.mockRestore()
  const [fault] = told().filter(({ msg }) => msg === 'fault')
  expect(fault).toMatchObject({
    level: 50,
    request_id: reply.headers['x-request-id'],
    err: { code: '22P02', message: 'invalid input syntax for type date: [cut]' },
  })
  expect((fault!['err'] as { stack: string }).stack).toContain('log.test.ts')
  expect(lines.join('')).not.toContain('Zanzibar')
})

test('a job tells that it was done, and one that failed why, without its words', async () => {
  await house.engine.startWork()
  await house.engine.act(await house.caller(), (context) => context.enqueue(tidy, { title: 'Zanzibar' }))
  await house.engine.act(await house.caller(), (context) => context.enqueue(tidy, { title: null as never }))
  await eventually(() => expect(told().filter(({ job }) => job === tidy.name)).toHaveLength(2))
  expect(told().find(({ msg }) => msg === 'job done')).toMatchObject({ job: tidy.name })
  expect(told().find(({ level, job }) => level === 50 && job)).toMatchObject({ err: { code: '23502', table: 'entry' } })
  expect(lines.join('')).not.toContain('Zanzibar')
})

test('secrets are cut wherever they stand', () => {
  const log = makeLog('info', { write: (line) => void lines.push(line) })
  log.info(
    { password: 'p1', user: { token: 't1' }, a: { b: { ssn: 's1' } }, authorization: 'a1', cookie: 'c1' },
    'told',
  )
  expect(lines.join('')).not.toMatch(/p1|t1|s1|a1|c1/)
})
