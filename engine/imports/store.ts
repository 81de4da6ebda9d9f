import { type Context, isUuid, refuse, type Resource, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Access } from '../database/access.ts'
import type { Database, Transaction } from '../database/pool.ts'
import type { Registry } from '../registry.ts'
import type { DateOrder } from './evidence.ts'
import type { Mapping } from './mapping.ts'
import type { RowFault } from './read-row.ts'

export type ImportState = 'reading' | 'ready' | 'trying' | 'running' | 'done' | 'undoing' | 'undone' | 'failed'

/** One import, as its table keeps it. */
export interface ImportRow {
  readonly id: string
  readonly created_at: string
  readonly created_by: string | null
  readonly created_by_name: string | null
  readonly resource: string
  readonly file_name: string
  readonly state: ImportState
  readonly error: string | null
  readonly format: 'csv' | 'xlsx' | null
  readonly encoding: string | null
  readonly delimiter: string | null
  readonly ragged: boolean
  readonly header_row: number | null
  readonly headings: readonly string[]
  readonly sample: readonly (readonly string[])[]
  readonly date_order: DateOrder | null
  readonly date_order_certain: boolean
  readonly decimal_mark: '.' | ','
  readonly mapping: Mapping
  readonly rows: number
  readonly blank: number
  readonly done: number
  readonly imported: number
  readonly refused: number
  readonly removed: number
  readonly kept: readonly { readonly record: string; readonly title: string; readonly reason: string }[]
  readonly tried_at: string | null
  readonly started_at: string | null
  readonly finished_at: string | null
}

/** A row that was not brought in. */
export interface RefusedRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly faults: readonly RowFault[]
}

/** What a run needs: the database, the declarations, and who it is for. */
export interface ImportScope {
  readonly database: Database
  readonly registry: Registry
  readonly access: Access
  /** How a module meets rows that are being brought in. */
  readonly meet: (transaction: Transaction, caller: Caller) => Context
}

const columns = `id, created_at, created_by, created_by_name, resource, file_name, state, error, format, encoding,
  delimiter, ragged, header_row, headings, sample, date_order, date_order_certain, decimal_mark, mapping, rows, blank,
  done, imported, refused, removed, kept, tried_at, started_at, finished_at`

export async function findImport({ database, access }: ImportScope, id: string): Promise<ImportRow> {
  const rows = isUuid(id)
    ? await database.read<ImportRow>(access, {
        text: `select ${columns} from foundation.import where id = $1`,
        values: [id],
      })
    : []
  return rows[0] ?? refuse('not_found', say('imports:not_found'))
}

/** The import, locked until the transaction ends: two workers on one import take turns. */
export async function lockImport(transaction: Transaction, id: string): Promise<ImportRow> {
  if (!isUuid(id)) refuse('not_found', say('imports:not_found'))
  const text = `select ${columns} from foundation.import where id = $1 for update`
  const { rows } = await transaction.query<ImportRow>(text, [id])
  return rows[0] ?? refuse('not_found', say('imports:not_found'))
}

/** Into which resources a person sees what everybody, and what they themselves, brought in. */
export interface SeenImports {
  readonly whole: readonly string[]
  readonly own: readonly string[]
  readonly actor: string | null
}

/** Imports that somebody may see, newest first, before the one at `after`. */
export async function listImports(
  { database, access }: ImportScope,
  { whole, own, actor }: SeenImports,
  limit: number,
  after: string | null,
) {
  // Ids are UUIDv7: their order is the order of time.
  const text = `select ${columns} from foundation.import
    where (resource = any($1) or (resource = any($4) and created_by = $5)) and ($2::uuid is null or id < $2)
    order by id desc limit $3`
  return await database.read<ImportRow>(access, { text, values: [whole, after, limit, own, actor] })
}

type Change = Partial<Record<keyof ImportRow, unknown>>

/** Writes columns of one import. */
export async function setImport(transaction: Pick<Transaction, 'query'>, id: string, change: Change): Promise<void> {
  const names = Object.keys(change)
  const values = Object.values(change).map((value) =>
    typeof value === 'object' && value !== null && !isTextArray(value) ? JSON.stringify(value) : value,
  )
  const sets = names.map((name, index) => `${name} = $${index + 2}`).join(', ')
  await transaction.query(
    `update foundation.import set ${sets}, version = version + 1, updated_at = now() where id = $1`,
    [id, ...values],
  )
}

/** `headings` is an array in SQL; everything else that is an object is JSON there. */
const isTextArray = (value: object) =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')

/** Refuses unless the import is in one of these states. */
export function needState(row: ImportRow, ...wanted: readonly ImportState[]): void {
  if (wanted.includes(row.state)) return
  const names = wanted.map((state) => say(`imports:states.${state}`)).join(', ')
  refuse('conflict', say('imports:wrong_state', { state: say(`imports:states.${row.state}`), wanted: names }))
}

/** The resource under its full name or its address; `modules` are those that the org has switched on. */
export function importable(registry: Registry, name: string, modules?: ReadonlySet<string>): Resource {
  const resource = registry.resources.get(name) ?? registry.paths.get(name)
  const isOpen = resource && registry.ruleFor(resource, 'import') && (!modules || modules.has(resource.module))
  return isOpen ? resource : refuse('invalid', say('imports:no_resource', { name }))
}
