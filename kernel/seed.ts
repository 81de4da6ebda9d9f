import type { Context, Org } from './context.ts'

/** Demo data of one module for one org: deterministic, so that every demo world is the same. */
export interface Seed {
  /** Runs once per org, in catalog order, in one transaction. `scale` multiplies the amounts. */
  run(ctx: Context, org: Org, scale: number): Promise<void>
}

/** Declares demo data. */
export const defineSeed = (run: Seed['run']): Seed => ({ run })
