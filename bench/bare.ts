// The limit for reads: Fastify and the driver, nothing else. It runs the very statements that the server runs, under
// the same row-level security entered the same way, and answers the rows. Run as a process of its own with a task file.
import { readFileSync } from 'node:fs'
import fastify from 'fastify'
import pg from 'pg'
import { type Access, leadOf, preparedLeads } from '../engine/database/access.ts'
import type { Statement } from '../engine/database/pool.ts'
import { wireTypes } from '../engine/database/types.ts'
import { plainQuery } from './plain-query.ts'

export interface BareTask {
  readonly databaseUrl: string
  readonly connections: number
  readonly access: Access
  /** `/list` answers the rows of its statement; one with `takesId` is asked as `/record/{id}`, and binds it as `$1`. */
  readonly routes: readonly { readonly name: string; readonly statement: Statement; readonly takesId: boolean }[]
}

async function serveBare({ databaseUrl, connections, access, routes }: BareTask): Promise<void> {
  const settings = {
    connectionString: databaseUrl,
    max: connections,
    types: wireTypes,
    onConnect: (client: pg.ClientBase) => client.query(preparedLeads),
  }
  const pool = new pg.Pool(settings)
  const lead = leadOf(access)
  const app = fastify()
  for (const { name, statement, takesId } of routes) {
    app.get(takesId ? `/${name}/:id` : `/${name}`, async (request) => {
      const client = await pool.connect()
      try {
        const values = takesId ? [(request.params as { id: string }).id] : [...statement.values]
        const { rows } = await plainQuery(client, lead, { name, text: statement.text, values })
        return { data: rows }
      } finally {
        client.release()
      }
    })
  }
  process.once('SIGTERM', () => void app.close().then(() => pool.end()))
  process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
}

const [task = ''] = process.argv.slice(2)
if (import.meta.main) await serveBare(JSON.parse(readFileSync(task, 'utf8')) as BareTask)
