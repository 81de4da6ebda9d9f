import type { Context } from './context.ts'

/** Something that must always hold of an org's records, though no single constraint can say it: that sums agree. */
export interface Proof {
  /** `module.noun`. */
  readonly name: string
  /** What holds, in words: "Programs, payments and the books agree to the cent." */
  readonly title: string
  /** What does not hold, a line for each: by the kind and id of a record, never by what is told of a person. */
  broken(ctx: Context): Promise<readonly string[]>
}

/** Declares something that `bin/commonhall doctor` proves in every org. */
export const defineProof = (name: `${string}.${string}`, proof: Omit<Proof, 'name'>): Proof => ({ ...proof, name })
