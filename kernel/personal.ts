import type { Context } from './context.ts'

/**
 * What becomes of a record's fields when the data of the person whom it is about is erased. Every field stands in
 * exactly one of the three lists; the field that names the person stays.
 */
export interface Personal<Name extends string = string> {
  /** Emptied. */
  readonly erase?: readonly Name[]
  /** Get this text instead, where a value must be there; `{code}` tells erased people apart. */
  readonly replace?: { readonly [Field in Name]?: string }
  /** Kept, with nobody's name on it. */
  readonly keep?: readonly Name[]
  /** Why something is kept, in a sentence for the person. */
  readonly because?: string
}

/**
 * The people whom a record is about, by the field that names them: `id` for the person's own record, the name of a
 * reference for what belongs to them, or `module.singular.field` for what people share who point to it by that field;
 * that is erased with the last of them.
 */
export type About<Name extends string = string> = Readonly<Record<string, Personal<Name>>>

/** Why the data of a person cannot be erased yet. */
export interface Objection {
  /** The resource of people's own records. */
  readonly to: string
  /** A sentence that says what to do first; undefined when nothing stands in the way. */
  why(ctx: Context, id: string): Promise<string | undefined>
}

/** Declares what stands in the way of erasing a person. */
export const defineObjection = (to: `${string}.${string}`, why: Objection['why']): Objection => ({ to, why })
