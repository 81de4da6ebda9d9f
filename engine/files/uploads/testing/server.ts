import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { eventually, freePort, type TestHouse } from '@commonhall/engine/testing'
import { testSettings } from '../../../testing/settings.ts'

/** `bin/commonhall serve`, as it is typed, in a process of its own, which answers and leaves the queue alone. */
export class Server {
  readonly url: string
  readonly #house: TestHouse
  #process: ChildProcess | undefined

  private constructor(house: TestHouse, port: number) {
    this.#house = house
    this.url = `http://127.0.0.1:${port}`
  }

  static async of(house: TestHouse): Promise<Server> {
    return new Server(house, await freePort())
  }

  /** Resolves once it answers. */
  async start(): Promise<void> {
    const env = {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: this.#house.ground.ownerUrl,
      DATA_DIR: this.#house.engine.settings.dataDir,
      JWT_SECRET: testSettings.secret,
      PORT: new URL(this.url).port,
      LOG_LEVEL: 'warn',
      WORK: '0',
    }
    this.#process = spawn('bin/commonhall', ['serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    await eventually(async () => await fetch(`${this.url}/health`))
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
