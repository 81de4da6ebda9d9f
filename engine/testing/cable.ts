import { createServer, type Server, type Socket, connect } from 'node:net'

/** The cable to a server, of a database or ours, which a test can cut, or let go silent. */
export interface Cable {
  /** The server's address by way of this cable. */
  readonly url: string
  /** Connections break, and new ones are refused. */
  cut(): Promise<void>
  /** Connections break once when so many more bytes have gone to the server; resolves then. */
  breakAfter(bytes: number): Promise<void>
  /** Connections stay, and nothing comes through. */
  silence(): void
  mend(): Promise<void>
  close(): Promise<void>
}

export async function layCable(serverUrl: string): Promise<Cable> {
  const { hostname, port } = new URL(serverUrl)
  const sockets = new Set<Socket>()
  let silent = false
  let untilBreak = Infinity
  let broken = () => {}
  const server: Server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(socket)
          near.destroy()
          far.destroy()
        })
    }
    near.on('data', (bytes) => {
      if (!silent) far.write(bytes)
      untilBreak -= bytes.length
      if (untilBreak <= 0) snap()
    })
    far.on('data', (bytes) => silent || near.write(bytes))
  })
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  await listen(0)
  const own = (server.address() as { port: number }).port
  const url = new URL(serverUrl)
  url.host = `127.0.0.1:${own}`
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  const snap = () => {
    untilBreak = Infinity
    drop()
    broken()
  }
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      drop()
    })
  return {
    url: url.href,
    cut: stop,
    breakAfter: (bytes) =>
      new Promise((resolve) => {
        untilBreak = bytes
        broken = resolve
      }),
    silence: () => void (silent = true),
    async mend() {
      silent = false
      drop()
      if (!server.listening) await listen(own)
    },
    close: () => (server.listening ? stop() : Promise.resolve()),
  }
}
