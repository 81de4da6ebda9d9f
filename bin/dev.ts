// The server with reload on http://127.0.0.1:3000, and the web app with reload on http://127.0.0.1:5173.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createServer } from 'vite'
import { launchPostgres } from '@commonhall/engine'

const root = join(import.meta.dirname, '..')

// Held here, PostgreSQL outlives the server's reloads.
const postgres = process.env['DATABASE_URL']
  ? undefined
  : await launchPostgres({ dir: join(process.env['DATA_DIR'] ?? 'data', 'postgres') })

const watched = ['server.ts', 'kernel', 'engine', 'modules', 'plugins'].map(
  (path) => `--watch-path=${join(root, path)}`,
)
const server = spawn(process.execPath, ['--watch', ...watched, join(root, 'bin/start.ts')], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, SKIP_WEB_BUILD: '1' },
})

process.env['API_URL'] ??= `http://127.0.0.1:${process.env['PORT'] ?? 3000}`
const web = await createServer({ configFile: join(root, 'vite.config.ts') })
await web.listen()
web.printUrls()

async function stop(): Promise<void> {
  await web.close()
  if (server.exitCode === null) {
    server.kill('SIGTERM')
    await new Promise((done) => server.once('exit', done))
  }
  await postgres?.stop()
  process.exit()
}

process.once('SIGINT', () => void stop())
process.once('SIGTERM', () => void stop())
