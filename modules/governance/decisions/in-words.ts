import { say } from '@commonhall/kernel'
import type { Explained } from './explain.ts'

/** A decision as people read it. */
export const inWords = (explained: readonly Explained[]): string[] =>
  explained.map(({ key, params }) => say(`governance:decision.${key}`, params))
