import type { Context } from './context.ts'
import type { Fields, ValuesOf } from './fields/field.ts'
import type { ReportQuery } from './report.ts'

/** Where a file is made. `run` is inside one transaction; what it answers is written after that. */
export interface FileContext extends Pick<Context, 'actor' | 'org' | 'today' | 'db'> {
  /** Rows of a query, in its order, read as fast as the file is taken: their number does not matter. */
  rows<Row>(query: ReportQuery<Row>): AsyncIterable<Row>
}

/** A file that is about to be sent. */
export interface SentFile {
  /** What it is called where it is saved: `local-100-2026-03.iif`. */
  readonly name: string
  /** How many records are in it, for the audit trail. */
  readonly rows: number
  /** The text, piece by piece. It can still refuse until its first piece is there. */
  readonly text: AsyncIterable<string> | Iterable<string>
}

/** A file that a module makes: `GET` under the org, streamed as a download, and noted in the audit trail. */
export interface FileRoute<Path extends Fields = Fields, Query extends Fields = Fields> {
  readonly method: 'GET'
  readonly path: string
  readonly summary: string
  /** The permission that is needed. */
  readonly rule: string
  readonly params?: Path
  readonly query?: Query
  /** The media type of what it sends. */
  readonly sends: string
  /** Looks at what is asked for, refuses or answers. Asked too whether it would, with HEAD, and not read then. */
  run(ctx: FileContext, input: { params: ValuesOf<Path>; query: ValuesOf<Query> }): Promise<SentFile>
}

/** Declares a route that sends a file; it stands among the module's `routes`. */
export const defineFileRoute = <const Path extends Fields, const Query extends Fields>(
  route: FileRoute<Path, Query>,
): FileRoute => route
