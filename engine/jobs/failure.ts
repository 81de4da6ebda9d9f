import { join } from 'node:path'

/** What is kept of a failure: never its words, which may hold somebody's data. */
export interface KeptFailure {
  /** The kind of error: `TypeError`, `Refusal`. */
  readonly type: string
  /** What the database, the network or the house calls it: `23505`, `ECONNREFUSED`, `not_found`. */
  readonly code?: string
  /** The constraint of the database that was hurt. */
  readonly constraint?: string
  /** Where in our own files, innermost first: `engine/jobs/failure.ts:12`. */
  readonly at: readonly string[]
}

/** A run that took longer than it may. Its connection is given up, for nobody knows what it still does on it. */
export class TimeLimitPassed extends Error {
  override readonly name = 'TimeLimitPassed'
  readonly code = 'time_limit'
  readonly abandons = true
}

/** The job is no longer this worker's: taken back, or given to another. What this run has written is rolled back. */
export class ClaimLost extends Error {
  override readonly name: string = 'ClaimLost'
}

/** The process stops and has given the job back; so is the connection, on which it may still be going on. */
export class Halted extends ClaimLost {
  override readonly name = 'Halted'
  readonly abandons = true
}

const root = join(import.meta.dirname, '../..')
const mostFrames = 8
const plain = /^[\w.:/-]{1,80}$/

/** What went wrong and where, without a word of what was said. */
export function keptFailure(error: unknown): KeptFailure {
  const { name, code, constraint, stack } = (error ?? {}) as Record<string, unknown>
  const told = (value: unknown) => (typeof value === 'string' && plain.test(value) ? value : undefined)
  const [kindOfError, hurt] = [told(code), told(constraint)]
  return {
    type: told(name) ?? typeof error,
    ...(kindOfError ? { code: kindOfError } : {}),
    ...(hurt ? { constraint: hurt } : {}),
    at: ownFrames(typeof stack === 'string' ? stack : ''),
  }
}

/** The frames of a stack that are in our own files, told from the root of the project. */
function ownFrames(stack: string): string[] {
  const frames = stack.split('\n').flatMap((line) => {
    const [, file, row] = /^\s+at .*?\(?(?:file:\/\/)?(\/[^():]+):(\d+):\d+\)?$/.exec(line) ?? []
    if (!file?.startsWith(`${root}/`) || file.includes('/node_modules/')) return []
    return `${file.slice(root.length + 1)}:${row}`
  })
  return frames.slice(0, mostFrames)
}
