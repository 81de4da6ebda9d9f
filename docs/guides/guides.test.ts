import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import {
  draftTable,
  findOrg,
  type House,
  houseCaller,
  makeLog,
  openOn,
  registryOf,
  withClient,
} from '@commonhall/engine'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import type { Module, Resource } from '@commonhall/kernel'
import { catalog } from '@commonhall/modules/catalog'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Block, blocksOf, isPatch, write } from './testing/blocks.ts'

const plain = blocksOf('resource.md')
const later = ['job', 'workflow', 'writing', 'route', 'report', 'page', 'notice', 'reminder', 'files'].flatMap((name) =>
  blocksOf(`${name}.md`),
)
const files = (guide: readonly Block[]) => guide.map(({ file }) => file)

let folder: string

beforeAll(() => {
  // Inside the checkout, where the kernel can be imported by its name.
  mkdirSync('test-results', { recursive: true })
  folder = mkdtempSync(join('test-results', 'guides-'))
  write(join(folder, 'plain'), plain)
  // New files first: a guide may add to what another one makes.
  write(join(folder, 'whole'), [...plain, ...later.filter((one) => !isPatch(one)), ...later.filter(isPatch)])
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A house of its own with the module in it, as somebody would have it who had followed the guides. */
class Wider {
  readonly #house: TestHouse
  readonly house: House
  readonly #app: FastifyInstance

  constructor(house: TestHouse, wider: House, app: FastifyInstance) {
    this.#house = house
    this.house = wider
    this.#app = app
  }

  static async open(name: 'plain' | 'whole'): Promise<Wider> {
    const file = pathToFileURL(join(folder, name, 'module.ts')).href
    const { tools } = (await import(file)) as { tools: Module }
    const registry = registryOf([...catalog, tools])
    mkdirSync(join(folder, name, 'migrations'))
    const [tool] = tools.resources as [Resource]
    writeFileSync(join(folder, name, 'migrations/0001-tools.sql'), draftTable(tool, registry.resources))
    const house = await openHouse()
    const wider = await openOn(house.engine.settings, registry, house.ground, makeLog('silent'))
    const on = `update foundation.org set modules = array_append(modules, 'tools') where kind = 'housing-cooperative'`
    await withClient(house.ground.ownerUrl, async (client) => void (await client.query(on)))
    return new Wider(house, wider, await wider.server())
  }

  /** A request of somebody at Riverside. */
  async ask(who: string, path: string, more: InjectOptions = {}) {
    const { token } = await this.#house.as(`${who}@riverside.example`)
    const headers = { authorization: `Bearer ${token}`, ...more.headers }
    const reply = await this.#app.inject({ ...more, url: `/api/v1/orgs/riverside${path}`, headers })
    const isJson = String(reply.headers['content-type']).includes('json')
    return { status: reply.statusCode, text: reply.body, body: isJson ? reply.json() : undefined }
  }

  post(who: string, path: string, payload?: object) {
    return this.ask(who, path, payload ? { method: 'POST', payload } : { method: 'POST' })
  }

  async close(): Promise<void> {
    await this.#app.close()
    await this.house.engine.close()
    await this.#house.close()
  }
}

const saw = { tag: 'T-1', name: 'Table saw', value: '420.00', bought_on: '2019-05-02' }

describe('a plain resource', () => {
  let wider: Wider

  beforeAll(async () => {
    wider = await Wider.open('plain')
  })
  afterAll(() => wider.close())

  test('costs at most 40 lines, its rules included', () => {
    expect(files(plain)).toEqual(['resources/tool.ts', 'rules.ts', 'rules.ts', 'module.ts'])
    const lines = plain.slice(0, 3).flatMap(({ text }) => text.trimEnd().split('\n'))
    expect(lines.length).toBeLessThanOrEqual(40)
  })

  test('is made, changed, listed, searched, filtered and described', async () => {
    const made = await wider.post('staff', '/tools', saw)
    expect([made.status, made.body]).toEqual([201, expect.objectContaining({ ...saw, state: 'here', version: 1 })])
    const changed = await wider.ask('staff', `/tools/${made.body.id}`, { method: 'PATCH', payload: { state: 'lost' } })
    expect([changed.status, changed.body.version]).toEqual([200, 2])
    const list = await wider.ask('staff', '/tools?q=saw&filter[state]=lost&sort=-value&limit=20&count=exact')
    expect([list.status, list.body.total, list.body.data[0].tag]).toEqual([200, 1, 'T-1'])
    expect((await wider.ask('staff', '/catalog')).body.resources['tools.tool'].fields.value.kind).toBe('money')
  })

  test('refuses what its fields do not allow', async () => {
    const wrong = await wider.post('staff', '/tools', { tag: 'T-1', value: '-1', wanted_back: true, colour: 'red' })
    expect(wrong.status).toBe(422)
    const paths = wrong.body.errors.map(({ path }: { path: string }) => path)
    expect(paths.toSorted()).toEqual(['colour', 'name', 'value', 'wanted_back'])
    expect((await wider.post('staff', '/tools', { tag: 't-1', name: 'Another' })).status).toBe(409)
  })

  test('keeps to its rules', async () => {
    expect((await wider.post('member', '/tools', saw)).status).toBe(403)
    expect((await wider.ask('treasurer', '/tools')).status).toBe(403)
    const [me] = (await wider.ask('member', '/members')).body.data
    await wider.post('staff', '/tools', { tag: 'T-2', name: 'Drill', borrower: me.id })
    const own = await wider.ask('member', '/tools')
    expect(own.body.data.map(({ name }: { name: string }) => name)).toEqual(['Drill'])
  })

  test('keeps a field for those whom its own rule names', async () => {
    const day = async (who: string, path = '/tools') => (await wider.ask(who, path)).body.data?.[0].bought_on
    expect(await day('staff', '/tools?q=saw')).toBe(saw.bought_on)
    expect(await day('member')).toBeUndefined()
    expect((await wider.ask('member', '/tools?sort=bought_on')).status).toBe(403)
    expect((await wider.ask('member', '/catalog')).body.resources['tools.tool'].fields).not.toHaveProperty('bought_on')
    const [{ id }] = (await wider.ask('staff', '/tools?q=saw')).body.data
    const change = { method: 'PATCH', payload: { bought_on: '2020-01-01' } } as const
    const refused = await wider.ask('officer', `/tools/${id}`, change)
    expect([refused.status, refused.body.errors[0].path]).toEqual([403, 'bought_on'])
    expect((await wider.ask('staff', `/tools/${id}`, { ...change, payload: saw })).status).toBe(200)
  })

  test('is exported, and brought in from a file', async () => {
    const csv = await wider.ask('staff', '/tools/export?format=csv&q=saw')
    expect(csv.text).toMatch(/Tag,Name,State,Borrower,Value,Bought,Wanted back\r?\nT-1,Table saw,lost/)
    const disposition = 'content-disposition: form-data; name="file"; filename="tools.csv"'
    const form = ['--b', disposition, '', 'Sticker,Name', 'T-9,Jack', '--b--', ''].join('\r\n')
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    const file = await wider.ask('staff', '/imports?resource=tools', { method: 'POST', payload: form, headers })
    expect(file.status).toBe(201)
    expect(file.body.mapping.columns).toEqual([
      { heading: 'Sticker', to: 'tag' },
      { heading: 'Name', to: 'name' },
    ])
  })

  test('leaves who changed what', async () => {
    const audit = await wider.ask('officer', '/audit?filter[resource]=tools.tool&sort=at')
    const [created, updated] = audit.body.data
    expect([created.act, created.actor_name]).toEqual(['create', 'Sam Whitaker'])
    expect([updated.act, updated.changes]).toEqual(['update', { state: ['here', 'lost'] }])
  })
})

describe('the other guides', () => {
  let wider: Wider

  beforeAll(async () => {
    wider = await Wider.open('whole')
    await wider.house.engine.startWork()
  })
  afterAll(() => wider.close())

  test('what they say compiles', { timeout: 60_000 }, async () => {
    const settings = { extends: '../../tsconfig.json', include: ['whole/**/*'], exclude: [] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
    const tsc = promisify(execFile)('node_modules/.bin/tsc', ['-p', folder])
    expect(
      await tsc.then(
        () => '',
        ({ stdout }: { stdout: string }) => stdout,
      ),
    ).toBe('')
  })

  test('a writing: looked at through every door', async () => {
    const [member] = (await wider.ask('staff', '/members?filter[state]=active')).body.data
    const dear = { tag: 'T-50', name: 'Turning lathe', value: '5000.01', borrower: member.id }
    const { status, body } = await wider.post('staff', '/tools', dear)
    expect([status, body.errors[0]]).toEqual([422, expect.objectContaining({ path: 'borrower', code: 'too_dear' })])
  })

  test('a workflow: by its acts alone, with guard, rule and event', async () => {
    const [member] = (await wider.ask('staff', '/members?filter[state]=active')).body.data
    const { body: tool } = await wider.post('staff', '/tools', saw)
    const at = `/tools/${tool.id}`
    expect((await wider.ask('staff', at, { method: 'PATCH', payload: { state: 'lent' } })).status).toBe(422)
    const early = await wider.post('staff', `${at}/lend`)
    expect([early.status, early.body.detail]).toEqual([409, 'Say first who borrows it.'])
    await wider.ask('staff', at, { method: 'PATCH', payload: { borrower: member.id } })
    expect((await wider.post('member', `${at}/lend`)).status).not.toBe(200)
    const many = await wider.post('staff', '/tools/lend', { ids: [tool.id] })
    expect(many.body).toEqual({ done: [tool.id], refused: [] })
    expect((await wider.ask('staff', at)).body.can['lend']).toMatch(/lent/)
  })

  test('a report: rows, total and file', async () => {
    const report = await wider.ask('staff', '/reports/tools.lent?least=100.00')
    expect(report.body.rows).toMatchObject([{ tag: 'T-1', name: 'Table saw', value: '420.00' }])
    const [{ borrower, tool }] = report.body.rows
    expect(report.body).toMatchObject({
      count: 1,
      totals: { value: '420.00' },
      subtotals: [{ of: { borrower }, count: 1, totals: { value: '420.00' } }],
      chart: { kind: 'bar', points: [{ borrower, value: '420.00' }] },
    })
    expect((await wider.ask('staff', `/tools/${tool}`)).body.tag).toBe('T-1')
    expect((await wider.ask('staff', '/reports/tools.lent?format=csv')).text).toContain('T-1,Table saw')
    expect((await wider.ask('member', '/reports/tools.lent')).status).toBe(403)
  })

  test('a subscriber acts when a member leaves', async () => {
    const [tool] = (await wider.ask('staff', '/tools')).body.data
    const away = await wider.post('officer', `/members/${tool.borrower}/retire`, { reason: 'Moved to the coast' })
    expect(away.status).toBe(200)
    await expect.poll(async () => (await wider.ask('staff', `/tools/${tool.id}`)).body.wanted_back).toBe(true)
    const audit = await wider.ask('officer', `/audit?filter[resource]=tools.tool&filter[kind]=change&sort=-at&limit=1`)
    expect(audit.body.data[0]).toMatchObject({ via: 'job', changes: { wanted_back: [null, true] } })
  })

  test('a notice reaches the inbox of whoever keeps the tools, in its words', async () => {
    const [tool] = (await wider.ask('staff', '/tools')).body.data
    const { engine } = wider.house
    const { notice } = engine.registry.notices.get('tools.tool-check')!
    const riverside = await findOrg(engine.database, 'riverside')
    const news = { tool: tool.id, name: tool.name, days_left: 0 }
    const to = { permission: 'tools.tool.update' }
    await engine.act(houseCaller(riverside!, 'job'), (ctx) => ctx.notify(notice, news, { to }))
    expect((await wider.ask('staff', '/inbox')).body.data[0]).toMatchObject({
      title: 'Table saw: the yearly check is due today',
      path: `/tools/${tool.id}`,
    })
    expect((await wider.ask('member', '/inbox')).body.data).toEqual([])
  })

  test('a reminder tells whoever keeps the tools, once', async () => {
    const { engine } = wider.house
    const { job } = engine.registry.jobs.get('foundation.reminders-are-sent')!
    const riverside = houseCaller((await findOrg(engine.database, 'riverside'))!, 'job')
    const unread = async () => (await wider.ask('officer', '/inbox')).body.unread as number
    const before = await unread()
    for (const today of ['2021-03-30', '2021-03-31', '2021-03-31', '2021-04-01'])
      await engine.runJob(job, riverside, { reminder: 'tools.guarantee-ends', today })
    expect(await unread()).toBe(before + 1)
  })

  test('a tool has files, and a guarantee in a field', async () => {
    const [tool] = (await wider.ask('staff', '/tools')).body.data
    const form = '--b\r\ncontent-disposition: form-data; name="file"; filename="saw.txt"\r\n\r\nManual\r\n--b--\r\n'
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    const sent = await wider.ask('staff', `/tools/${tool.id}/files`, { method: 'POST', payload: form, headers })
    expect([sent.status, sent.body.name]).toEqual([201, 'saw.txt'])
    const found = `/files?filter[resource]=tools.tool&filter[record]=${tool.id}`
    expect((await wider.ask('officer', found)).body.data).toHaveLength(1)
    const { body } = await wider.ask('staff', '/catalog')
    expect(body.resources['tools.tool'].fields.guarantee.kind).toBe('file')
    expect(body.resources['tools.tool'].permissions).toMatchObject({ attach: true, 'read-files': true })
    const refused = await wider.ask('staff', `/tools/${tool.id}`, {
      method: 'PATCH',
      payload: { guarantee: sent.body.id },
    })
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'not_for_field'])
  })

  test('a route takes everything back, and a job puts old losses aside', async () => {
    const [tool] = (await wider.ask('staff', '/tools')).body.data
    const wrong = await wider.post('staff', '/tools/return-all', { member: 'nobody' })
    expect(wrong.status).toBe(422)
    const back = await wider.post('staff', '/tools/return-all', { member: tool.borrower })
    expect([back.status, back.body]).toEqual([200, { returned: 1 }])
    const stickers = await wider.ask('staff', '/tools/stickers')
    expect([stickers.status, stickers.text]).toEqual([200, expect.stringContaining('T-1 Table saw\r\n')])

    await wider.post('officer', `/tools/${tool.id}/write-off`, { reason: 'Fell into the river' })
    await withClient(wider.house.ground.ownerUrl, async (owner) => {
      await owner.query(`select set_config('app.org', id::text, false) from foundation.org where slug = 'riverside'`)
      await owner.query(`update tools.tool set updated_at = now() - interval '400 days'`)
    })
    const job = wider.house.engine.registry.jobs.get('tools.archive-old-losses')
    const riverside = await findOrg(wider.house.engine.database, 'riverside')
    await wider.house.engine.runJob(job!.job, houseCaller(riverside!, 'job'), {})
    expect((await wider.ask('staff', '/tools')).body.data).toEqual([])
    expect((await wider.ask('staff', '/tools?filter[archived]=true')).body.data).toHaveLength(1)
  })
})
