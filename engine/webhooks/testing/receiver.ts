import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly at: number
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly body: { readonly type: string; readonly timestamp: string; readonly data: Record<string, unknown> }
}

export interface Reply {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: string
  /** Milliseconds until it answers; Infinity: never. */
  readonly after?: number
}

/** Another program: it notes what it is told, and answers as the test wants. */
export class Receiver {
  readonly received: Received[] = []
  connections = 0
  answer: (got: Received) => Reply = () => ({ status: 204 })
  readonly #server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const text = Buffer.concat(parts).toString()
      const got = { at: Date.now(), path: request.url ?? '', headers: request.headers, text, body: JSON.parse(text) }
      this.received.push(got)
      const { status, headers = {}, body = '', after = 0 } = this.answer(got)
      if (after !== Infinity) setTimeout(() => response.writeHead(status, headers).end(body), after)
    })
  })

  constructor() {
    this.#server.on('connection', () => (this.connections += 1))
  }

  async listen(port = 0, address = '127.0.0.1'): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(port, address, done))
    return this
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  url(path = '/hook'): string {
    return `http://127.0.0.1:${this.port}${path}`
  }

  /** What has arrived, by its webhook-id: the first time of each. */
  get messages(): Received[] {
    const known = new Map<unknown, Received>()
    for (const one of this.received)
      if (!known.has(one.headers['webhook-id'])) known.set(one.headers['webhook-id'], one)
    return [...known.values()]
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }
}
