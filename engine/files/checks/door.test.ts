import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, eventually, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { testSettings } from '../../testing/settings.ts'
import { Clamd, clamdProgram, marked } from './clamd/testing/clamd.ts'
import { pdf } from './testing/documents.ts'
import { attach, attached, linkTo, type Told, waysTo } from './testing/door.ts'
import { eicar } from './testing/eicar.ts'
import { harmless, misnamed } from './testing/harmless.ts'
import { nested } from './testing/hostile/archives.ts'
import type { Sent } from './testing/hostile/sent.ts'
import { hostile } from './testing/hostile.ts'
import { jpeg, png } from './testing/images.ts'
import { zip } from './testing/zip.ts'
import { sha256Of } from '../stores/testing/bytes.ts'

let house: TestHouse
let clamd: Clamd | undefined
let staff: Voice
let member: string

beforeAll(async () => {
  clamd = clamdProgram ? await Clamd.start() : undefined
  const environment = { ...testSettings.environment, ...(clamd ? { CLAMD_URL: clamd.url } : {}) }
  house = await openHouse({ settings: { environment } })
  await house.engine.startWork()
  staff = await house.as(cast.staff)
  member = (await staff.get('/members?limit=1')).json().data[0].id
  // The first file waits for the sandbox to begin its work.
  const first = await attach(staff, `/members/${member}`, 'first.txt', Buffer.from('the first'))
  await attached(staff, first.json().id)
  await sendAll([...hostile, ...misnamed, ...harmless])
})
afterAll(async () => {
  await house.close()
  await clamd?.end()
})

/**
 * Sends a file as the page does, and waits for what becomes of it. Ten seconds are promised; a machine that does much
 * else besides may take some more.
 */
async function send({ name, bytes }: Pick<Sent, 'name' | 'bytes'>): Promise<Told> {
  const began = performance.now()
  const reply = await attach(staff, `/members/${member}`, name, bytes)
  expect(reply.statusCode).toBe(201)
  const file = await attached(staff, reply.json().id)
  expect(performance.now() - began).toBeLessThan(60_000)
  return file
}

/** So many are on their way at once. */
const together = 3

/** What became of each that was sent. */
const outcomes = new Map<Sent, Told>()

async function sendAll(all: readonly Sent[]): Promise<void> {
  const rest = [...all]
  const sendRest = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) outcomes.set(next, await send(next))
  }
  await Promise.all(Array.from({ length: together }, sendRest))
}

/** Whatever address is asked, nothing of it comes out. */
async function expectNothingOut(id: string): Promise<void> {
  for (const way of waysTo(id)) {
    const reply = await staff.get(way)
    expect([way, reply.statusCode, reply.json().detail === '']).toEqual([way, 409, false])
  }
  const link = await linkTo(staff, id)
  expect(link.statusCode).toBe(409)
}

