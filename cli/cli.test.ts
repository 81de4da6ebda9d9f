import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addWords } from '@commonhall/kernel'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { launchPostgres } from '../engine/database/embedded.ts'
import { commands } from './commands.ts'
import { runCommand } from './run-command.ts'
import { words } from './words/en.ts'

addWords('cli', words)

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

let folder: string

/** The real command, as it is typed, on a data folder of its own. */
const commonhall = (args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> =>
  new Promise((done) => {
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: join(folder, 'house'), ...environment }
    execFile('bin/commonhall', [...args], { env }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    )
  })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'commonhall-cli-'))
  // PostgreSQL may run as another account than root, and must be able to pass.
  chmodSync(folder, 0o755)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The same within this process, which spares the start of another: what was said, and how it ended. */
async function typed(...args: readonly string[]): Promise<Ended> {
  let out = ''
  let err = ''
  const outSpy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text))))
  const errSpy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((err += String(text))))
  try {
    const code = await runCommand(args)
    return { code: code ?? -1, out, err }
  } finally {
    outSpy.mockRestore()
    errSpy.mockRestore()
  }
}

describe('without a house', () => {
  test('help lists every command', async () => {
    const { code, out } = await commonhall(['--help'])
    expect(code).toBe(0)
    for (const { name } of commands) expect(out).toContain(`  ${name}  `)
  })

  test.each(commands)('$name has help of its own', async ({ name, options = {} }) => {
    const { code, out } = await typed(...name.split(' '), '--help')
    expect([code, out]).toEqual([0, expect.stringContaining(`bin/commonhall ${name}`)])
    for (const option of Object.keys(options)) expect(out).toContain(`  --${option}`)
    // A sentence that is missing from the words file would show as its key.
    expect(out).not.toMatch(/commands\.|options\.|values\./)
  })

  test.each([
    [[], /Usage/],
    [['serve', '--nonsense'], /nonsense.*\n.*--help/s],
    [['serve', 'twice'], /"twice"/],
    [['serve', '--port', 'door'], /0 to 65535/],
    [['import', 'members'], /FILE/],
    [['invite', 'local-100'], /EMAIL/],
    [['forget', 'factors'], /EMAIL/],
    [['import', 'members', 'roll.csv'], /--org/],
    [['migrate', '--draft', 'nothing.here'], /There are: .*housing\.unit/],
    [['seed', 'demo', '--scale', 'many'], /whole number/],
    [['audit', 'verify', 'local-100', 'riverside'], /"riverside"/],
    [['audit', 'verify', 'local-100', '--head', 'nonsense'], /N:HASH/],
    [['audit', 'verify', '--head', `3:${'0'.repeat(64)}`], /whose head/],
  ] as const)('%j is wrong use: 2', async (args, says) => {
    const { code, out, err } = await typed(...args)
    expect([code, out + err]).toEqual([2, expect.stringMatching(says)])
  })

  test('a draft of a table needs no database', async () => {
    const { code, out } = await typed('migrate', '--draft', 'units')
    expect([code, out]).toEqual([0, expect.stringMatching(/^create table housing\.unit \(.*make_searchable/s)])
  })

  test('an unknown command ends with 2', async () => {
    expect(await commonhall(['nonsense'])).toEqual({ code: 2, out: '', err: expect.stringContaining('"nonsense"') })
  })

  test('the demo world is refused in production, before anything is made', async () => {
    const { code, err } = await commonhall(['seed', 'demo'], { NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(40) })
    expect([code, err]).toEqual([1, expect.stringContaining('production')])
  })
})

test('an empty folder is found wrong, then filled, found fine, and not filled twice', async () => {
  const before = await commonhall(['doctor'])
  expect([before.code, before.out]).toEqual([1, expect.stringContaining('wrong  Data folder')])

  const filled = await commonhall(['seed', 'demo', '--password', 'Three-old-kettles-7'])
  expect([filled.code, filled.out]).toEqual([0, expect.stringContaining('Three-old-kettles-7')])
  expect((await commonhall(['seed', 'demo'])).code).toBe(1)

  // Held here, so that each command joins it and need not start one of its own.
  const postgres = await launchPostgres({ dir: join(folder, 'house/postgres') })
  onTestFinished(() => postgres.stop())
  const migrated = await commonhall(['migrate'])
  expect([migrated.code, migrated.out]).toEqual([0, expect.stringContaining('up to date')])
  expect((await commonhall(['migrate', '--check'])).code).toBe(0)

  const invite = (...args: string[]) => commonhall(['invite', ...args])
  const first = await invite('local-100', 'ann@people.example')
  expect([first.code, first.out]).toEqual([
    0,
    expect.stringMatching(/ann@people\.example[^]*\/invitation\/[\w-]{43}\n/),
  ])
  expect((await invite('local-100', 'ann@people.example')).out).not.toBe(first.out)
  expect((await invite('local-100', 'staff@local-100.example')).err).toMatch(/belongs to this organization already/)
  expect((await invite('local-100', 'ben@people.example', '--role', 'boss')).err).toMatch(/There are: admin, /)
  expect((await invite('nowhere', 'ann@people.example')).err).toMatch(/no organization called "nowhere"/)

  const sound = await commonhall(['doctor'])
  expect(sound.out.match(/^fine {3}/gm)?.length).toBeGreaterThanOrEqual(8)
  expect(sound.out).not.toMatch(/^wrong {2}(?!Web app)/m)

  const whole = await commonhall(['audit', 'verify'])
  expect([whole.code, whole.out]).toEqual([0, expect.stringMatching(/^local-100: whole\. [1-9]\d* entries in /)])
  const held = await commonhall(['audit', 'verify', 'local-100', '--json', '--head', `1:${'0'.repeat(64)}`])
  const { orgs, machinery } = JSON.parse(held.out)
  expect([held.code, machinery]).toEqual([1, []])
  expect(orgs).toMatchObject([{ org: 'local-100', whole: false, findings: [{ kind: 'rewritten', seal: 1 }] }])
  expect((await commonhall(['audit', 'verify', 'nowhere'])).code).toBe(1)

  chmodSync(join(folder, 'house', 'secret'), 0o644)
  const open = await commonhall(['doctor'])
  expect([open.code, open.out]).toEqual([1, expect.stringMatching(/^wrong {2}Data folder.*chmod go-rwx/m)])
})
