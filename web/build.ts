import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const house = join(import.meta.dirname, '..')
const dist = join(import.meta.dirname, 'dist')
const stamp = join(dist, 'built-from')
const lock = join(import.meta.dirname, '.building')

/** All that the web app is made of. Words and declarations of the server never reach it. */
const sources = [
  'web/*.{ts,tsx,css,html}',
  'web/public/**',
  'ui/**',
  'kernel/**',
  '{modules,plugins}/*/pages/**',
  // Pure functions that a module's pages share with its server files.
  '{modules,plugins}/*/{*,ballots/*,counting/*}.ts',
  'vite.config.ts',
  'package-lock.json',
]

/** One hash over every source, its name included, so that a moved or deleted file counts as a change. */
export function sourceHash(): string {
  const hash = createHash('sha256')
  for (const name of globSync(sources, { cwd: house, exclude: ['**/node_modules/**', '**/*.test.ts'] }).sort()) {
    const path = join(house, name)
    if (statSync(path).isFile()) hash.update(name).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

const isFresh = (hash: string) => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash

/** Two commands may start at once; the second waits for the first, and takes over when that one died. */
async function alone(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      mkdirSync(lock)
      break
    } catch {
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0)
      if (age > 120_000) rmSync(lock, { recursive: true, force: true })
      await new Promise((wake) => setTimeout(wake, 200))
    }
  }
  try {
    await work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

/** A test run's or a developer's NODE_ENV would otherwise put the slow, large edition of React into the app. */
async function buildForUse(): Promise<void> {
  // Loaded only when there is something to build: most starts have no use for it.
  const { build } = await import('vite')
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await build({ configFile: join(house, 'vite.config.ts'), root: import.meta.dirname, logLevel: 'warn' })
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}

/** Builds the web app into web/dist when its sources have changed since the last time. Answers whether it did. */
export async function buildIfStale(): Promise<boolean> {
  const hash = sourceHash()
  if (isFresh(hash)) return false
  let built = false
  await alone(async () => {
    if (isFresh(hash)) return
    await buildForUse()
    writeFileSync(stamp, hash)
    built = true
  })
  return built
}

if (import.meta.main) {
  const built = await buildIfStale()
  process.stdout.write(built ? 'The web app is built.\n' : 'The web app is up to date.\n')
}
