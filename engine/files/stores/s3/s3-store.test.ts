import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { findS3, moto, swift } from '../testing/s3-server.ts'
import { tryStore } from '../testing/suite.ts'
import { S3Store } from './s3-store.ts'

const top = mkdtempSync(join(tmpdir(), 'commonhall-s3-spool-'))
afterAll(() => rmSync(top, { recursive: true }))

for (const { server, called } of await Promise.all([findS3(swift), findS3(moto)]))
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
  })