/** What comes out is saved, and never shown as a page or run as a script. */
async function expectOnlySaved(id: string): Promise<void> {
  const link = await linkTo(staff, id)
  const path = new URL(link.json().url).pathname
  const replies = [await house.app.inject(path), ...(await Promise.all(waysTo(id).map((way) => staff.get(way))))]
  for (const [n, { statusCode, headers }] of replies.entries()) {
    // What is made of it is there a moment later, and not of everything: pictures, and what a link gives out of them.
    if ((n === 0 || n >= 3) && [404, 409].includes(statusCode)) continue
    expect(statusCode).toBe(200)
    const isText = String(headers['content-type']).startsWith('application/json')
    if (!isText) expect(headers['content-disposition']).toMatch(/^attachment;/)
    if (!isText) expect(headers['content-security-policy']).toBe("sandbox; default-src 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-type']).not.toMatch(/html|svg|xml(?!formats)|javascript/)
  }
}

describe('a hostile file', () => {
  test.each([...hostile, ...misnamed])('is held, and nothing of it comes out: $what', async (sent) => {
    const { id, state, because, reason } = outcomes.get(sent) as Told
    expect(state).toBe('held')
    expect(reason).toBe('reason' in sent ? sent.reason : 'type')
    expect(because).toMatch(/^[A-Z].{40,}\.$/)
    await expectNothingOut(id)
  })

  const refused: Sent[] = [
    { what: 'an empty one', name: 'nothing.txt', bytes: Buffer.alloc(0) },
    { what: 'a web page', name: 'page.html', bytes: Buffer.from('<h1>') },
    { what: 'a drawing', name: 'logo.svg', bytes: Buffer.from('<svg/>') },
    { what: 'a script', name: 'tool.js', bytes: Buffer.from('alert(1)') },
    { what: 'a program', name: 'setup.exe', bytes: Buffer.from('MZ') },
    { what: 'a workbook with macros', name: 'hours.xlsm', bytes: zip([]) },
    { what: 'one without an ending', name: 'minutes', bytes: Buffer.from('x') },
    { what: 'one with two endings', name: 'minutes.pdf.exe', bytes: pdf() },
    { what: 'one whose ending is turned around', name: 'minutes\u202efdp.exe', bytes: pdf() },
  ]

  test.each(refused)('is not taken at all: $what', async ({ name, bytes }) => {
    const reply = await attach(staff, `/members/${member}`, name, bytes)
    expect([400, 415, 422]).toContain(reply.statusCode)
    expect(reply.json().detail).toMatch(/^[A-Z].{20,}\.$/)
  })
})

describe('a file with a name that misleads', () => {
  test.each([
    ['../../../etc/passwd.txt', 'passwd.txt'],
    ['..\\..\\boot.txt', 'boot.txt'],
    ['minutes\0.txt', 'minutes.txt'],
    ['in\u202evoice.txt', 'invoice.txt'],
    [`${'a'.repeat(300)}.txt`, `${'a'.repeat(251)}.txt`],
    ['CON.txt', '_CON.txt'],
    ['<script>alert(1)</script>.txt', 'script-.txt'],
  ])('is called otherwise: %j', async (name, known) => {
    const { id, ...file } = await send({ name, bytes: Buffer.from(`to be called ${known}`) })
    expect(file).toMatchObject({ state: 'ready', name: known })
    await expectOnlySaved(id)
  })
})

describe('a harmless file', () => {
  test.each(harmless)('is saved as it is by whoever may change the record: $what', async (sent) => {
    const { id, state } = outcomes.get(sent) as Told
    expect(state).toBe('ready')
    expect((await staff.get(`/files/${id}/content`)).rawPayload.equals(sent.bytes)).toBe(true)
    await expectOnlySaved(id)
  })

  test('is judged by its bytes once, and by its name each time', async () => {
    const bytes = png(9, 9)
    expect((await send({ name: 'scan.pdf', bytes })).reason).toBe('type')
    expect((await send({ name: 'scan.png', bytes })).state).toBe('ready')
    expect((await send({ name: 'scan.jpg', bytes })).reason).toBe('type')
    const kept = await asOwner(house, 'select from foundation.file_content where sha256 = $1', [sha256Of(bytes)])
    expect(kept).toHaveLength(1)
  })
})

describe('whoever attached a file that is held', () => {
  test('finds it in their inbox, with what is wrong and what to do, and the trail of the record tells it', async () => {
    const { id, name, because } = await send({ name: 'payslip-may.pdf', bytes: pdf([], { trailer: '/Encrypt 5 0 R' }) })
    const inbox = async () =>
      (await staff.get('/inbox')).json().data.find(({ title }: { title: string }) => title.includes(name))
    await eventually(async () => expect(await inbox()).toBeDefined())
    const told = await inbox()
    expect(told).toMatchObject({ kind: 'foundation.file-held', path: `/members/${member}` })
    expect(JSON.stringify(told)).toContain(because)
    const history = (await staff.get(`/members/${member}/history`)).json().data as { act: string }[]
    expect(history.some((entry) => entry.act === 'file-held' && JSON.stringify(entry).includes(id))).toBe(true)
  })
})

describe.skipIf(!clamdProgram)('a file with a virus', () => {
  const cases: Sent[] = [
    { what: 'as it is', name: 'notes.txt', bytes: eicar },
    { what: 'in a PDF', name: 'paper.pdf', bytes: pdf([`<< /Length 68 >>\nstream\n${eicar.toString()}\nendstream`]) },
    { what: 'in an archive', name: 'papers.zip', bytes: zip([{ name: 'a.txt', bytes: eicar }]) },
    { what: 'in a picture', name: 'leak.jpg', bytes: jpeg(8, 8, `a ${marked}`) },
  ]

  test.each(cases)('is held by its name, and nobody gets it: $what', async (sent) => {
    const { id, state, reason, because } = await send(sent)
    expect([state, reason]).toEqual(['held', 'infected'])
    expect(because).toMatch(/Test\.(Eicar|Marked)/)
    await expectNothingOut(id)
  })

  test.each([
    ['in twelve archives', nested(eicar, 12), 'nested'],
    ['in an archive with a password', zip([{ name: 'a.txt', bytes: eicar, flags: 1 }]), 'encrypted'],
  ])('is held though no scanner sees it: %s', async (_how, bytes, expected) => {
    const { id, state, reason } = await send({ name: 'papers.zip', bytes })
    expect([state, reason]).toEqual(['held', expected])
    await expectNothingOut(id)
  })
})
