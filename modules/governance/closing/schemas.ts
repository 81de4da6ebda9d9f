import type { JsonSchema } from '@commonhall/kernel'

const whole = { type: 'integer', minimum: 0 } as const

/** Of `Counters`. */
export const counterSchema: JsonSchema = {
  type: 'object',
  required: ['eligible', 'issued', 'cast', 'paper_given', 'paper_counted', 'void', 'spoiled', 'challenged'],
  properties: {
    eligible: whole,
    issued: whole,
    cast: whole,
    paper_given: whole,
    paper_counted: whole,
    void: whole,
    spoiled: whole,
    challenged: whole,
    challenged_accepted: whole,
    challenged_rejected: whole,
    not_back_because: { type: 'string' },
  },
}

export const sentences: JsonSchema = { type: 'array', maxItems: 50, items: { type: 'string' } }
