import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { samples } from '../../ui/webhooks/samples.ts'
import { Desk } from '../../engine/webhooks/testing/desk.ts'
import { isGenuine } from './verify.mjs'

const here = import.meta.dirname
const read = (name: string) => readFileSync(join(here, name), 'utf8')

interface Node {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly typeVersion: number
  readonly position: readonly number[]
  readonly parameters: Readonly<Record<string, unknown>>
}

interface Workflow {
  readonly name: string
  readonly nodes: readonly Node[]
  readonly connections: Readonly<Record<string, { main: { node: string; type: string; index: number }[][] }>>
  readonly settings: object
  readonly active: boolean
}

const workflow: Workflow = JSON.parse(read('n8n-members-to-a-sheet.json'))
const node = (name: string) => workflow.nodes.find((one) => one.name === name)?.parameters ?? {}

type Headers = Readonly<Record<string, string>>

interface Message {
  readonly headers: Headers
  readonly body: string
}

/** Runs the code of the Code node as n8n does: in a context of its own, as the body of an async function. */
async function n8n(
  { headers, body }: Message,
  secret: string,
): Promise<{ genuine: boolean; why?: string; message?: object }> {
  const code = `${node('Check the signature')['jsCode']}`
  expect(code).toContain('whsec_PUT_YOUR_SECRET_HERE')
  const whole = `(async function () { ${code.replace('whsec_PUT_YOUR_SECRET_HERE', secret)} }).call(self)`
  const helpers = {
    getBinaryDataBuffer: (item: number, name: string) => {
      expect([item, name]).toEqual([0, 'data'])
      return Promise.resolve(Buffer.from(body))
    },
  }
  const allowed = (name: string) => {
    if (name !== 'crypto') throw new Error(`Module '${name}' is disallowed`)
    return createRequire(import.meta.url)(name)
  }
  const $input = { all: () => [{ json: { headers, params: {}, query: {}, body: JSON.parse(body) } }] }
  const [item] = await runInNewContext(whole, { self: { helpers }, $input, require: allowed, Buffer })
  return item.json
}

/** Whether a program is on this machine. */
const has = (program: string) => !spawnSync(program, ['--version']).error

const asPython = `import json, sys
from verify import is_genuine
one = json.load(sys.stdin)
print(is_genuine(one["headers"], one["body"].encode(), one["secret"]))`

function python(message: Message, secret: string): boolean {
  const input = JSON.stringify({ ...message, secret })
  return execFileSync('python3', ['-B', '-c', asPython], { cwd: here, input }).toString().trim() === 'True'
}

const hasPython = has('python3')

/** What Node, n8n and Python say of a message, as long as they agree. */
async function judged(message: Message, secret: string): Promise<boolean> {
  const node = isGenuine(message.headers, Buffer.from(message.body), secret)
  expect((await n8n(message, secret)).genuine).toBe(node)
  if (hasPython) expect(python(message, secret)).toBe(node)
  return node
}

describe('the recipes, with messages that the house really sends,', () => {
  let house: TestHouse
  let desk: Desk
  let first: Message
  let second: Message
  let secrets: readonly [string, string]

  beforeAll(async () => {
    house = await openHouse()
    await house.engine.startWork()
    desk = await Desk.open(house)
    const { id, secret } = await desk.hook()
    await desk.member({ last_name: 'Ødegård' })
    const message = async (count: number): Promise<Message> => {
      const { headers, text } = (await desk.arrived(count)).at(-1)!
      return { headers: headers as Headers, body: text }
    }
    first = await message(1)
    const rotated = (await desk.admin.post(`/webhooks/${id}/rotate`)).json()
    secrets = [secret, rotated.secret]
    await desk.member()
    second = await message(2)
  })
  afterAll(async () => {
    await desk.close()
    await house.close()
  })

  test('know a real one', async () => {
    expect(await judged(first, secrets[0])).toBe(true)
    expect((await n8n(first, secrets[0])).message).toEqual(JSON.parse(first.body))
  })

  test('know a real one by the old secret and by the new, while both sign', async () => {
    expect(second.headers['webhook-signature']?.split(' ')).toHaveLength(2)
    for (const secret of secrets) expect(await judged(second, secret)).toBe(true)
  })

  test('refuse one that was tampered with, or signed with another secret, or not at all', async () => {
    const { headers, body } = first
    expect(await judged({ headers, body: body.replace('members', 'Members') }, secrets[0])).toBe(false)
    expect(await judged({ headers: { ...headers, 'webhook-id': 'msg_other' }, body }, secrets[0])).toBe(false)
    expect(await judged(first, secrets[1])).toBe(false)
    expect(await judged({ headers: { ...headers, 'webhook-signature': 'v1,' }, body }, secrets[0])).toBe(false)
    expect(await judged({ headers: { ...headers, 'webhook-signature': 'v1,ü v2,x' }, body }, secrets[0])).toBe(false)
    expect(await judged({ headers: {}, body }, secrets[0])).toBe(false)
    const { why } = await n8n(first, secrets[1])
    expect(why).toMatch(/signature is wrong/)
  })

  test('refuse one that is more than five minutes old, though its signature is right', async () => {
    const [secret] = secrets
    const time = Math.floor(Date.now() / 1000) - 301
    const key = Buffer.from(secret.slice(6), 'base64')
    const signature = createHmac('sha256', key).update(`msg_1.${time}.{}`).digest('base64')
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': `${time}`, 'webhook-signature': `v1,${signature}` }
    expect(await judged({ headers, body: '{}' }, secret)).toBe(false)
    expect((await n8n({ headers, body: '{}' }, secret)).why).toMatch(/too old/)
  })

  test.skipIf(!hasPython)('in Python as well', () => {
    expect(python(first, secrets[0])).toBe(true)
  })

  test.skipIf(!has('openssl'))('and openssl comes to the same signature', () => {
    const { 'webhook-id': id = '', 'webhook-timestamp': time = '' } = first.headers
    const said = execFileSync('sh', ['sign.sh', secrets[0], id, time], { cwd: here, input: first.body })
    expect(said.toString().trim()).toBe(first.headers['webhook-signature'])
  })
})

