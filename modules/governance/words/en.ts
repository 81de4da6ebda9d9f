import { booth } from './booth.ts'
import { results } from './results.ts'

/** Everything that people read of proposals and elections and that no declaration says. */
export const words = {
  booth,
  results,
}
