import type { FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { Gate, refuseBusy } from '../gate.ts'
import { keyOf } from '../http/idempotency.ts'
import { usualLimits } from '../sheets/index.ts'
import { onBehalfOf, scopeOf } from './jobs.ts'
import { receiveFile } from './receive.ts'
import { sentBefore } from './sent-before.ts'
import { importable, type ImportRow } from './store.ts'
import { permitImport } from './visible.ts'

/** How large an upload may be; the readers set closer limits by what the file is. */
export const uploadLimit = usualLimits.csvBytes + 1024 * 1024

/** A workbook stands in memory as a whole while it is read, so that only two files are read at a time. */
const gate = new Gate(2, 20, { sendAway: () => refuseBusy(say('imports:busy')), patience: 10_000 })

/** Reads an uploaded file as it arrives. It never touches a disk: it may hold what must not be kept. */
export async function receiveUpload(engine: Engine, caller: Caller, request: FastifyRequest): Promise<ImportRow> {
  if (!request.isMultipart()) refuse('bad_type', say('imports:no_file'), { status: 415 })
  const key = keyOf(request)
  // A right that was taken away must speak before the file is consumed: it cannot be read a second time.
  await engine.database.read(caller.access, { text: 'select 1', values: [] })
  let named = (request.query as { resource?: unknown }).resource
  for await (const part of request.parts({
    limits: { fileSize: uploadLimit, files: 1, fields: 10, fieldSize: 1000 },
  })) {
    if (part.type === 'field') {
      if (part.fieldname === 'resource') named = part.value
      continue
    }
    try {
      const resource = importable(engine.registry, typeof named === 'string' ? named : '', caller.org.modules)
      permitImport(engine, caller, resource)
      const scope = scopeOf(engine, onBehalfOf(caller))
      const file = { name: part.filename, bytes: part.file }
      return await gate.pass(
        async () =>
          (key !== null && (await sentBefore(scope, resource, file, key))) ||
          (await receiveFile(scope, resource, file, { actor: caller.actor, key })),
      )
    } finally {
      // Whoever sends a file listens only once it is sent: what is left of a refused one goes nowhere.
      part.file.resume()
    }
  }
  return refuse('malformed', say('imports:no_file'))
}
