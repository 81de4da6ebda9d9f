import { randomInt } from 'node:crypto'

/** Takes messages from one process to all others that listen. It may lose some; nobody may stop working over it. */
export interface Carrier {
  /** Hands messages to the others; answers whether there are any. Rejects when it cannot; whoever sent them goes on. */
  send(messages: readonly string[]): Promise<boolean>
  /** Begins to listen, and keeps trying: a connection that breaks is opened anew. Resolves once the first stands. */
  listen(heard: Heard): Promise<void>
  close(): Promise<void>
}

export interface Heard {
  readonly message: (text: string) => void
  /** The connection stands again after a break, in which messages may have been lost. */
  readonly afterBreak: () => void
}

/** How long to wait before the next try, in milliseconds: longer each time, and never the same for all processes. */
export function waitAfter(tries: number): number {
  const most = Math.min(10_000, 100 * 2 ** tries)
  return randomInt(most / 2, most)
}
