import { Halted, TimeLimitPassed } from './failure.ts'

/**
 * Fails what takes longer than so many seconds, or is not over when the process stops. It may still be going on then:
 * what it holds is to be given up.
 */
export async function within<Value>(seconds: number, halted: AbortSignal, work: Promise<Value>): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new TimeLimitPassed('The time limit has passed.')), seconds * 1000)
  const halt = () => reject(new Halted('The process stops.'))
  halted.addEventListener('abort', halt)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    halted.removeEventListener('abort', halt)
  }
}
