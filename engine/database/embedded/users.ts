import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../../alive.ts'
import type { Home } from './home.ts'

/**
 * Which processes use a running PostgreSQL. The server and the command line share one; the last to leave stops it.
 * A process that was killed leaves its file behind, which the next one sweeps out.
 */
export function listUsers({ dir }: Home): string[] {
  const folder = join(dir, 'users')
  mkdirSync(folder, { recursive: true })
  return readdirSync(folder).filter((user) => {
    const alive = isAlive(Number.parseInt(user, 10))
    if (!alive) rmSync(join(folder, user), { force: true })
    return alive
  })
}

let entries = 0

/** Signs this process in as a user; the answer signs it out. */
export function enter(home: Home): () => void {
  listUsers(home)
  const file = join(home.dir, 'users', `${process.pid}-${++entries}`)
  writeFileSync(file, '')
  return () => rmSync(file, { force: true })
}
