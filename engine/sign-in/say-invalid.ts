import { type FieldError, isStorable, Refusal, refuseField, say } from '@commonhall/kernel'
import type { FastifyRequest } from 'fastify'
import type { SchemaErrorFormatter } from 'fastify/types/schema.js'

/** Which of the kernel's sentences says what a rule of a schema found. */
const codes: Readonly<Record<string, string>> = {
  required: 'required',
  minLength: 'required',
  additionalProperties: 'unknown_field',
  pattern: 'not_email',
  enum: 'not_a_choice',
  maxLength: 'too_long',
  type: 'not_text',
}

/** Puts a body that breaks its schema into sentences, as everywhere else in the house. */
export const sayInvalid: SchemaErrorFormatter = (errors) => {
  const [first] = errors
  const params = first?.params ?? {}
  const path = first?.instancePath.slice(1) || String(params['missingProperty'] ?? params['additionalProperty'] ?? '')
  const code = (path && codes[first?.keyword ?? '']) || 'not_an_object'
  const message = say(`kernel:invalid.${code}`, {
    label: code === 'unknown_field' ? path : say(`engine:sign_in.label.${path.split('/')[0]}`),
    choices: String(params['allowedValues'] ?? ''),
    max: params['limit'],
    length: say('engine:sign_in.label.more'),
  })
  const wrong: FieldError = { path, code, message }
  return new Refusal('invalid', message, { errors: [wrong] })
}

/** What is kept as it was sent; of passwords, codes and links only hashes are. */
const kept = ['email', 'name'] as const

/** Refuses a text that the database could not keep, which no schema can say. */
export async function refuseUnstorable({ body }: FastifyRequest): Promise<void> {
  for (const path of kept) {
    const value = (body as Readonly<Record<string, unknown>> | null | undefined)?.[path]
    if (typeof value !== 'string' || isStorable(value)) continue
    const label = say(`engine:sign_in.label.${path}`)
    refuseField(path, 'bad_characters', say('kernel:invalid.bad_characters', { label }))
  }
}
