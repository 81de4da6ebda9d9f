import type { FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { usualLimits } from '../sheets/index.ts'
import { onBehalfOf, scopeOf } from './jobs.ts'
import { receiveFile } from './receive.ts'
import { importable, type ImportRow } from './store.ts'

/** How large an upload may be; the readers set closer limits by what the file is. */
export const uploadLimit = usualLimits.csvBytes + 1024 * 1024

/** Reads an uploaded file as it arrives. It never touches a disk: it may hold what must not be kept. */
export async function receiveUpload(engine: Engine, caller: Caller, request: FastifyRequest): Promise<ImportRow> {
  if (!request.isMultipart()) refuse('bad_type', say('imports:no_file'), { status: 415 })
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
      engine.records.permit(caller, resource, 'import')
      const scope = scopeOf(engine, onBehalfOf(caller))
      return await receiveFile(scope, resource, { name: part.filename, bytes: part.file })
    } finally {
      // Whoever sends a file listens only once it is sent: what is left of a refused one goes nowhere.
      part.file.resume()
    }
  }
  return refuse('malformed', say('imports:no_file'))
}
