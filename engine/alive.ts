import { existsSync, readFileSync } from 'node:fs'

/**
 * Whether a process lives; with a name, whether it is that program. Linux tells a zombie that nobody reaps, and a
 * stranger that got the same number; elsewhere having the number must do.
 */
export function isAlive(pid: number, name?: string): boolean {
  if (process.platform === 'linux') {
    const status = `/proc/${pid}/stat`
    const [, program, state] = existsSync(status) ? (/\((.*)\) (\w)/.exec(readFileSync(status, 'utf8')) ?? []) : []
    return state !== undefined && !/[ZX]/.test(state) && (name === undefined || program === name)
  }
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
