import { randomUUID } from 'node:crypto'
import { open, readFile, stat, unlink, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { isAlive } from '../../../alive.ts'
import { uploadBusy } from '../refusals.ts'

/** This process, told apart from one that had the same number before it. */
const self = { host: hostname(), pid: process.pid, run: randomUUID() }

/** Whoever holds something says so every so many milliseconds … */
const beat = 15_000

/** … and whose last word is older than this holds it no more, should nothing better be known. */
const silence = 60_000

/** A sign is empty no longer than this while its holder lives. */
const moment = 3_000

const held = new Set<string>()

/**
 * Runs work that nobody else may do at the same time for the same file, in this process or another one: two who write
 * into one upload could change what has just been hashed. Says so by a file beside it, which a process that was killed
 * leaves behind without being in anybody's way.
 * @throws {Refusal} `locked`, while somebody else is at it
 */
export async function alone<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  if (held.has(path)) throw uploadBusy()
  held.add(path)
  const sign = `${path}.held`
  try {
    await raise(sign)
    const beating = setInterval(() => void utimes(sign, new Date(), new Date()).catch(() => {}), beat).unref()
    try {
      return await work()
    } finally {
      clearInterval(beating)
      await lower(sign)
    }
  } finally {
    held.delete(path)
  }
}

/** Takes away the sign of somebody who is gone, where there is one. */
export const lower = (sign: string): Promise<void> => unlink(sign).catch(() => {})

async function raise(sign: string): Promise<void> {
  if (await tryRaise(sign)) return
  if (!(await isLeft(sign))) throw uploadBusy()
  await lower(sign)
  if (!(await tryRaise(sign))) throw uploadBusy()
}

async function tryRaise(sign: string): Promise<boolean> {
  try {
    const handle = await open(sign, 'wx', 0o600)
    try {
      await handle.writeFile(JSON.stringify(self)).finally(() => handle.close())
    } catch (error) {
      // On a full disk: a sign that says nothing would be in everybody's way.
      await lower(sign)
      throw error
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Whether a sign belongs to nobody any more. */
async function isLeft(sign: string): Promise<boolean> {
  const at = await stat(sign).catch(() => null)
  if (!at || Date.now() - at.mtimeMs > silence) return true
  const said = await readFile(sign, 'utf8').catch(() => '')
  // Whoever dies between making a sign and saying who they are leaves it empty.
  if (!said) return Date.now() - at.mtimeMs > moment
  const { host, pid, run } = read(said)
  if (host !== self.host || !pid) return false
  return pid === self.pid ? run !== self.run : !isAlive(pid)
}

/** What a sign says; nothing while it is being written. */
function read(text: string): Partial<typeof self> {
  try {
    return JSON.parse(text) as Partial<typeof self>
  } catch {
    return {}
  }
}
