import { TimeLimitPassed } from './failure.ts'

/** Fails what takes longer than so many seconds. It may still be going on then: what it holds is to be given up. */
export async function within<Value>(seconds: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimeLimitPassed('The time limit has passed.')), seconds * 1000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
