import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type Account, canReach } from './account.ts'
import { type Binaries, publicPlace } from './binaries.ts'
import { run } from './run.ts'

/**
 * The folder of one embedded PostgreSQL:
 * `cluster/` its data, with the superuser's password inside · `port` · `log` · `users/` one file for each process
 */
export interface Home {
  readonly dir: string
  readonly cluster: string
  readonly password: string
}

/** Opens the folder, and makes it and its cluster if they are not there yet. */
export async function openHome(asked: string, binaries: Binaries, account: Account | undefined): Promise<Home> {
  const dir = makeFolder(resolve(asked), account)
  const cluster = join(dir, 'cluster')
  if (!existsSync(cluster)) await createCluster(cluster, binaries, account)
  return { dir, cluster, password: readFileSync(join(cluster, 'password'), 'utf8') }
}

function makeFolder(asked: string, account: Account | undefined): string {
  mkdirSync(dirname(asked), { recursive: true })
  if (account && !canReach(dirname(asked), account)) openTemporary(dirname(asked))
  if (account && !existsSync(asked) && !canReach(dirname(asked), account)) linkToPublicPlace(asked)
  mkdirSync(asked, { recursive: true, mode: 0o700 })
  const dir = realpathSync(asked)
  if (account) giveTo(dir, account)
  chmodOwn(dir, 0o700)
  if (account && !canReach(dir, account)) {
    if (readdirSync(dir).length)
      throw new Error(`${dir} is inside a folder that the account of PostgreSQL cannot enter.`)
    rmdirSync(dir)
    return makeFolder(asked, account)
  }
  return dir
}

/** A fresh temporary folder is closed to all others: it is opened to pass through, not to look around. */
function openTemporary(parent: string): void {
  if (dirname(realpathSync(parent)) === realpathSync(tmpdir())) chmodOwn(parent, 0o711)
}

/** Leaves a link where the folder was asked for, so that the next start and a curious person both find the data. */
function linkToPublicPlace(asked: string): void {
  if (lstatSync(asked, { throwIfNoEntry: false })) rmSync(asked)
  mkdirSync(publicPlace, { recursive: true, mode: 0o755 })
  symlinkSync(mkdtempSync(join(publicPlace, 'postgres-')), asked)
}

function chmodOwn(dir: string, mode: number): void {
  try {
    chmodSync(dir, mode)
  } catch (cause) {
    throw new Error(`${dir} belongs to someone else. Start as the user who made it, or as root.`, { cause })
  }
}

export const giveTo = (path: string, account: Account | undefined) =>
  account && chownSync(path, account.uid, account.gid)

/** Made aside and moved into place, password and all: a start that is killed halfway leaves nothing half made. */
async function createCluster(cluster: string, { initdb }: Binaries, account: Account | undefined): Promise<void> {
  const unfinished = `${cluster}.${process.pid}`
  const secret = `${unfinished}.password`
  writeFileSync(secret, randomBytes(24).toString('base64url'), { mode: 0o600 })
  giveTo(secret, account)
  try {
    await run(
      initdb,
      [
        '-D',
        unfinished,
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        `--pwfile=${secret}`,
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--data-checksums',
      ],
      account,
    )
    renameSync(secret, join(unfinished, 'password'))
    renameSync(unfinished, cluster)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    rmSync(secret, { force: true })
    // Two first starts at once: the other one was faster, and its cluster is as good.
    if (!existsSync(cluster)) throw error
  }
}
