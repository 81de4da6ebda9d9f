import { spawn } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from './stage.ts'

/** The real server, started as a person starts it, in processes of its own. */
export interface RunningServer {
  readonly url: string
  /** From the command to the first answer of /health. */
  readonly startMs: number
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '..')
const startLimit = 60_000

/** `npm start` on the stage; answers when /health does. */
export async function startServer({ folder, settings, password }: Stage): Promise<RunningServer> {
  const url = settings.publicUrl
  const log = openSync(join(folder, 'server.log'), 'a')
  const environment = { DATA_DIR: settings.dataDir, PORT: String(settings.port), DEMO_PASSWORD: password, NODE_ENV: '' }
  const begun = performance.now()
  // A process group of its own, so that npm, its shell and the server all hear the end.
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', log, log],
    detached: true,
  })
  const stop = async () => {
    if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
    const lock = join(settings.dataDir, 'postgres/cluster/postmaster.pid')
    for (let tries = 0; tries < 200 && ((await answers(url)) || existsSync(lock)); tries++) await sleep(50)
  }
  while (!(await answers(url))) {
    if (child.exitCode !== null || performance.now() - begun > startLimit) {
      await stop()
      throw new Error(`The server did not start; see ${folder}/server.log.`)
    }
    await sleep(10)
  }
  return { url, startMs: performance.now() - begun, stop }
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  )

/** Resident memory of the server's process, in megabytes, as it tells itself. */
export async function memoryOf({ url }: RunningServer): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6
}

/** A sign-in as a program makes it; answers the access token. */
export async function signIn({ url }: RunningServer, email: string, password: string): Promise<string> {
  const reply = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  if (reply.status !== 200) throw new Error(`Signing in answered ${reply.status}.`)
  return ((await reply.json()) as { access_token: string }).access_token
}
