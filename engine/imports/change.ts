import { type Actor, refuse, say } from '@commonhall/kernel'
import type { Transaction } from '../database/pool.ts'
import type { Registry } from '../registry.ts'
import { changeMapping, type MappingChange } from './mapping.ts'
import { importable, lockImport, needState, setImport } from './store.ts'
import { targetsFor } from './targets.ts'

const choices = { date_order: ['mdy', 'dmy', 'ymd'], decimal_mark: ['.', ','] } as const

/** Changes how a file will be read: its mapping, its dates, its numbers. Only while nothing of it is in. */
export async function changeImport(
  registry: Registry,
  actor: Actor,
  transaction: Transaction,
  id: string,
  input: unknown,
): Promise<void> {
  const row = await lockImport(transaction, id)
  needState(row, 'ready', 'undone')
  const { mapping, ...rest } = checkedChange(input)
  const resource = importable(registry, row.resource)
  const changed = mapping
    ? { mapping: changeMapping(resource, targetsFor(registry, resource, actor), row.mapping, mapping) }
    : {}
  // What a trial found was found with the old settings.
  await setImport(transaction, id, { ...rest, ...changed, tried_at: null })
}

interface ImportChange {
  readonly mapping?: MappingChange
  readonly date_order?: string
  readonly decimal_mark?: string
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A target or a constant is text, or null to take it away. */
const isTextOrNull = (value: unknown) =>
  value === null || (typeof value === 'string' && value.length <= 10_000 && !value.includes('\u0000'))

const isColumn = (value: unknown) =>
  isPlain(value) && typeof value['heading'] === 'string' && isTextOrNull(value['to'] ?? null)

function checkedChange(input: unknown): ImportChange {
  if (!isPlain(input)) return refuse('invalid', say('kernel:invalid.not_an_object'))
  for (const [name, value] of Object.entries(input)) {
    if (name === 'mapping') checkedMapping(value)
    else if (name === 'date_order' || name === 'decimal_mark') {
      const allowed: readonly unknown[] = choices[name]
      if (!allowed.includes(value))
        refuse('invalid', say('kernel:invalid.not_a_choice', { label: name, choices: allowed.join(' ') }))
    } else refuse('invalid', say('kernel:invalid.unknown_field', { label: name }))
  }
  return input
}

/** A mapping as a request or the command line brings it. */
export function checkedMapping(mapping: unknown): MappingChange {
  const { columns = {}, constants = {}, ...rest } = isPlain(mapping) ? mapping : { rest: true }
  const [stray] = Object.keys(rest)
  const columnsFit = Array.isArray(columns)
    ? columns.every(isColumn)
    : isPlain(columns) && Object.values(columns).every(isTextOrNull)
  const fits = columnsFit && isPlain(constants) && Object.values(constants).every(isTextOrNull)
  return stray === undefined && fits ? (mapping as MappingChange) : refuse('invalid', say('imports:mapping.malformed'))
}
