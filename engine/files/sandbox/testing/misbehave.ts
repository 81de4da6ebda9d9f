import { connect } from 'node:net'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Given } from '../task.ts'

/** Does in the sandbox what a decoder should not, each under its name; answers what came of it. */
const ways: Readonly<Record<string, (given: Given) => unknown>> = {
  'read it': async ({ file }) => await readFile(file, 'utf8'),
  'take a moment': async ({ file }) => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    return await readFile(file, 'utf8')
  },
  'leave a file': async ({ folder }) => await writeFile(join(folder, 'left'), 'made here'),
  hang: () => {
    for (;;);
  },
  'never end': () => new Promise(() => {}),
  'eat memory': () => {
    const eaten: Buffer[] = []
    for (;;) eaten.push(Buffer.alloc(8 * 1024 ** 2, 1))
  },
  die: () => process.abort(),
  leave: () => {
    process.disconnect?.()
    return new Promise(() => {})
  },
  fail: () => {
    throw new RangeError('with words about Ann Miller')
  },
  'read what is not its own': async () => await readFile(join(import.meta.dirname, '../../../../server.ts'), 'utf8'),
  'write elsewhere': async ({ folder }) => await writeFile(join(folder, '../../elsewhere'), 'x'),
  'call out': async () => {
    const socket = connect(9, '127.0.0.1')
    await once(socket, 'connect')
  },
  'start a program': async () => (await import('node:child_process')).execFileSync(process.execPath, ['-v']).toString(),
  'tell its environment': () => process.env,
  'tell who it is': () => process.pid,
}

export const run = async (given: Given): Promise<unknown> => await ways[given.asked as string]?.(given)
