import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { folderName } from './leftovers.ts'
import type { TaskOrder, TaskReply } from './task.ts'

/** Why the sandbox came to no answer. What was given to it is to blame, as far as anybody can tell. */
export class SandboxFailure extends Error {
  override readonly name = 'SandboxFailure'
  /** `timed_out`, `too_much_memory`, `crashed`, or `failed` when the task itself says that it cannot. */
  readonly code: 'timed_out' | 'too_much_memory' | 'crashed' | 'failed'

  constructor(code: SandboxFailure['code'], detail = '') {
    super(detail ? `${code}: ${detail}` : code)
    this.code = code
  }
}

const root = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * Time is the processor's: a file must not be found wanting because a machine has much to do. What takes none and does
 * not end either is given so many times as long by the clock.
 */
const wallPerProcessor = 6

/** Code that it may read; of what the house keeps, nothing. */
const readable = [
  'node_modules',
  'engine/files',
  'engine/print',
  'engine/sheets',
  'engine/words',
  'kernel',
  'package.json',
]

/** One process of the sandbox, and the folder that is all it may write to. */
export class SandboxProcess {
  /** It works for one org and no other: what takes it over must not see what others send. */
  readonly org: string
  readonly folder: string
  readonly #child: ChildProcess
  readonly #gone: Promise<void>
  #isGone = false
  /** Why it never began, which is the machine's doing. */
  #unborn: Error | undefined

  private constructor(org: string, folder: string, memory: number) {
    this.org = org
    this.folder = folder
    const may = [...readable.map((path) => join(root, path)), join(root, 'engine/package.json'), folder]
    this.#child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [String(memory)], {
      execArgv: [
        '--max-old-space-size=256',
        '--permission',
        '--allow-addons',
        '--allow-worker',
        ...may.map((path) => `--allow-fs-read=${path}`),
        `--allow-fs-write=${folder}`,
        '--disable-warning=SecurityWarning',
      ],
      cwd: folder,
      env: bareEnvironment(folder),
      // What a decoder writes may be about what is in the file.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    this.#gone = new Promise((resolve) => {
      const over = () => {
        this.#isGone = true
        resolve()
      }
      this.#child.once('exit', over).once('error', (error) => {
        if (this.#child.pid === undefined) this.#unborn = error
        over()
      })
    })
  }

  /** Starts a process that may use so many bytes of memory. */
  static async start(org: string, memory: number): Promise<SandboxProcess> {
    return new SandboxProcess(org, await mkdtemp(join(tmpdir(), folderName())), memory)
  }

  get isGone(): boolean {
    return this.#isGone
  }

  /** Has an order carried out. However it fails but by its own word, the process is gone afterwards. */
  async carryOut(order: TaskOrder): Promise<unknown> {
    let isLate = false
    const clock = setTimeout(
      () => {
        isLate = true
        this.#child.kill('SIGKILL')
      },
      order.seconds * wallPerProcessor * 1000,
    )
    const reply = new Promise<TaskReply>((resolve) => this.#child.once('message', (one) => resolve(one as TaskReply)))
    try {
      this.#child.send(order, () => {})
      const told = await Promise.race([reply, this.#gone])
      if (!told && this.#unborn) throw this.#unborn
      if (!told) throw new SandboxFailure(isLate ? 'timed_out' : this.#whyEnded)
      if ('failed' in told) throw new SandboxFailure('failed', told.failed)
      return told.answer
    } finally {
      clearTimeout(clock)
      this.#child.removeAllListeners('message')
    }
  }

  /** Ends the process, whatever it does, and takes its folder away. */
  async end(): Promise<void> {
    if (!this.#isGone) this.#child.kill('SIGKILL')
    await this.#gone
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 })
  }

  /** By its guard, or by a system that runs out of memory. */
  get #whyEnded(): SandboxFailure['code'] {
    const { signalCode } = this.#child
    return signalCode === 'SIGXCPU' ? 'timed_out' : signalCode === 'SIGKILL' ? 'too_much_memory' : 'crashed'
  }
}

/** Nothing of ours: no secret, no address. Windows starts no process without knowing where it is itself. */
function bareEnvironment(folder: string): Record<string, string> {
  const system = process.env['SystemRoot']
  return { TZ: 'UTC', TMPDIR: folder, TEMP: folder, ...(system ? { SystemRoot: system } : {}) }
}
