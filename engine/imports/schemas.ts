import type { JsonSchema } from '@commonhall/kernel'
import { id, instant, list, maybe, object, page } from '../http/shapes.ts'

const text: JsonSchema = { type: 'string', maxLength: 10_000 }
const number: JsonSchema = { type: 'integer', minimum: 0 }

const column = object({ heading: text, to: maybe(text) })

const brief: Record<string, JsonSchema> = {
  id,
  created_at: instant,
  created_by: maybe(id),
  created_by_name: maybe(text),
  resource: text,
  file_name: text,
  state: { type: 'string', enum: ['reading', 'ready', 'trying', 'running', 'done', 'undoing', 'undone', 'failed'] },
  error: maybe(text),
  format: maybe({ type: 'string', enum: ['csv', 'xlsx'] }),
  encoding: maybe(text),
  delimiter: maybe(text),
  header_row: maybe(number),
  headings: list(text),
  date_order: maybe({ type: 'string', enum: ['mdy', 'dmy', 'ymd'] }),
  date_order_certain: { type: 'boolean' },
  decimal_mark: { type: 'string', enum: ['.', ','] },
  rows: number,
  blank: number,
  done: number,
  imported: number,
  refused: number,
  removed: number,
  kept_count: number,
  tried_at: maybe(instant),
  started_at: maybe(instant),
  finished_at: maybe(instant),
}

export const importSchema = object({
  ...brief,
  sample: list(list(text)),
  mapping: object({ columns: list(column), constants: { type: 'object', additionalProperties: text } }),
  left_out: list(text),
  missing: list(text),
  targets: list(object({ to: text, label: text, required: { type: 'boolean' }, closed: maybe(text) })),
  constants: list(object({ field: text, label: text, value: text })),
  kept: list(object({ record: id, title: text, reason: text })),
})

export const importPage = page(object(brief))

/** A page holds whole rows, and a row may have as many faults as cells. */
export const refusalPage = page(
  object({ row: number, column: maybe(text), value: maybe(text), message: text }),
  100_000,
)

export const importChange: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    mapping: {
      type: 'object',
      additionalProperties: false,
      description: 'Columns in order as they were read, or targets by heading; `null` leaves a column out',
      properties: {
        columns: { oneOf: [list(column), { type: 'object', additionalProperties: maybe(text) }] },
        constants: { type: 'object', additionalProperties: maybe(text) },
      },
    },
    date_order: { type: 'string', enum: ['mdy', 'dmy', 'ymd'] },
    decimal_mark: { type: 'string', enum: ['.', ','] },
  },
}

export const upload: JsonSchema = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary' }, resource: text },
}

export const paging: JsonSchema = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    after: { type: 'string', maxLength: 200 },
  },
}