test.skipIf(!has('curl') || !has('openssl'))(
  'what a shell signs gets through to a receiver that checks it',
  async () => {
    const secret = `whsec_${randomBytes(32).toString('base64')}`
    const server = createServer((request, response) => {
      void Array.fromAsync(request as AsyncIterable<Buffer>).then((parts) =>
        response.writeHead(isGenuine(request.headers as Headers, Buffer.concat(parts), secret) ? 204 : 401).end(),
      )
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const shell = /^```sh\n([\s\S]*?)^```/m.exec(read('README.md'))?.[1] ?? ''
    const { port } = server.address() as AddressInfo
    const run = promisify(execFile)
    const env = { ...process.env, WEBHOOK_SECRET: secret }
    const { stdout } = await run('sh', ['-c', shell.replace(':8080', `:${port}`)], { cwd: here, env })
    const forged = shell.replace(':8080', `:${port}`).replace(/-d "\$body"/, '-d "$body "')
    const refused = await run('sh', ['-c', forged], { cwd: here, env })
    server.close()
    expect([stdout, refused.stdout].map((said) => said.split('\r\n')[0])).toEqual([
      'HTTP/1.1 204 No Content',
      'HTTP/1.1 401 Unauthorized',
    ])
  },
)

test('what the page of a webhook shows is what stands here', () => {
  const shown = { Node: 'verify.mjs', Python: 'verify.py', Shell: 'sign.sh' }
  for (const [language, name] of Object.entries(shown))
    expect(samples[language as keyof typeof samples]).toBe(read(name).trimEnd())
})

describe('the workflow has the form that n8n imports:', () => {
  test('nodes with an id, a name, a type with its version, a place and parameters', () => {
    for (const one of workflow.nodes)
      expect(one).toEqual({
        id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
        name: expect.any(String),
        type: expect.stringMatching(/^n8n-nodes-base\.\w+$/),
        typeVersion: expect.any(Number),
        position: [expect.any(Number), expect.any(Number)],
        parameters: expect.any(Object),
        ...(one.name === 'Commonhall' ? { webhookId: expect.any(String) } : {}),
      })
    for (const key of ['id', 'name'] as const)
      expect(new Set(workflow.nodes.map((one) => one[key])).size).toBe(workflow.nodes.length)
    expect(workflow).toMatchObject({ name: expect.any(String), settings: {}, active: false })
  })

  test('connections by name, which reach every node but the note', () => {
    const names = workflow.nodes.filter(({ type }) => !type.endsWith('stickyNote')).map(({ name }) => name)
    const ends = Object.values(workflow.connections).flatMap(({ main }) => main.flat())
    expect(ends.every(({ type, index }) => type === 'main' && index === 0)).toBe(true)
    expect(
      [...Object.keys(workflow.connections), ...ends.map((end) => end.node)].every((one) => names.includes(one)),
    ).toBe(true)
    expect(new Set(['Commonhall', ...ends.map((end) => end.node)])).toEqual(new Set(names))
  })

  test('the body is kept as it came, and nothing passes before it has been checked', () => {
    expect(node('Commonhall')).toMatchObject({ responseMode: 'responseNode', options: { rawBody: true } })
    const next = (name: string) => workflow.connections[name]?.main.map((out) => out.map((end) => end.node))
    expect(next('Commonhall')).toEqual([['Check the signature']])
    expect(next('Check the signature')).toEqual([['Is it genuine?']])
    expect(next('Is it genuine?')).toEqual([['Answer 204'], ['Answer 401']])
    expect(node('Answer 401')).toMatchObject({ options: { responseCode: 401 } })
    expect(workflow.connections['Answer 401']).toBeUndefined()
  })
})
