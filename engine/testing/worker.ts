import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'vitest'
import type { TestHouse } from './house.ts'
import { testSettings } from './settings.ts'

/** `bin/commonhall work`, as it is typed, in a process of its own; it is at work when this resolves. */
export async function startWorker(house: TestHouse, environment: Record<string, string> = {}): Promise<ChildProcess> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: house.ground.ownerUrl,
    JWT_SECRET: testSettings.secret,
    LOG_LEVEL: 'warn',
    ...environment,
  }
  const worker = spawn('bin/commonhall', ['work'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(worker.stdout, 'data')) as [Buffer]
  expect(String(said)).toContain('works through its queue')
  return worker
}
