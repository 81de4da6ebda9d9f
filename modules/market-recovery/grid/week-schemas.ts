import type { JsonSchema } from '@commonhall/kernel'

/** So many assignments are in one grid. */
export const mostRows = 500

const id: JsonSchema = { type: 'string', format: 'uuid' }
const text: JsonSchema = { type: 'string', maxLength: 2000 }
const day: JsonSchema = { type: 'string', format: 'date' }
const decimal: JsonSchema = { type: 'string', pattern: '^-?\\d{1,13}(\\.\\d{1,4})?$', maxLength: 20 }
const yes: JsonSchema = { type: 'boolean' }
const maybe = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })

const whole = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
})

const days: JsonSchema = {
  type: 'array',
  maxItems: 7,
  items: whole({ on: day, regular: decimal, overtime: decimal }),
}

/** A week as it stands. */
const weekSchema = whole({
  id,
  version: { type: 'integer', minimum: 1 },
  state: { type: 'string', enum: ['draft', 'submitted', 'approved', 'rejected', 'paid'] },
  regular: decimal,
  overtime: decimal,
  days: maybe(days),
  over_40_confirmed: yes,
  subsidy: decimal,
  note: maybe(text),
  reason: maybe(text),
})

/** What the grid of a contractor's week begins with. */
export const gridSchema = whole({
  contractor: id,
  contractor_name: text,
  week_ending: day,
  from_on: day,
  payroll_day: { ...yes, description: 'Whether the week ends on the last day of the payroll week of the contractor' },
  hour_step: decimal,
  rows: {
    type: 'array',
    maxItems: mostRows,
    items: whole({
      assignment: id,
      number: text,
      member: id,
      member_name: text,
      classification: text,
      program: id,
      program_name: text,
      project: maybe(id),
      project_name: maybe(text),
      contractor_rate: decimal,
      rates: {
        type: 'array',
        maxItems: 7,
        items: whole({ from_on: day, until_on: day, per_hour: maybe(decimal) }),
        description: 'The subsidy per hour of each part of the week; null where there is no scale',
      },
      per_hour: { ...maybe(decimal), description: 'The subsidy per hour, where the whole week has one' },
      overtime_factor: decimal,
      needs_days: { ...yes, description: 'The scale changes inside the week: hours are told day by day' },
      changes_on: maybe(day),
      problem: { ...maybe(text), description: 'Why no hours of this week can be entered' },
      last_week: maybe(whole({ regular: decimal, overtime: decimal, state: text })),
      hours: maybe(weekSchema),
    }),
  },
})

/** The rows of a grid as they come in. */
export const sentSchema: JsonSchema = {
  type: 'array',
  minItems: 1,
  maxItems: mostRows,
  items: {
    type: 'object',
    required: ['assignment'],
    additionalProperties: false,
    properties: {
      assignment: id,
      regular: decimal,
      overtime: decimal,
      days: maybe({
        type: 'array',
        maxItems: 7,
        items: { type: 'object', required: ['on'], properties: { on: day, regular: decimal, overtime: decimal } },
      }),
      note: maybe(text),
      over_40_confirmed: maybe(yes),
    },
  },
}

/** What became of each row. */
export const writtenSchema = whole({
  saved: { type: 'integer', minimum: 0 },
  submitted: { type: 'integer', minimum: 0 },
  refused: { type: 'integer', minimum: 0 },
  rows: {
    type: 'array',
    maxItems: mostRows,
    items: whole({
      assignment: { type: 'string', maxLength: 40 },
      outcome: { type: 'string', enum: ['saved', 'submitted', 'unchanged', 'refused'] },
      errors: { type: 'array', maxItems: 100, items: whole({ path: text, code: text, message: text }) },
      hours: maybe(weekSchema),
    }),
  },
})
