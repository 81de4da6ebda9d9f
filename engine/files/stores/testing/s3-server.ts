import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../../testing/free-port.ts'
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

const swift = "OpenStack Swift, Debian's python3-swift"

/** Starts a real server, where this machine has one. */
export async function findS3(): Promise<S3Found> {
  const folder = mkdtempSync(join(tmpdir(), 'commonhall-s3-'))
  const port = String(await freePort())
  const endpoint = `http://127.0.0.1:${port}`
  let child: ChildProcess
  const start = async () => {
    mkdirSync(join(folder, 'server'), { recursive: true })
    child = await launch(join(folder, 'server'), port, endpoint)
  }
  try {
    await start()
  } catch (error) {
    rmSync(folder, { recursive: true })
    return { server: null, called: `skipped: ${swift} is not here (${(error as Error).message})` }
  }
  const stop = () => ended(child)
  const settings = settingsOf(endpoint)
  await makeBucket(settings)
  const end = async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { server: { settings, start, stop, end }, called: swift }
}

const settingsOf = (endpoint: string): S3Settings => ({
  endpoint,
  bucket: 'commonhall-files',
  region: 'us-east-1',
  accessKeyId: 'tests:commonhall',
  secretAccessKey: 'secret-of-tests',
  pathStyle: true,
  direct: true,
})

async function makeBucket(settings: S3Settings): Promise<void> {
  const { sdk, client } = await openLink(settings)
  await client.send(new sdk.CreateBucketCommand({ Bucket: settings.bucket }))
  client.destroy()
}

/** Answers once it answers; throws with its last line when it ends instead. */
async function launch(folder: string, port: string, endpoint: string): Promise<ChildProcess> {
  // Its standard input is ours: where we are killed, it goes too.
  const child = spawn('/usr/bin/python3', [join(import.meta.dirname, 'swift-server.py'), folder, port], {
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2000)))
  let failed: Error | undefined
  child.on('error', (error) => (failed = error))
  for (const until = Date.now() + 120_000; Date.now() < until; await sleep(50)) {
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
