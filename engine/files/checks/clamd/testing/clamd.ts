import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { eicar } from '../../testing/eicar.ts'
import { ask } from '../ask.ts'

/** Where clamd is installed; undefined where it is not, and tests with it are skipped. */
export const clamdProgram: string | undefined = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
  .map((folder) => join(folder, 'clamd'))
  .find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })

export const whySkipped = 'clamd is not installed: apt-get install clamav-daemon'

/** What the signatures of the tests are called, and find: EICAR anywhere, and a word of ours. */
export const marked = 'commonhall-test-virus'

/** A real clamd with two signatures of its own, on a socket of its own. It goes online for nothing. */
export class Clamd {
  readonly url: string
  readonly address: { readonly path: string }
  readonly #folder: string
  readonly #child: ChildProcess
  readonly #gone: Promise<void>

  private constructor(folder: string) {
    this.#folder = folder
    this.address = { path: join(folder, 'socket') }
    this.url = `unix:${this.address.path}`
    this.#child = spawn(clamdProgram ?? '', ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' })
    this.#gone = new Promise((resolve) => this.#child.once('exit', () => resolve()))
  }

  /** Starts one and waits until it answers. `more` are lines of its configuration. */
  static async start(more: readonly string[] = []): Promise<Clamd> {
    const folder = mkdtempSync(join(tmpdir(), 'commonhall-clamd-'))
    const hex = (bytes: Buffer) => bytes.toString('hex')
    const signatures = [`Test.Eicar:0:*:${hex(eicar)}`, `Test.Marked:0:*:${hex(Buffer.from(marked))}`]
    writeFileSync(join(folder, 'own.ndb'), `${signatures.join('\n')}\n`)
    const conf = [
      `LocalSocket ${join(folder, 'socket')}`,
      `DatabaseDirectory ${folder}`,
      `TemporaryDirectory ${folder}`,
    ]
    writeFileSync(join(folder, 'clamd.conf'), `${[...conf, 'Foreground yes', ...more].join('\n')}\n`)
    const clamd = new Clamd(folder)
    for (let tries = 0; tries < 600; tries++) {
      const version = await ask(clamd.address, 'VERSION', 5_000).catch(() => null)
      if (version) return clamd
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await clamd.end()
    throw new Error('clamd does not start.')
  }

  /** Stops it in its tracks: it takes connections, and answers nothing. */
  freeze(): void {
    this.#child.kill('SIGSTOP')
  }

  thaw(): void {
    this.#child.kill('SIGCONT')
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  async end(): Promise<void> {
    this.kill()
    await this.#gone
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** Something that listens like clamd and behaves as a test says. Answers its address, and how to end it. */
export async function falseClamd(behave: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    behave(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: { host: '127.0.0.1', port },
    end: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
