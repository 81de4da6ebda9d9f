import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addWords } from '@commonhall/kernel'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Office } from '../modules/governance/testing/office.ts'
import { runCommand } from './run-command.ts'
import { words } from './words/en.ts'

addWords('cli', words)

let house: TestHouse
let folder: string
let file: string
let seal: string
let receipts: string[]
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'commonhall-verify-'))
  house = await openHouse()
  const office = await Office.open(house, 5)
  receipts = await office.online({ 0: 0, 1: 1, 2: 0, 3: 2, 4: 0 })
  await office.close()
  await office.work()
  seal = (await office.results()).seal
  file = join(folder, 'box.jsonl')
  writeFileSync(file, await office.file('box'))
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

async function typed(...args: readonly string[]) {
  let out = ''
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => Boolean((out += String(text)))),
  )
  try {
    return { code: await runCommand(['election', 'verify', ...args]), out }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

test('a sound box ends with 0, with its seal and the receipts that were looked for', async () => {
  const { code, out } = await typed(file, '--receipt', receipts[0] ?? '', '--receipt', receipts[4] ?? '')
  expect([code, out]).toEqual([0, expect.stringContaining('Sound: 5 ballots')])
  for (const part of [seal, receipts[0], receipts[4], '--seal']) expect(out).toContain(part)
  expect((await typed(file, '--seal', seal)).out).not.toContain('--seal')
})

test('what is wrong is named, and ends with 1', async () => {
  const missing = 'a'.repeat(64)
  const { code, out } = await typed(file, '--receipt', missing, '--seal', 'b'.repeat(64), '--json')
  expect([code, JSON.parse(out)]).toMatchObject([
    1,
    {
      sound: false,
      seal,
      ballots: 5,
      findings: [
        { code: 'published_seal', message: expect.stringContaining('not the box that was published') },
        { code: 'receipt_missing', receipt: missing, message: expect.stringContaining('is missing') },
      ],
    },
  ])
  const other = join(folder, 'other.txt')
  writeFileSync(other, 'Dear reader,\n')
  expect(await typed(other)).toEqual({ code: 1, out: expect.stringContaining('Line 1 cannot be read') })
  const bytes = join(folder, 'bytes')
  writeFileSync(bytes, Uint8Array.of(0xff, 0xfe, 0x0a))
  expect(await typed(bytes)).toEqual({ code: 1, out: expect.stringContaining('Line 1 cannot be read') })
  expect(await typed(join(folder, 'nowhere'))).toEqual({ code: 1, out: expect.stringContaining('There is no file') })
})

test('wrong use ends with 2', async () => {
  expect((await typed()).code).toBe(2)
  expect((await typed(file, '--nonsense')).code).toBe(2)
})
