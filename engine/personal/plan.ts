import { labelOf, type Resource, say } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'
import type { Transaction } from '../database/pool.ts'
import { isErased, type Part, tracesOf } from './declared.ts'
import { type Erasing, type Fate, lockPerson } from './erase.ts'
import { file } from '../files/file.ts'
import { filesOf } from './files.ts'
import { objectionsTo } from './objections.ts'

/** Records of one kind, and which of their fields hold something. */
interface Held extends Pick<Part, 'resource' | 'personal'> {
  readonly what: string
  readonly filled: (name: string) => boolean
  readonly ids: readonly string[]
}

/** What an erasure would do, for whoever decides on it: as far as there is anything. */
export async function planErasure(act: Erasing, people: Resource, id: string) {
  const { engine, caller, transaction } = act
  const record = await lockPerson(act, people, id)
  const traces = tracesOf(engine.registry, people)
  const held = [await heldIn(transaction, { resource: people, by: 'id', personal: traces.own }, id, people.label)]
  for (const part of traces.linked) held.push(await heldIn(transaction, part, id, part.resource.plural))
  for (const part of traces.shared) {
    if (!(await isLast(transaction, people, part.by, record))) continue
    held.push(await heldIn(transaction, { ...part, by: 'id' }, record[part.by], part.resource.label))
  }
  const files = await filesOf(
    engine,
    caller,
    transaction,
    held.flatMap(({ ids }) => ids),
  )
  const { rows } = await transaction.query<{ fate: Fate | null }>(
    'select foundation.account_fate(user_id) as fate from foundation.membership where member_id = $1',
    [id],
  )
  return {
    erased: isErased(traces.own, record),
    confirm: String(record[people.naturalKey ?? ''] ?? say('personal:confirm')),
    objections: await objectionsTo(engine, caller, transaction, people, id, record),
    account: rows[0]?.fate ?? 'none',
    goes: [
      ...held.map((one) => ({ what: one.what, fields: spoken(one, goingOf(one.personal)) })),
      { what: file.plural, fields: files.going.length ? [counted(files.going.length)] : [] },
    ].filter(({ fields }) => fields.length),
    stays: [
      ...held.map((one) => ({
        what: one.what,
        fields: spoken(one, one.personal.keep ?? []),
        because: one.personal.because ?? '',
      })),
      ...files.staying.map(({ resource, count, because }) => ({
        what: engine.registry.resource(resource).label,
        fields: [counted(count)],
        because,
      })),
    ].filter(({ fields }) => fields.length),
  }
}

const counted = (count: number) => say('personal:files', { count })

const goingOf = ({ erase = [], replace = {} }: Part['personal']) => [...Object.keys(replace), ...erase]

/** Everything that is kept of erased people, with its reason, whether or not somebody has any of it. */
export const keptOf = (parts: readonly Pick<Part, 'resource' | 'personal'>[]) =>
  parts.flatMap(({ resource, personal: { keep = [], because } }) =>
    because ? [{ what: resource.label, fields: keep.map((name) => labelOf(resource.fields, name)), because }] : [],
  )

const spoken = ({ resource, filled }: Held, names: readonly string[]) =>
  names.filter(filled).map((name) => labelOf(resource.fields, name))

/** Nobody else shares it. */
async function isLast(transaction: Transaction, people: Resource, by: string, record: Record<string, unknown>) {
  const text = `select from ${tableOf(people)} where "${by}" = $1 and id <> $2 limit 1`
  const { rowCount } = await transaction.query(text, [record[by], record['id']])
  return record[by] !== null && !rowCount
}

async function heldIn(transaction: Transaction, part: Part, value: unknown, what: string): Promise<Held> {
  const { resource, by, personal } = part
  const columns = Object.keys(resource.fields).map((name) => `bool_or("${name}" is not null) as "${name}"`)
  const text = `select ${columns.join(', ')}, array_agg(id) as "every id" from ${tableOf(resource)} where "${by}" = $1`
  const { rows } = await transaction.query(text, [value])
  const ids = (rows[0]?.['every id'] as readonly string[] | null) ?? []
  return { resource, personal, what, ids, filled: (name) => rows[0]?.[name] === true }
}
