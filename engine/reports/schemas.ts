import { type Fields, type JsonSchema, periodNames, type Report } from '@commonhall/kernel'
import { fieldSchema } from '../http/schemas.ts'
import { list, maybe, object } from '../http/shapes.ts'
import { totalsOf } from './statement.ts'

/** Rows of one page: enough to read, and no more than a screen can draw at once. */
export const mostRows = 1000
export const usualRows = 500
/** Who wants to read further than this wants a file. */
export const mostOffset = 100_000

const figure: JsonSchema = maybe({ type: ['string', 'number'] })
const one: JsonSchema = { type: 'string', maxLength: 10_000 }

const valuesOf = (fields: Fields): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(fields).map(([name, declared]) => [name, fieldSchema(declared, true)]))

const sumsOf = (fields: Fields) => object(Object.fromEntries(totalsOf(fields).map((name) => [name, figure])), [])

/** What can be said in the address of a report. */
export function askedSchema({ asks, period }: Report): JsonSchema {
  const asked = Object.entries(asks).map(([name, declared]) => [name, fieldSchema(declared, false)])
  return {
    type: 'object',
    properties: {
      ...(Object.fromEntries(asked) as Record<string, JsonSchema>),
      ...(period ? { period: { type: 'string', enum: periodNames } } : {}),
      sort: { ...one, description: 'Columns separated by commas; `-` before one for descending' },
      limit: { type: 'integer', minimum: 1, maximum: mostRows, default: usualRows },
      offset: { type: 'integer', minimum: 0, maximum: mostOffset, default: 0 },
      format: { type: 'string', enum: ['json', 'csv', 'xlsx', 'pdf'], default: 'json' },
    },
  }
}

/** A page of a report. Columns that the caller may not read are in none of it. */
export function pageSchema({ asks, columns, groupBy = [], chart }: Report): JsonSchema {
  const anything: JsonSchema = { type: 'object', additionalProperties: true }
  const of = (names: readonly string[]) =>
    object(Object.fromEntries(Object.entries(valuesOf(columns)).filter(([name]) => names.includes(name))), [])
  const count: JsonSchema = { type: 'integer', minimum: 0 }
  const points = chart ? list(of([chart.x, ...chart.y]), 200) : undefined
  const drawn = {
    kind: one,
    x: one,
    y: list(one, 20),
    ...(chart?.per ? { per: one } : {}),
    more: { type: 'boolean' },
  } as const
  const sums = sumsOf(columns)
  const told = {
    asked: object(valuesOf(asks), []),
    columns: anything,
    rows: list(object(valuesOf(columns), []), mostRows),
    count,
    more: { type: 'boolean' } as JsonSchema,
    totals: sums,
  }
  return object(
    {
      ...told,
      subtotals: list(object({ of: of(groupBy), count, totals: sums }), mostRows),
      ...(points ? { chart: object({ ...drawn, points }) } : {}),
    },
    Object.keys(told),
  )
}
