import { say } from '@commonhall/kernel'
import { type Command, WrongUse } from './command.ts'

/** Serves until it is told to stop. Unlike `npm start` it installs nothing and builds nothing. */
export const serveCommand: Command = {
  name: 'serve',
  options: { port: { type: 'string' }, host: { type: 'string' } },
  async run({ values: { port, host } }) {
    if (typeof port === 'string' && !/^\d{1,5}$/.test(port)) throw new WrongUse(say('cli:serve.bad_port'))
    const { serve } = await import('../server.ts')
    const chosen = { ...(port ? { PORT: String(port) } : {}), ...(host ? { HOST: String(host) } : {}) }
    await serve({ ...process.env, ...chosen })
  },
}
