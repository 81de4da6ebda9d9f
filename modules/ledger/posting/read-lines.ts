import { sql } from 'kysely'
import {
  type Context,
  field,
  type FieldError,
  isUuid,
  type JsonSchema,
  parseRecord,
  refuse,
  refuseField,
  say,
  type ValuesOf,
} from '@commonhall/kernel'
import { mostLines } from './check-posting.ts'
import type { PostedLine } from './posting.ts'

const fields = {
  account: field.text({ required: true, max: 36 }),
  amount: field.money({ required: true }),
  payee: field.text({ max: 200 }),
  memo: field.text({ max: 500 }),
}

/** Lines as they come in, for the description of the API. */
export const linesSchema: JsonSchema = {
  type: 'array',
  minItems: 2,
  maxItems: mostLines,
  items: {
    type: 'object',
    required: ['account', 'amount'],
    additionalProperties: false,
    properties: {
      account: { type: 'string', maxLength: 36, description: "The account's number, such as 5000, or its id" },
      amount: {
        type: 'string',
        pattern: '^-?\\d{1,13}(\\.\\d{1,2})?$',
        description: 'A debit is more than zero, a credit less',
        examples: ['600.00'],
      },
      payee: { type: ['string', 'null'], maxLength: 200 },
      memo: { type: ['string', 'null'], maxLength: 500 },
    },
  },
}

/** Lines of a request, each fault said with its line. */
export async function readLines(ctx: Context, input: unknown): Promise<readonly PostedLine[]> {
  if (!Array.isArray(input)) return refuseField('lines', 'not_a_list', say('ledger:not_a_list'))
  if (input.length > mostLines)
    return refuseField('lines', 'too_many_lines', say('ledger:too_many_lines', { most: mostLines }))
  const errors: FieldError[] = []
  const lines = input.flatMap((one: unknown, index) => {
    const parsed = parseRecord(fields, one)
    if (parsed.ok) return [parsed.values as ValuesOf<typeof fields>]
    for (const { path, code, message } of parsed.errors) {
      const where = path ? `lines.${index}.${path}` : `lines.${index}`
      errors.push({ path: where, code, message: say('ledger:in_line', { line: index + 1, message }) })
    }
    return []
  })
  const [first] = errors
  if (first) return refuse('invalid', first.message, { errors: errors.slice(0, mostErrors) })
  const codes = await codesOf(
    ctx,
    lines.map(({ account }) => account),
  )
  return lines.map(({ account, amount, payee, memo }) => ({
    account: codes.get(account.toLowerCase()) ?? account,
    amount,
    ...(payee ? { payee } : {}),
    ...(memo ? { memo } : {}),
  }))
}

/** So many are told at once. */
const mostErrors = 100

/** The numbers of accounts that are named by their ids. */
async function codesOf(ctx: Context, named: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = named.filter(isUuid)
  if (!ids.length) return new Map()
  const { rows } = await sql<{ id: string; code: string }>`
    select id, code from ledger.account where id = any(${ids}::uuid[])`.execute(ctx.db)
  return new Map(rows.map(({ id, code }) => [id, code]))
}
