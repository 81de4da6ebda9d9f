import { field, type FieldError, parseRecord, refuseField, say, type ValuesOf } from '@commonhall/kernel'

const fields = {
  assignment: field.ref('market-recovery.assignment', { required: true }),
  regular: field.hours({ required: true, default: '0' }),
  overtime: field.hours({ required: true, default: '0' }),
  days: field.json(),
  note: field.longText({ max: 1000 }),
  over_40_confirmed: field.yesNo(),
}

/** A row as it was sent, read; or what cannot be read of it. */
export interface SentRow {
  readonly assignment: string
  readonly values: ValuesOf<typeof fields> | null
  /** Nothing was said of a note: the one that is there stays. */
  readonly keepsNote: boolean
  readonly errors: readonly FieldError[]
}

/** The rows of a grid: what is wrong with one is said of that one. */
export function sentRows(input: unknown, most: number): readonly SentRow[] {
  if (!Array.isArray(input) || !input.length || input.length > most)
    return refuseField('rows', 'not_rows', say('market-recovery:grid.not_rows', { most }))
  const seen = new Set<string>()
  return input.map((one: unknown) => {
    const named = (one as { assignment?: unknown } | null)?.assignment
    const assignment = typeof named === 'string' ? named.slice(0, 40).toLowerCase() : ''
    const keepsNote = !Object.hasOwn(Object(one), 'note')
    const refused = (errors: readonly FieldError[]) => ({ assignment, values: null, keepsNote, errors })
    const parsed = parseRecord(fields, one)
    if (!parsed.ok) return refused(parsed.errors)
    if (seen.has(assignment)) return refused([twice()])
    seen.add(assignment)
    return { assignment, values: parsed.values as ValuesOf<typeof fields>, keepsNote, errors: [] }
  })
}

const twice = (): FieldError => ({ path: 'assignment', code: 'twice', message: say('market-recovery:grid.twice') })
