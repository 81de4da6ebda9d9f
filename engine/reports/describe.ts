import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { Report, ReportContext, Tables } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Statement } from '../database/pool.ts'

/** A report only says what it asks: whoever tries to ask here has mistaken it for a job. */
class NoDriver extends DummyDriver {
  override acquireConnection(): never {
    throw new Error('A report describes one query; the machine carries it out.')
  }
}

const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new NoDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** Who asks, and from which day they look. */
export interface Asker extends Pick<Caller, 'actor' | 'org'> {
  readonly today: string
}

/** The report's own SQL, before anything is put around it. */
export function describeQuery(report: Report, { actor, org, today }: Asker, asked: Record<string, unknown>): Statement {
  const context: ReportContext = { actor, org, today, db: builder }
  const { sql, parameters } = report.query(context, asked).compile(builder)
  return { text: sql, values: parameters }
}
