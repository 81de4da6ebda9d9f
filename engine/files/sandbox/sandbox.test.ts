import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { eventually } from '@commonhall/engine/testing'
import { Sandbox, type SandboxLimits } from './sandbox.ts'

const misbehave = import.meta.resolve('./testing/misbehave.ts')

let sandbox: Sandbox
afterEach(() => sandbox.close())

async function* sent() {
  yield Buffer.from('what ')
  yield Buffer.from('was sent')
}

const open = (limits: Partial<SandboxLimits> = {}) => (sandbox = new Sandbox(limits))

const order = (way: string, seconds = 10, org = 'one') => ({ org, task: misbehave, bytes: sent(), asked: way, seconds })

const ask = (way: string, seconds = 10, org = 'one') =>
  sandbox.run(order(way, seconds, org), (answer: unknown) => Promise.resolve(answer))

const pid = async (org = 'one') => (await ask('tell who it is', 10, org)) as number

const isRunning = (one: number) => {
  try {
    return process.kill(one, 0)
  } catch {
    return false
  }
}

describe('a task in the sandbox', () => {
  test('is given the bytes, and what it makes is taken from its folder', async () => {
    open()
    expect(await ask('read it')).toBe('what was sent')
    const left = await sandbox.run(order('leave a file'), (_answer, folder) => readFile(join(folder, 'left'), 'utf8'))
    expect(left).toBe('made here')
  })

  test.each([
    ['hang', 'timed_out', 1],
    ['never end', 'timed_out', 0.3],
    ['eat memory', 'too_much_memory', 20],
    ['die', 'crashed', 20],
    ['leave', 'crashed', 20],
    ['fail', 'failed', 20],
  ])('that does this comes to nothing, and the next one is served: %s', async (way, code, seconds) => {
    open({ hands: 1, memory: 300 * 1024 ** 2 })
    await expect(ask(way, seconds)).rejects.toMatchObject({ name: 'SandboxFailure', code })
    await expect(ask(way, seconds)).rejects.toThrow(/^[\w: ]+$/)
    expect(await ask('read it')).toBe('what was sent')
  })

  test.each(['read what is not its own', 'write elsewhere', 'call out', 'start a program'])(
    'may not do this: %s',
    async (way) => {
      open()
      await expect(ask(way)).rejects.toThrow('ERR_ACCESS_DENIED')
    },
  )

  test('knows nothing of the environment of the house', async () => {
    vi.stubEnv('JWT_SECRET', 'a secret')
    open()
    const known = Object.keys((await ask('tell its environment')) as object)
    expect(known.filter((name) => !['TZ', 'TMPDIR', 'TEMP', 'NODE_CHANNEL_FD'].includes(name))).toEqual([])
    vi.unstubAllEnvs()
  })
})

describe('processes of the sandbox', () => {
  test('bring to an end what they are at when all that belongs to the house is told to stop', async () => {
    open({ hands: 1 })
    const one = await pid()
    const answer = ask('take a moment')
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.kill(one, signal)
    expect(await answer).toBe('what was sent')
    expect(await pid()).toBe(one)
  })

  test('are used again, for the same org alone', async () => {
    open({ hands: 1 })
    const first = await pid()
    expect(await pid()).toBe(first)
    const other = await pid('another')
    expect(other).not.toBe(first)
    expect(isRunning(first)).toBe(false)
  })

  test('that the machine has no room for are not the fault of what was sent', async () => {
    open({ hands: 1 })
    const program = vi.spyOn(process, 'execPath', 'get').mockReturnValue('/nowhere/node')
    await expect(ask('read it')).rejects.toMatchObject({ code: 'ENOENT' })
    program.mockRestore()
    expect(await ask('read it')).toBe('what was sent')
  })

  test('are no more than there are hands, however many orders there are', async () => {
    open({ hands: 2 })
    const seen = await Promise.all(Array.from({ length: 8 }, () => pid()))
    expect(new Set(seen).size).toBeLessThanOrEqual(2)
  })

  test('are gone when there is nothing to do, with all that they were given', async () => {
    open({ idle: 1 })
    const folder = await sandbox.run(order('read it'), (_answer, made) => Promise.resolve(join(made, '..')))
    await eventually(() => expect(existsSync(folder)).toBe(false))
    expect(sandbox.resting).toBe(0)
  })

  test('that were left behind by a house that was killed leave nothing', async () => {
    // No process can have this number.
    const left = mkdtempSync(join(tmpdir(), 'commonhall-sandbox-999999999-'))
    writeFileSync(join(left, 'file'), 'what was sent')
    open()
    await ask('read it')
    expect(existsSync(left)).toBe(false)
  })
})
