import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mediaTypeOf } from '@commonhall/kernel'
import { fileSource, sourceOf } from './bytes.ts'
import { examine } from './examine.ts'
import { fits } from './recognize.ts'
import { harmless, misnamed } from './testing/harmless.ts'
import { hostile } from './testing/hostile.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'commonhall-examine-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const judge = (bytes: Buffer) => examine(sourceOf(bytes), folder)

describe('what is read and held', () => {
  test.each(hostile)('$what: $reason', async ({ bytes, reason }) => {
    expect((await judge(bytes)).reason).toBe(reason)
  })

  test('is cleared away where it was unpacked', () => {
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('what an office attaches', () => {
  test.each(harmless)('is let through and known for what it is: $what', async ({ bytes, mediaType, name }) => {
    expect(await judge(bytes)).toEqual({ mediaType, reason: null, detail: null })
    expect(fits(mediaType, mediaTypeOf(name))).toBe(true)
  })

  test.each(misnamed)('is harmless under any name, but does not fit this one: $what', async ({ bytes, name }) => {
    const { mediaType, reason } = await judge(bytes)
    expect([reason, fits(String(mediaType), mediaTypeOf(name))]).toEqual([null, false])
  })

  test('is read from a file piece by piece, with the same outcome', async () => {
    for (const [n, { bytes, mediaType }] of harmless.entries()) {
      const path = join(folder, `file-${n}`)
      await writeFile(path, bytes)
      const file = await open(path)
      expect(await examine(fileSource(file, bytes.length), folder)).toMatchObject({ mediaType, reason: null })
      await file.close()
    }
  })
})
