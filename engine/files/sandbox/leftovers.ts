import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../../alive.ts'

const prefix = 'commonhall-sandbox-'

/** How a folder of this process begins. */
export const folderName = () => `${prefix}${process.pid}-`

/** Takes away what processes left behind that were killed: it holds what somebody sent. */
export async function sweepLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : NaN
    if (pid > 0 && !isAlive(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {})
  }
}
