import { kindOf, type Resource } from '@commonhall/kernel'
import type { Transaction } from '../database/pool.ts'
import type { Batch } from './judge-rows.ts'
import type { Outcome } from './outcome.ts'

/** Where rows go, and what is looked at once they are there. */
export interface Insertion {
  readonly transaction: Transaction
  readonly resource: Resource
  readonly importId: string
  readonly outcome: Outcome
  /** Throws `NotTheirs` if one of these rows made what is not the actor's to make. */
  readonly check: ((rows: readonly number[]) => Promise<void>) | null
}

/** The values of each column, as text that PostgreSQL reads. */
export const columnsOf = (resource: Resource, { names, rows }: Batch): (string | null)[][] =>
  names.map((name, index) => {
    const spell = spellers[resource.fields[name]?.kind ?? ''] ?? String
    return rows.map(({ values }) => {
      const value = values[index]
      if (value === null || value === undefined) return null
      return typeof value === 'string' ? value : spell(value)
    })
  })

/** Values as text that PostgreSQL reads, where theirs would not do. */
const spellers: Readonly<Record<string, (value: unknown) => string>> = {
  json: (value) => JSON.stringify(value),
  tags: (value) => `{${(value as string[]).map((tag) => `"${tag.replace(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`,
}

/** Rows from arrays of texts, each with its column's type. */
export const typedInput = (resource: Resource, names: readonly string[], first: number): string => {
  const typed = names.map(
    (name, index) => `v${index}::${kindOf(resource.fields[name]!).sqlType(resource.fields[name]!)} as "${name}"`,
  )
  return `select row, ${typed.join(', ')}
    from unnest($${first}::integer[], ${names.map((_, index) => `$${index + first + 1}::text[]`).join(', ')})
      as i (row, ${names.map((_, index) => `v${index}`).join(', ')})`
}

export const listOf = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')
