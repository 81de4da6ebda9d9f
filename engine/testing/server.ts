import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { eventually } from './eventually.ts'
import { freePort } from './free-port.ts'
import type { TestHouse } from './house.ts'
import { testSettings } from './settings.ts'

/** `bin/commonhall serve`, as it is typed, in a process of its own that can be killed. */
export class Server {
  readonly url: string
  readonly #house: TestHouse
  readonly #works: boolean
  #process: ChildProcess | undefined

  private constructor(house: TestHouse, port: number, works: boolean) {
    this.#house = house
    this.#works = works
    this.url = `http://127.0.0.1:${port}`
  }

  /** One that answers; it leaves the queue alone unless it `works`. */
  static async of(house: TestHouse, { works = false } = {}): Promise<Server> {
    return new Server(house, await freePort(), works)
  }

  /** Resolves once it is ready. */
  async start(): Promise<void> {
    const env = {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: this.#house.ground.ownerUrl,
      DATA_DIR: this.#house.engine.settings.dataDir,
      JWT_SECRET: testSettings.secret,
      PORT: new URL(this.url).port,
      LOG_LEVEL: 'warn',
      ...(this.#works ? {} : { WORK: '0' }),
    }
    this.#process = spawn('bin/commonhall', ['serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    await eventually(async () => {
      const { status } = await fetch(`${this.url}/health/ready`)
      if (status !== 200) throw new Error(`The server is not ready: ${status}.`)
    })
  }

  /** Sends something under an organization: the status of its answer, or that none came because it was killed. */
  async post(path: string, token: string, body: object): Promise<number | 'killed'> {
    return await fetch(`${this.url}/api/v1/orgs${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).then(
      ({ status }) => status,
      () => 'killed' as const,
    )
  }

  /** Without a word, as when the power goes. */
  async kill(): Promise<void> {
    const { exitCode, signalCode } = this.#process ?? { exitCode: 0, signalCode: null }
    if (!this.#process || exitCode !== null || signalCode !== null) return
    const gone = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await gone
  }
}
