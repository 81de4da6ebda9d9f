import { createServer, type Server, type Socket, connect } from 'node:net'

/** The cable between a server and its database, which a test can cut, or let go silent. */
export interface Cable {
  /** The database's address by way of this cable. */
  readonly url: string
  /** Connections break, and new ones are refused. */
  cut(): Promise<void>
  /** Connections stay, and nothing comes through. */
  silence(): void
  mend(): Promise<void>
  close(): Promise<void>
}

export async function layCable(databaseUrl: string): Promise<Cable> {
  const { hostname, port } = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let silent = false
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
    near.on('data', (bytes) => silent || far.write(bytes))
    far.on('data', (bytes) => silent || near.write(bytes))
  })
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  await listen(0)
  const own = (server.address() as { port: number }).port
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${own}`
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      drop()
    })
  return {
    url: url.href,
    cut: stop,
    silence: () => void (silent = true),
    async mend() {
      silent = false
      drop()
      if (!server.listening) await listen(own)
    },
    close: () => (server.listening ? stop() : Promise.resolve()),
  }
}
