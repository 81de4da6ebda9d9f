// What `npm start` runs: the web app is built if it is stale, then the server serves it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { serve } from '../server.ts'

if (process.env['SKIP_WEB_BUILD'] !== '1') {
  // In a process of its own: the bundler would stay in the server's memory, and sets NODE_ENV to production.
  const script = join(import.meta.dirname, '..', 'web', 'build.ts')
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
try {
  await serve(process.env)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
