import type { Context, Org } from './context.ts'

/** Somebody who signs in, and their own record on the roll. Only the house may tie the two. */
export interface SeedLink {
  readonly email: string
  readonly member: string
}

/** Demo data of one module for one org: deterministic, so that every demo world is the same. */
export interface Seed {
  /** Runs once per org, in catalog order, in one transaction. `scale` multiplies the amounts. Answers whom to tie. */
  run(ctx: Context, org: Org, scale: number): Promise<readonly SeedLink[] | void>
}

/** Declares demo data. */
export const defineSeed = (run: Seed['run']): Seed => ({ run })
