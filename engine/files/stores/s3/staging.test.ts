import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { storageAway } from '../refusals.ts'
import { inPieces, someBytes } from '../testing/bytes.ts'
import type { Bucket, Stored } from './bucket.ts'
import type { Spool } from './spool.ts'
import { Staging } from './staging.ts'

const top = mkdtempSync(join(tmpdir(), 'commonhall-staging-'))
afterAll(() => rmSync(top, { recursive: true }))

/** As much of a bucket as an upload needs, which a test lets fail. */
class FalseBucket {
  readonly settings = { endpoint: 'here', bucket: randomUUID() }
  readonly stored: Stored[] = []
  /** The next write is done, and its answer is lost. */
  losesAnswer = false

  put(key: string, { size }: Spool): Promise<void> {
    this.stored.push({ key, size, at: Date.now() })
    const { losesAnswer } = this
    this.losesAnswer = false
    return losesAnswer ? Promise.reject(storageAway()) : Promise.resolve()
  }

  async *list(prefix: string): AsyncGenerator<Stored> {
    for (const one of this.stored) if (one.key.startsWith(prefix)) yield await Promise.resolve(one)
  }
}

describe('an upload on its way to a bucket', () => {
  let bucket: FalseBucket
  let staging: Staging
  beforeEach(() => {
    bucket = new FalseBucket()
    staging = new Staging(bucket as unknown as Bucket, top, 1000)
  })
  const upload = { org: randomUUID(), upload: randomUUID() }

  test('is not believed to be shorter than it is when the answer to a write was lost', async () => {
    await staging.append(upload, 0, inPieces(someBytes(500)))
    expect(staging.known(upload)).toHaveLength(1)
    bucket.losesAnswer = true
    await expect(staging.append(upload, 500, inPieces(someBytes(300)))).rejects.toThrow(storageAway().message)
    expect((await staging.chain(upload)).map(({ size }) => size)).toEqual([500, 300])
    expect(staging.known(upload)).toBe(undefined)
  })

  test('lets go of whoever sends when it cannot go on', async () => {
    let isLetGo = false
    async function* sent() {
      try {
        for (;;) yield await Promise.resolve(someBytes(600))
      } finally {
        isLetGo = true
      }
    }
    bucket.losesAnswer = true
    await expect(staging.append(upload, 0, sent())).rejects.toThrow(storageAway().message)
    expect(isLetGo).toBe(true)
  })
})
