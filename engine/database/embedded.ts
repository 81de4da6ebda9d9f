import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Account, accountFor } from './embedded/account.ts'
import { isAlive } from '../alive.ts'
import { type Binaries, findBinaries } from './embedded/binaries.ts'
import { giveTo, type Home, openHome } from './embedded/home.ts'
import { run } from './embedded/run.ts'
import { configuration } from './embedded/settings.ts'
import { enter, listUsers } from './embedded/users.ts'

export interface LaunchOptions {
  /** The folder that PostgreSQL gets for itself; made when missing. */
  readonly dir: string
  /** 0, the default, takes the port of the last start, or any free one. */
  readonly port?: number
  /** Settings of `postgresql.conf` beyond the usual ones. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface EmbeddedPostgres {
  /** Address of the superuser, on 127.0.0.1. */
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Leaves; the last process to leave stops PostgreSQL. */
  stop(): Promise<void>
}

interface Launcher extends LaunchOptions {
  readonly home: Home
  readonly binaries: Binaries
  readonly account: Account | undefined
}

interface Running {
  readonly pid: number
  readonly port: number
}

const startTries = 12

/**
 * Starts the PostgreSQL that came with the packages, as root or as an ordinary user, with nothing installed.
 * Joins one that another live process has started in the same folder; replaces one whose starter was killed.
 */
export async function launchPostgres(options: LaunchOptions): Promise<EmbeddedPostgres> {
  const account = accountFor(options.dir)
  const binaries = await findBinaries(account)
  const launcher = { ...options, account, binaries, home: await openHome(options.dir, binaries, account) }
  const { home } = launcher
  const leave = enter(home)
  try {
    const running = await joinOrStart(launcher)
    const stop = async () => {
      leave()
      if (!listUsers(home).length && readLock(home)) await halt(launcher)
    }
    return { ...running, url: address(home, running.port), stop }
  } catch (error) {
    leave()
    throw error
  }
}

async function joinOrStart(launcher: Launcher): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    const running = await findRunning(launcher.home)
    // Asked only now: whoever starts at the same moment has signed in too, and is no orphan's starter.
    if (running && listUsers(launcher.home).length > 1) return running
    if (running) await halt(launcher)
    try {
      return await start(launcher, attempt)
    } catch (error) {
      if (attempt === startTries) throw error
      if (!(await worthAnotherTry(launcher, attempt))) throw error
    }
  }
}

async function start(launcher: Launcher, attempt: number): Promise<Running> {
  const { home, account, settings } = launcher
  // Beyond those that a system gives to outgoing connections: what is free now is free at the next start as well.
  const wished = [attempt === 1 ? rememberedPort(home) : 0, randomInt(20_000, 32_000)].filter(Boolean)
  const port = launcher.port || (await freePort(wished))
  writeOwn(join(home.cluster, 'postgresql.conf'), configuration(port, settings), account)
  const log = join(home.dir, 'log')
  if (existsSync(log)) renameSync(log, `${log}.before`)
  await run(launcher.binaries.pgCtl, ['start', '-D', home.cluster, '-l', log, '-w', '-t', '60', '-s'], account)
  writeOwn(join(home.dir, 'port'), String(port), account)
  const lock = readLock(home)
  if (!lock) throw new Error('PostgreSQL stopped right after its start.')
  return lock
}

const halt = ({ binaries, home, account }: Launcher) =>
  run(binaries.pgCtl, ['stop', '-D', home.cluster, '-m', 'fast', '-w', '-t', '60', '-s'], account)

/**
 * A start can fail for reasons that pass: the port was taken a moment ago; another process is starting the same folder;
 * a killed PostgreSQL has not quite gone, and the lock it left still names it.
 */
async function worthAnotherTry({ home, port }: Launcher, attempt: number): Promise<boolean> {
  const log = join(home.dir, 'log')
  const said = existsSync(log) ? readFileSync(log, 'utf8') : ''
  if (said.includes('could not bind')) return !port
  if (!/lock file|shared memory block/.test(said)) {
    if (said) throw new Error(`PostgreSQL did not start:\n${said.slice(-2000)}`)
    return false
  }
  await sleep(300)
  const lock = readLock(home)
  // A zombie that nobody reaps, or a stranger that got the number: after three seconds no process of the old one lives.
  if (lock && attempt === startTries - 2 && !isPostgres(lock.pid)) rmSync(join(home.cluster, 'postmaster.pid'))
  return true
}

/** The PostgreSQL that runs in this folder, once it answers. One that starts or stops right now is waited for. */
async function findRunning(home: Home): Promise<Running | undefined> {
  for (let tries = 0; tries < 600; tries++) {
    const lock = readLock(home)
    if (!lock || !isPostgres(lock.pid)) return undefined
    if (lock.port && (await answers(home, lock.port))) return lock
    await sleep(100)
  }
  throw new Error(`A PostgreSQL has the folder ${home.cluster}, and does not answer.`)
}

/** `postmaster.pid`: the process on the first line, its port on the fourth. */
function readLock({ cluster }: Home): Running | undefined {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3] ?? 0) }
}

const isPostgres = (pid: number) => isAlive(pid, 'postgres')

async function answers(home: Home, port: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: address(home, port), connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return rows[0]?.data_directory === home.cluster
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

const address = (home: Home, port: number) => `postgres://postgres:${home.password}@127.0.0.1:${port}/postgres`

function rememberedPort({ dir }: Home): number {
  const file = join(dir, 'port')
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
}

/** The first of the wished ports that is free, else any that is. */
function freePort([wished = 0, ...others]: readonly number[]): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.on('error', (error) => (wished ? done(freePort(others)) : fail(error)))
    probe.listen(wished, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })
}

function writeOwn(file: string, text: string, account: Account | undefined): void {
  writeFileSync(file, text, { mode: 0o600 })
  giveTo(file, account)
}
