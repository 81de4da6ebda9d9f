import type { Context } from './context.ts'
import type { Fields, ValuesOf } from './fields/field.ts'
import type { JsonSchema } from './json-schema.ts'

/** An act or a read beyond create, read, update and delete. Lives under the org: `/api/v1/orgs/{slug}/…`. */
export interface Route<Path extends Fields = Fields, Query extends Fields = Fields, Body extends Fields = Fields> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** With `{name}` for parameters: `/units/{id}/history`. */
  readonly path: string
  readonly summary: string
  /** The permission that is needed. */
  readonly rule: string
  readonly params?: Path
  readonly query?: Query
  readonly body?: Body
  readonly reply: JsonSchema
  /** It makes a record of the resource with this path: answered with 201 and where it is, by the `id` of the reply. */
  readonly creates?: string
  run(ctx: Context, input: { params: ValuesOf<Path>; query: ValuesOf<Query>; body: ValuesOf<Body> }): Promise<unknown>
}

/** Declares a route; it answers 200 with what `run` returns. */
export const defineRoute = <const Path extends Fields, const Query extends Fields, const Body extends Fields>(
  route: Route<Path, Query, Body>,
): Route => route
