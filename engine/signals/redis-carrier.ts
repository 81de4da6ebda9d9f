import type { RedisClientType } from '@redis/client'
import { type Carrier, type Heard, waitAfter } from './carrier.ts'

const channel = 'commonhall'

/** Signals by Redis, for many processes. While it is away nothing else waits for it. */
export class RedisCarrier implements Carrier {
  readonly #url: string
  readonly #clients = new Map<'send' | 'listen', Promise<RedisClientType>>()

  constructor(url: string) {
    this.#url = url
  }

  async send(messages: readonly string[]): Promise<boolean> {
    const client = await this.#client('send')
    const heard = await Promise.all(messages.map((message) => client.publish(channel, message)))
    return Math.max(0, ...heard) > (this.#clients.has('listen') ? 1 : 0)
  }

  async listen(heard: Heard): Promise<void> {
    const client = await this.#client('listen')
    let breaks = 0
    client.on('error', () => (breaks += 1))
    client.on('ready', () => {
      if (breaks) heard.afterBreak()
      breaks = 0
    })
    // Kept by the client over breaks; one that is away at first is waited for off everybody's path.
    const subscribed = client.subscribe(channel, heard.message)
    await Promise.race([subscribed, new Promise((done) => client.once('error', done))])
    subscribed.catch(() => {})
  }

  async close(): Promise<void> {
    const clients = await Promise.allSettled(this.#clients.values())
    for (const one of clients) if (one.status === 'fulfilled') one.value.destroy()
  }

  #client(use: 'send' | 'listen'): Promise<RedisClientType> {
    let client = this.#clients.get(use)
    if (!client) this.#clients.set(use, (client = this.#open(use)))
    return client
  }

  async #open(use: 'send' | 'listen'): Promise<RedisClientType> {
    const { createClient } = await import('@redis/client')
    const client: RedisClientType = createClient({
      url: this.#url,
      // What cannot go out now is of no use later.
      disableOfflineQueue: use === 'send',
      pingInterval: 15_000,
      socket: { connectTimeout: 5_000, reconnectStrategy: waitAfter },
    })
    // Said by whoever sends; without a listener an error would end the process.
    client.on('error', () => {})
    const connected = client.connect().catch(() => {})
    if (use === 'send') await Promise.race([connected, new Promise((done) => client.once('error', done))])
    return client
  }
}
