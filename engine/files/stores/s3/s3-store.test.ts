import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { gather, sha256Of, someBytes } from '../testing/bytes.ts'
import { findS3 } from '../testing/s3-server.ts'
import { tryStore } from '../testing/suite.ts'
import { S3Store } from './s3-store.ts'

const top = mkdtempSync(join(tmpdir(), 'commonhall-s3-spool-'))
afterAll(() => rmSync(top, { recursive: true }))

const { server, called } = await findS3()

describe.skipIf(!server)(`files with an S3 service (${called})`, () => {
  tryStore(async () => {
    if (!server) throw new Error(called)
    const open = () => new S3Store(server.settings, top, 5 * 1024 ** 2)
    const [store, twin] = [open(), open()]
    const end = async () => {
      await store.close()
      await twin.close()
      await server.end()
    }
    return await Promise.resolve({ store, twin, end })
  })
  test('a sender who was let sends a file to the service, and cannot change it once it is taken', async () => {
    if (!server) throw new Error(called)
    const store = new S3Store(server.settings, top)
    const upload = { org: randomUUID(), upload: randomUUID() }
    const bytes = someBytes(200_000, 12)
    const sha256 = sha256Of(bytes)
    const offer = await store.direct?.offer(upload, { size: bytes.length, sha256, minutes: 5 })
    if (!offer) throw new Error('It takes none.')
    const send = async (body: Buffer, headers = offer.headers) =>
      (await fetch(offer.url, { method: offer.method, headers, body: new Uint8Array(body) })).status
    expect(await store.direct?.take(upload)).toBe(0)
    expect(await send(bytes)).toBe(200)
    expect(await store.received(upload)).toBe(0)
    expect(await store.direct?.take(upload)).toBe(bytes.length)
    expect(await send(someBytes(200_000, 13))).toBeLessThan(500)
    expect(await store.direct?.take(upload)).toBe(bytes.length)
    expect(sha256Of(await gather(await store.readUpload(upload)))).toBe(sha256)
    await store.keep(upload, { org: upload.org, kind: 'content', sha256 })
    expect(await Array.fromAsync(store.walk(upload.org))).toMatchObject([{ kind: 'content', sha256 }])
    await store.close()
  })
})
