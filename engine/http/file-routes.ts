import { Readable } from 'node:stream'
import type { Context, FileContext, FileRoute, Module, ReportQuery, SentFile } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { permitFresh } from '../rules.ts'
import { type Http, reading } from './door.ts'
import { addressed, described, permitRule, urlOf } from './routes.ts'
import { refusals } from './schemas.ts'

/** A module's own file, streamed: however long it is, it never sits in memory. */
export function registerFileRoute(http: Http, module: Module, route: FileRoute): void {
  const { app, engine } = http
  app.get(urlOf(route), {
    schema: {
      ...described(module, route),
      response: {
        200: {
          description: 'The file',
          content: { [route.sends]: { schema: { type: 'string', format: 'binary' } } },
        },
        ...refusals(409),
      },
    },
    handler: reading(http, module.name, async (caller, request, reply) => {
      permitRule(engine, caller, route.rule)
      // Taking much out at once asks who one is, as the export of a list does.
      permitFresh(caller.actor, route.rule)
      const input = addressed(route, request)
      const file = await engine.act(caller, (context) => route.run(fileContext(engine, caller, context), input))
      // A page asks whether it may before the browser saves what comes.
      if (request.method === 'HEAD') return reply.type(route.sends).send()
      const { pieces, close } = await begun(file)
      // A download that is broken off before its first row would keep its connection for good.
      reply.raw.once('close', close)
      await engine.watch.taken(caller, 'export', route.rule.split('.').slice(0, 2).join('.'), {
        fields: [],
        rows: file.rows,
        asked: Object.keys(request.query as object),
        format: file.name.split('.').at(-1) ?? '',
      })
      const bytes = Readable.from(gathered(pieces), { objectMode: false })
      bytes.on('error', (error) => request.log.error({ err: error }, 'export broke off'))
      return reply
        .type(route.sends)
        .header('content-disposition', `attachment; filename="${plain(file.name)}"`)
        .send(bytes)
    }),
  })
}

function fileContext(engine: Engine, caller: Caller, context: Context): FileContext {
  const { actor, org, today, db } = context
  async function* rows<Row>(query: ReportQuery<Row>): AsyncGenerator<Row> {
    const { sql, parameters } = query.compile(db)
    const stream = await engine.database.stream(caller.access, { text: sql, values: parameters })
    // Ended early, by whoever broke the download off, it closes as a loop that is left does.
    for await (const row of stream) yield row as Row
  }
  return { actor, org, today, db, rows }
}

/** What a header can carry, and a disk keep. */
const plain = (name: string) => name.replaceAll(/[^\w.-]+/g, '-')

/** The file from its first piece on: what is refused until then is still answered as a problem. */
async function begun({ text }: SentFile) {
  const source = Symbol.asyncIterator in text ? text[Symbol.asyncIterator]() : text[Symbol.iterator]()
  const first = await source.next()
  async function* pieces(): AsyncGenerator<string> {
    for (let one = first; !one.done; one = await source.next()) yield one.value
  }
  return { pieces: pieces(), close: () => void source.return?.() }
}

/** So many characters go out at once: line by line, sending would cost more than making. */
const piece = 65_536

async function* gathered(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let waiting = ''
  for await (const one of pieces) {
    waiting += one
    if (waiting.length < piece) continue
    yield waiting
    waiting = ''
  }
  if (waiting) yield waiting
}
