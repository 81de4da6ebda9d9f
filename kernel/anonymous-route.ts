import type { Context } from './context.ts'
import type { Fields, ValuesOf } from './fields/field.ts'
import type { JsonSchema } from './json-schema.ts'

/** Where a request is answered of which nobody knows whose it is: one transaction of the org, as nobody. */
export type AnonymousContext = Pick<Context, 'org' | 'today' | 'db'>

/**
 * A route that takes nobody's session: who is signed in is not looked at, and nothing is kept of the request, neither
 * its address nor its key nor a line that tells more than the route and how it ended. Only where secrecy asks for it.
 */
export interface AnonymousRoute<
  Path extends Fields = Fields,
  Query extends Fields = Fields,
  Body extends Fields = Fields,
> {
  readonly anonymous: true
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly summary: string
  readonly params?: Path
  readonly query?: Query
  readonly body?: Body
  readonly reply: JsonSchema
  run(
    ctx: AnonymousContext,
    input: { params: ValuesOf<Path>; query: ValuesOf<Query>; body: ValuesOf<Body> },
  ): Promise<unknown>
}

/** Declares a route that takes nobody's session; it stands among the module's `routes`. */
export const defineAnonymousRoute = <const Path extends Fields, const Query extends Fields, const Body extends Fields>(
  route: Omit<AnonymousRoute<Path, Query, Body>, 'anonymous'>,
): AnonymousRoute<Path, Query, Body> => ({ ...route, anonymous: true })
