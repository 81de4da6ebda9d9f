import { existsSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { say } from '@commonhall/kernel'
import type { Finding } from './finding.ts'

/** What others on this machine must not be able to do with each part of the data folder. */
const parts = [
  { name: '', forbidden: 0o022 },
  { name: 'secret', forbidden: 0o077 },
  { name: 'postgres', forbidden: 0o077 },
  { name: 'postgres/cluster', forbidden: 0o077 },
] as const

/** Whether only its owner can read the secret and the database. */
export function checkFolder(dir: string): Finding {
  if (process.platform === 'win32') return { name: 'folder', found: dir }
  const open = parts
    .map(({ name, forbidden }) => ({ path: join(dir, name), forbidden }))
    .filter(({ path, forbidden }) => existsSync(path) && statSync(realpathSync(path)).mode & forbidden)
  if (!open.length) return { name: 'folder', found: dir }
  const mends = open.map(({ path, forbidden }) => `chmod ${forbidden === 0o022 ? 'go-w' : 'go-rwx'} ${path}`)
  return { name: 'folder', fault: say('cli:doctor.open_folder', { mends: mends.join('; ') }) }
}
