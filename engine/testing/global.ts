import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { catalog } from '@commonhall/modules/catalog'
import { openOn, registryOf } from '../boot.ts'
import { ensureOwned, ensureServer, withClient, withDatabase } from '../database/provision.ts'
import { launchPostgres } from '../database/embedded.ts'
import { seedDemo } from '../demo/seed.ts'
import { castPassword } from './cast.ts'
import { quiet, testSettings } from './settings.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the superuser of the one PostgreSQL that all tests share. */
    postgres: string
  }
}

/** The database that each test file gets a copy of: migrated, with the demo world as its cast. */
export const templateName = 'commonhall_template'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), 'commonhall-test-'))
  // Nothing here outlives the run, so nothing need survive a crash.
  const postgres = await launchPostgres({
    dir: join(dir, 'postgres'),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  // Its tables and functions belong to an owner like the real one, whom row-level security binds too.
  const ownerUrl = await ensureOwned(testSettings, postgres.url, templateName)
  const ground = await ensureServer(testSettings, ownerUrl, () => Promise.resolve())
  const house = await openOn(testSettings, registryOf(catalog), ground, quiet)
  await seedDemo(house.engine, ground.ownerUrl, castPassword)
  // The cast has heard no news: what a test finds in somebody's inbox, it has told them.
  const template = withDatabase(postgres.url, templateName)
  await withClient(template, (superuser) => superuser.query('delete from foundation.notification'))
  await house.close()
  project.provide('postgres', postgres.url)
  return async () => {
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
