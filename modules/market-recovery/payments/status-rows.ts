import { field, type JsonSchema, parseRecord, refuseField, say } from '@commonhall/kernel'

/** So many rows fit into one list. */
export const mostRows = 1000

const fields = {
  payment: field.text({ required: true, max: 60, label: 'Payment' }),
  qb_reference: field.text({ max: 60, label: 'QuickBooks reference' }),
  paid_on: field.date({ required: true, label: 'Paid on', default: 'today' }),
}

/** What a list says of one payment, and in which row, counted from one. */
export interface Status {
  readonly row: number
  /** Its number, or its reference in QuickBooks. */
  readonly payment: string
  readonly qb_reference: string | null
  readonly paid_on: string
}

export const statusSchema: JsonSchema = {
  type: 'array',
  minItems: 1,
  maxItems: mostRows,
  items: {
    type: 'object',
    required: ['payment'],
    additionalProperties: false,
    properties: {
      payment: { type: 'string', maxLength: 60, description: 'Its number, or its reference in QuickBooks' },
      qb_reference: { type: ['string', 'null'], maxLength: 60 },
      paid_on: { type: ['string', 'null'], format: 'date', description: 'Today, where it is not said' },
    },
  },
}

export const refusedSchema: JsonSchema = {
  type: 'array',
  maxItems: mostRows,
  items: {
    type: 'object',
    required: ['row', 'payment', 'reason'],
    properties: {
      row: { type: 'integer', minimum: 1 },
      payment: { type: 'string' },
      reason: { type: 'string' },
    },
  },
}

/** The rows that can be read, and why the others cannot. */
export function readStatuses(given: unknown, today: string) {
  if (!Array.isArray(given) || !given.length)
    return refuseField('rows', 'not_a_list', say('market-recovery:payment.not_a_list'))
  const rows: Status[] = []
  const refused: { row: number; payment: string; reason: string }[] = []
  for (const [index, one] of (given as unknown[]).entries()) {
    const row = index + 1
    const told = (one ?? {}) as { payment?: unknown }
    const payment = typeof told.payment === 'string' ? told.payment.slice(0, 60) : ''
    const parsed = parseRecord(fields, one, { today })
    if (!parsed.ok) {
      refused.push({ row, payment, reason: parsed.errors[0]?.message ?? '' })
      continue
    }
    const status = { row, qb_reference: null, ...parsed.values } as Status
    const reason =
      status.paid_on > today ? say('market-recovery:payment.in_future', { day: status.paid_on }) : undefined
    if (reason) refused.push({ row, payment, reason })
    else rows.push(status)
  }
  return { rows, refused }
}
