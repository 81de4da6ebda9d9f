import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { S3Settings } from '../../settings.ts'
import { openLink } from '../s3/link.ts'

/** A server that speaks S3, on this machine, with an empty bucket. */
export interface S3Server {
  readonly settings: S3Settings
  /** Goes away from one moment to the next. */
  stop(): Promise<void>
  /** Is there again, at the same address, with what it had. */
  start(): Promise<void>
  end(): Promise<void>
}

/** A server, or none; and in both cases the words for it that the names of tests end with. */
export interface S3Found {
  readonly server: S3Server | null
  readonly called: string
}

interface Kind {
  readonly called: string
  readonly user: string
  readonly secret: string
  readonly command: (folder: string, port: string) => readonly string[]
}

export const swift: Kind = {
  called: "OpenStack Swift, Debian's python3-swift",
  user: 'tests:commonhall',
  secret: 'secret-of-tests',
  command: (folder, port) => ['/usr/bin/python3', join(import.meta.dirname, 'swift-server.py'), folder, port],
}

/** Keeps everything in memory and looks at no signature: a second opinion, no more. */
export const moto: Kind = {
  called: 'moto_server',
  user: 'tests',
  secret: 'secret-of-tests',
  command: (_, port) => ['moto_server', '-H', '127.0.0.1', '-p', port],
}

/** Starts a real server, where this machine has one. */
export async function findS3(kind: Kind): Promise<S3Found> {
  const folder = mkdtempSync(join(tmpdir(), 'commonhall-s3-'))
  const port = String(await freePort())
  const endpoint = `http://127.0.0.1:${port}`
  let child: ChildProcess
  const start = async () => {
    mkdirSync(join(folder, 'server'), { recursive: true })
    child = await launch(kind.command(join(folder, 'server'), port), endpoint)
  }
  try {
    await start()
  } catch (error) {
    rmSync(folder, { recursive: true })
    return { server: null, called: `skipped: ${kind.called} is not here (${(error as Error).message})` }
  }
  const stop = () => ended(child)
  const settings = settingsOf(kind, endpoint)
  await makeBucket(settings)
  const end = async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { server: { settings, start, stop, end }, called: kind.called }
}

const settingsOf = ({ user, secret }: Kind, endpoint: string): S3Settings => ({
  endpoint,
  bucket: 'commonhall-files',
  region: 'us-east-1',
  accessKeyId: user,
  secretAccessKey: secret,
  pathStyle: true,
  direct: true,
})

async function makeBucket(settings: S3Settings): Promise<void> {
  const { sdk, client } = await openLink(settings)
  await client.send(new sdk.CreateBucketCommand({ Bucket: settings.bucket }))
  client.destroy()
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

/** Answers once it answers; throws with its last line when it ends instead. */
async function launch([program = '', ...args]: readonly string[], endpoint: string): Promise<ChildProcess> {
  // Its standard input is ours: where we are killed, it goes too.
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2000)))
  let failed: Error | undefined
  child.on('error', (error) => (failed = error))
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(50)) {
    if (failed) throw failed
    if (child.exitCode !== null) throw new Error(said.trim().split('\n').at(-1) ?? '')
    const answer = await fetch(endpoint).catch(() => null)
    await answer?.body?.cancel()
    if (answer) return child
  }
  await ended(child)
  throw new Error('it does not answer')
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
