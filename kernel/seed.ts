import type { Context, Org } from './context.ts'

/** Somebody who signs in, and their own record on the roll, or the record that they stand for. Only the house ties. */
export type SeedLink =
  | { readonly email: string; readonly member: string }
  | { readonly email: string; readonly name: string; readonly resource: string; readonly record: string }

/** Demo data of one module for one org: deterministic, so that every demo world is the same. */
export interface Seed {
  /** Runs once per org, in catalog order, in one transaction. `scale` multiplies the amounts. Answers whom to tie. */
  run(ctx: Context, org: Org, scale: number): Promise<readonly SeedLink[] | void>
}

/** Declares demo data. */
export const defineSeed = (run: Seed['run']): Seed => ({ run })
