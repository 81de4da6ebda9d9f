// What `npm start` runs: the web app is built if it is stale, then the server serves it.
import { spawnSync } from 'node:child_process'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

if (process.env['SKIP_WEB_BUILD'] !== '1') {
  // In a process of its own: the bundler would stay in the server's memory, and sets NODE_ENV to production.
  const { status } = spawnSync(process.execPath, [join(root, 'web/build.ts')], { stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
// What the last start has compiled need not be compiled again: that is a third of a start.
enableCompileCache(join(root, 'node_modules/.cache/compiled'))
try {
  const { serve } = await import('../server.ts')
  await serve(process.env)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
