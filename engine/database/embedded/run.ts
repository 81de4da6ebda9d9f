import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import type { Account } from './account.ts'

/** PostgreSQL sees none of our environment: it holds secrets, and PGPORT and its kind would change what it does. */
const environment = { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], LC_ALL: 'C', TZ: 'UTC' }

/** Runs one of PostgreSQL's programs to its end; what it said goes into the error when it fails. */
export function run(program: string, args: readonly string[], account: Account | undefined): Promise<void> {
  return new Promise((done, fail) => {
    let said = ''
    const child = spawn(program, args, {
      ...account,
      // The caller's folder may be closed to the account.
      cwd: tmpdir(),
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const listen = (chunk: Buffer) => (said = (said + chunk).slice(-2000))
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('error', fail)
    child.on('close', (code) => (code === 0 ? done() : fail(new Error(`${program} ended with ${code}: ${said}`))))
  })
}
