import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { LightMyRequestResponse } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { board, cardExpires, meeting } from './testing/board.ts'
import { mailOf } from './testing/mailing.ts'
import { memberWithout, tellAll } from './testing/telling.ts'

let house: TestHouse
let paths: Record<
  string,
  Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
>
const log: string[] = []
const ajv = new Ajv.default({ strict: false, allErrors: true })
formats.default(ajv)

beforeAll(async () => {
  house = await openHouse({ modules: [board], log: pino({}, { write: (line: string) => void log.push(line) }) })
  paths = (await house.app.inject({ url: '/api/v1/openapi.json' })).json().paths
})
afterAll(() => house.close())

/** Holds a reply against what the description says of the operation and status. */
function expectTold(operation: string, reply: LightMyRequestResponse): void {
  const [method = '', path = ''] = operation.split(' ')
  const told = paths[path]?.[method.toLowerCase()]?.responses[String(reply.statusCode)]
  const [content] = Object.values(told?.content ?? {})
  expect(content, `${operation} answers ${reply.statusCode}: ${reply.body}`).toBeDefined()
  const validate = ajv.compile(content?.schema ?? {})
  expect([operation, validate(reply.json()), validate.errors ?? []]).toEqual([operation, true, []])
}

const org = '/api/v1/orgs/{slug}'
const link = '/api/v1/unsubscribe/{token}'

test('inboxes, settings and links answer as they are described, and links stand in no log', async () => {
  const officer = await house.as(cast.officer)
  const about = { resource: 'members.member', id: await memberWithout(house, 'ann@people.example') }
  await tellAll(house, cardExpires, { name: 'Ann', days: 3, born: '1990-01-01' }, { to: { role: 'officer' }, about })
  await tellAll(house, meeting, { place: 'the hall' }, { to: { role: 'officer' } })
  const { data } = (await officer.get('/inbox')).json() as { data: { id: string }[] }
  expect(data.length).toBe(2)
  for (const query of ['', '?limit=1', '?unread=true', '?limit=0', '?unread=x', '?after=x'])
    expectTold(`GET ${org}/inbox`, await officer.get(`/inbox${query}`))
  for (const body of [{ ids: [data[0]?.id] }, { all: true }, {}])
    expectTold(`POST ${org}/inbox/read`, await officer.post('/inbox/read', body))
  for (const body of [{ ids: [data[0]?.id] }, { ids: 'all' }])
    expectTold(`POST ${org}/inbox/unread`, await officer.post('/inbox/unread', body))
  expectTold(`GET ${org}/notification-settings`, await officer.get('/notification-settings'))
  for (const body of [{ quiet: { from: '21:00', until: '07:00' } }, { quiet: 1 }])
    expectTold(`PATCH ${org}/notification-settings`, await officer.patch('/notification-settings', body))
  const [mail] = await mailOf(house)
  const token = /unsubscribe\/([\w-]+)/.exec(mail?.plain ?? '')?.[1] ?? ''
  expect(token.length).toBeGreaterThan(50)
  for (const one of [token, 'nonsense'])
    for (const method of ['GET', 'POST', 'DELETE'] as const)
      expectTold(`${method} ${link}`, await house.app.inject({ method, url: `/api/v1/unsubscribe/${one}` }))
  expect(log.length).toBeGreaterThan(10)
  expect(log.filter((line) => line.includes(token) || line.includes('the hall'))).toEqual([])
})
