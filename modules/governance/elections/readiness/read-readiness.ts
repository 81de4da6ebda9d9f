import { defineRoute, field } from '@commonhall/kernel'
import { readiness } from './facts.ts'

const sentences = {
  type: 'array',
  maxItems: 1000,
  items: {
    type: 'object',
    required: ['code', 'sentence'],
    properties: { code: { type: 'string', maxLength: 60 }, sentence: { type: 'string', maxLength: 4000 } },
  },
} as const

/** What an election needs before its next step, in sentences. */
export const readReadiness = defineRoute({
  method: 'GET',
  path: '/elections/{id}/readiness',
  summary: 'What is missing before the next step',
  rule: 'governance.voter.note',
  params: { id: field.ref('governance.election', { required: true }) },
  reply: {
    type: 'object',
    required: ['state', 'next', 'ready', 'missing', 'warnings'],
    properties: {
      state: { type: 'string', maxLength: 20 },
      next: { type: ['string', 'null'], enum: ['open-nominations', 'publish', 'open', null] },
      ready: { type: 'boolean' },
      missing: sentences,
      warnings: sentences,
    },
  },
  async run(ctx, { params: { id } }) {
    const found = await readiness(ctx, id)
    return { ...found, ready: found.next !== null && found.missing.length === 0 }
  },
})
