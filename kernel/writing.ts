import type { Context } from './context.ts'
import type { FieldError } from './record.ts'
import type { Resource, RowOf } from './resource.ts'

/** A record that is about to be created or changed. */
export interface Change<R extends Resource = Resource> {
  /** As it is; null while it is being created. */
  readonly was: RowOf<R> | null
  /** As it would stand: every field, those of the house as they are. */
  readonly next: Omit<RowOf<R>, 'id' | 'version' | 'created_at' | 'updated_at'>
}

/** What is written along with a change, or why it cannot be. */
export type Verdict<R extends Resource = Resource> =
  | { readonly sets?: Partial<RowOf<R>>; readonly errors?: undefined }
  | { readonly errors: readonly FieldError[] }

/**
 * A module's look at each record of a resource before it is written, whichever door it comes through: a page, the API,
 * an import. Many at once, so that a file of a thousand rows asks the database as often as one row does.
 */
export interface Writing<R extends Resource = Resource> {
  readonly resource: R
  /** One verdict for each change, in their order. */
  judge(ctx: Context, changes: readonly Change<R>[]): Promise<readonly Verdict<R>[]>
}

/** Declares what a module looks at before it lets a record be written. */
export const defineWriting = <const R extends Resource>(resource: R, judge: Writing<R>['judge']): Writing<R> => ({
  resource,
  judge,
})
