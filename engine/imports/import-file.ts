import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import { checkedMapping } from './change.ts'
import { onBehalfOf, scopeOf } from './jobs.ts'
import { changeMapping, type MappingChange } from './mapping.ts'
import { receiveFile } from './receive.ts'
import { allRefused, errorsOf, type RowError } from './refusals.ts'
import { runImport, startRun, startTrial, tryImport } from './run.ts'
import { importable, type ImportRow, setImport } from './store.ts'
import { targetsFor } from './targets.ts'
import { permitImport } from './visible.ts'

export interface FileImport {
  /** The resource's full name, or its address such as `members`. */
  readonly resource: string
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
  readonly map?: MappingChange
  readonly dryRun?: boolean
  /** Called after the file was read, before any row is brought in. */
  readonly onRead?: (read: ImportRow) => void
}

export interface FileImported {
  readonly import: ImportRow
  /** What `import … --json` prints. */
  readonly result: {
    readonly rows: number
    readonly imported: number
    readonly refused: number
    readonly errors: readonly RowError[]
  }
}

/** Brings a whole file in and waits for the end: what the command line does. A dry run leaves nothing behind. */
export async function importFile(engine: Engine, caller: Caller, file: FileImport): Promise<FileImported> {
  const scope = scopeOf(engine, onBehalfOf(caller))
  const { database, access, registry } = scope
  const resource = importable(registry, file.resource, caller.org.modules)
  permitImport(engine, caller, resource)
  const read = await receiveFile(scope, resource, file, { actor: caller.actor })
  const discard = () =>
    database.transaction(access, (transaction) =>
      transaction.query('delete from foundation.import where id = $1', [read.id]),
    )
  try {
    await database.transaction(access, async (transaction) => {
      const mapping = changeMapping(
        resource,
        targetsFor(registry, resource, caller.actor),
        read.mapping,
        file.map ?? {},
      )
      await setImport(transaction, read.id, { mapping })
      file.onRead?.({ ...read, mapping })
      await (file.dryRun ? startTrial : startRun)(scope, transaction, read.id)
    })
  } catch (error) {
    await discard()
    throw error
  }
  const row = await (file.dryRun ? tryImport : runImport)(scope, read.id)
  const errors: RowError[] = []
  for await (const refused of allRefused(scope, read.id)) errors.push(...errorsOf([refused]))
  if (file.dryRun) await discard()
  return { import: row, result: { rows: row.rows, imported: row.imported, refused: row.refused, errors } }
}

/** A mapping as the command line takes it: the whole of it, or an object of fields by heading. */
export function readMap(given: object): MappingChange {
  const isWhole = 'columns' in given || 'constants' in given
  return checkedMapping(isWhole ? given : { columns: given })
}
