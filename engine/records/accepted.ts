import { type FieldError, type parseRecord, refuse, say } from '@commonhall/kernel'

/** The values of a parsed input, or a refusal that lists every fault. */
export function accepted(parsed: ReturnType<typeof parseRecord>): Record<string, unknown> {
  if (parsed.ok) return parsed.values
  const [first] = parsed.errors as [FieldError]
  const detail =
    parsed.errors.length === 1 ? first.message : say('engine:record.invalid', { count: parsed.errors.length })
  return refuse('invalid', detail, { errors: parsed.errors })
}
