import type { Command } from './command.ts'

/** Works through the queue until it is told to stop. */
export const workCommand: Command = {
  name: 'work',
  async run() {
    const { work } = await import('../server.ts')
    await work(process.env)
  },
}
