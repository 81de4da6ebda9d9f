import { type FieldError, fileFieldsOf, labelOf, refuse, type Resource, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import { becauseOf } from './checks/because.ts'
import type { FileRow } from './ready.ts'

type Values = Readonly<Record<string, unknown>>

interface Offered extends Pick<FileRow, 'id' | 'resource' | 'record' | 'field' | 'state' | 'reason' | 'detail'> {
  readonly uploaded_by: string | null
  readonly archived_at: string | null
}

/** Fields of files that an input sets. */
const setIn = (resource: Resource, values: Values) => fileFieldsOf(resource).filter((name) => name in values)

/**
 * Refuses files that are not for this field: what a field takes was uploaded for it by the same person, or is the
 * record's already. `id` is null for a record that is about to be made.
 */
export async function permitFieldFiles(
  { query }: Transaction,
  { actor }: Caller,
  resource: Resource,
  id: string | null,
  values: Values,
): Promise<void> {
  const names = setIn(resource, values).filter((name) => values[name] !== null)
  if (!names.length) return
  const { rows } = await query<Offered & Record<string, unknown>>(
    `select id, resource, record, field, state, reason, detail, uploaded_by, archived_at from foundation.file
    where id = any($1::uuid[]) order by id for update`,
    [names.map((name) => values[name])],
  )
  const errors = names.flatMap((name): FieldError[] => {
    const file = rows.find((one) => one.id === values[name])
    const isNew =
      file?.record === null && !file.archived_at && (actor.kind === 'system' || file.uploaded_by === actor.userId)
    const isOwn = file !== undefined && id !== null && file.record === id
    if (!file || file.resource !== resource.name || file.field !== name || !(isNew || isOwn))
      return [error(name, 'not_for_field', { label: labelOf(resource.fields, name) })]
    return file.state === 'held' ? [error(name, 'field_held', { because: becauseOf(file) })] : []
  })
  const [first] = errors
  if (first) refuse('invalid', first.message, { errors })
}

const error = (path: string, code: string, params: Values): FieldError => ({
  path,
  code,
  message: say(`files:${code}`, { ...params }),
})

/** Makes the files of an input the record's, and puts away what they stand in place of. */
export async function settleFieldFiles(
  { query }: Transaction,
  resource: Resource,
  id: string,
  values: Values,
): Promise<void> {
  for (const name of setIn(resource, values))
    await query(
      `update foundation.file f set record = $2, version = version + 1, updated_at = now(),
        archived_at = case when f.id is distinct from $4::uuid then now() end
      where f.resource = $1 and f.field = $3 and (
        (f.id = $4::uuid and (f.record is null or f.archived_at is not null))
        or (f.record = $2 and f.id is distinct from $4::uuid and f.archived_at is null))`,
      [resource.name, id, name, values[name]],
    )
}
