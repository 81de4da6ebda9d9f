import type { Command } from './command.ts'

/** Serves until it is told to stop. Unlike `npm start` it installs nothing and builds nothing. */
export const serveCommand: Command = {
  name: 'serve',
  options: { port: { type: 'string' }, host: { type: 'string' } },
  async run({ values: { port, host } }) {
    const { serve } = await import('../server.ts')
    const chosen = { ...(port ? { PORT: String(port) } : {}), ...(host ? { HOST: String(host) } : {}) }
    await serve({ ...process.env, ...chosen })
  },
}
