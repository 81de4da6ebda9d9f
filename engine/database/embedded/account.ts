import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The system account that PostgreSQL runs as. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root. Root hands it to whoever owns the folder already, and a new folder to `nobody`.
 * Everyone else runs it as themselves: undefined.
 */
export function accountFor(dir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (existsSync(dir)) {
    const { uid, gid } = statSync(dir)
    if (uid !== 0) return { uid, gid }
  }
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** Whether the account may pass every folder down to this one. A checkout under a private home stops `nobody`. */
export function canReach(dir: string, account: Account): boolean {
  for (let at = dir; ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at)
    const enter = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if (!(mode & enter)) return false
    if (at === dirname(at)) return true
  }
}
