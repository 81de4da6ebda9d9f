import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allow, defineFileRoute, defineModule, defineRules, field, refuse } from '@commonhall/kernel'
import { asOwner, eventually, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { sql } from 'kysely'

const lines = defineFileRoute({
  method: 'GET',
  path: '/paper/lines',
  summary: 'Lines of paper',
  rule: 'paper.sheet.read',
  query: {
    lines: field.count({ required: true }),
    fails: field.choice(['at once', 'at first', 'later']),
  },
  sends: 'text/plain; charset=utf-8',
  run(ctx, { query: { lines: count, fails } }) {
    if (fails === 'at once') refuse('conflict', 'No paper.')
    const rows = ctx.rows(sql<{ n: number }>`select generate_series(1, ${count}::integer) as n`)
    async function* text() {
      if (fails === 'at first') refuse('conflict', 'No ink.')
      for await (const { n } of rows) {
        if (fails === 'later' && n > 50_000) throw new Error('The paper is torn.')
        yield `line ${n}\n`
      }
    }
    return Promise.resolve({ name: 'a "b"/c é.txt', rows: count, text: text() })
  },
})

const paper = defineModule({
  name: 'paper',
  label: 'Paper',
  purpose: 'Lines of paper.',
  icon: 'file',
  folder: import.meta.dirname,
  rules: defineRules({ 'paper.sheet.read': allow('staff') }),
  routes: [lines],
})

let house: TestHouse
let staff: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [paper] })
  staff = await house.as('staff@local-100.example')
})
afterAll(() => house.close())

/** Connections that somebody is in a transaction on. */
const busy = async () => {
  const [row] = await asOwner<{ n: number }>(
    house,
    `select count(*)::integer as n from pg_stat_activity
    where datname = current_database() and application_name = 'commonhall' and state like 'idle in transaction%'`,
  )
  return row?.n
}

test('sends every piece, under a name that a header and a disk can take', async () => {
  const reply = await staff.get('/paper/lines?lines=100000')
  expect(reply.headers['content-disposition']).toBe('attachment; filename="a-b-c-.txt"')
  expect(reply.body.split('\n')).toHaveLength(100_001)
  expect(reply.body.endsWith('line 100000\n')).toBe(true)
  expect((await staff.get('/paper/lines?lines=0')).body).toBe('')
  expect(await busy()).toBe(0)
})

test('refuses as a problem until its first piece is there', async () => {
  for (const [fails, detail] of [
    ['at once', 'No paper.'],
    ['at first', 'No ink.'],
  ]) {
    const reply = await staff.get(`/paper/lines?lines=1&fails=${fails}`)
    expect(reply.headers['content-disposition']).toBeUndefined()
    expect(reply.json()).toMatchObject({ status: 409, detail })
  }
  const admin = await house.as('admin@local-100.example')
  expect((await admin.get('/paper/lines?lines=1')).statusCode).toBe(403)
})

test('breaks off where it fails later: nobody takes a half for the whole', async () => {
  await expect(staff.get('/paper/lines?lines=100000&fails=later')).rejects.toThrow(
    /abort|destroy|hang up|closed|terminated|reset/i,
  )
  await eventually(async () => expect(await busy()).toBe(0))
})

test('gives its connection back when somebody breaks the download off', async () => {
  const address = await house.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = new URL(address)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  const path = '/api/v1/orgs/local-100/paper/lines?lines=50000000'
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${staff.token}\r\n\r\n`)
  await once(socket, 'data')
  socket.pause()
  expect(await busy()).toBe(1)
  socket.destroy()
  await eventually(async () => expect(await busy()).toBe(0))
})
