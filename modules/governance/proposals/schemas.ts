const count = { type: 'integer', minimum: 0 } as const
const flag = { type: 'boolean' } as const
const instant = { type: ['string', 'null'], format: 'date-time' } as const
const sentence = { type: ['string', 'null'], maxLength: 1000 } as const
const sentences = { type: 'array', maxItems: 30, items: { type: 'string', maxLength: 1000 } } as const
const outcome = { type: 'string', enum: ['passed', 'failed', 'no-quorum'] } as const

const mine = {
  type: 'object',
  required: ['vote', 'name', 'weight', 'choice', 'by_proxy', 'shared', 'can', 'why_not'],
  properties: {
    vote: { type: 'string', format: 'uuid' },
    name: { type: 'string', maxLength: 240 },
    weight: count,
    choice: { type: ['string', 'null'], enum: ['yes', 'no', 'abstain', null] },
    by_proxy: flag,
    shared: { ...flag, description: 'Others may cast it as well.' },
    can: flag,
    why_not: sentence,
  },
} as const

const result = {
  type: ['object', 'null'],
  description: 'How a roll call stands; null before it opens, and where the vote is secret.',
  required: [
    'yes',
    'no',
    'abstain',
    'weighted',
    'cast',
    'present',
    'electorate',
    'quorum',
    'quorum_reached',
    'outcome',
    'sentences',
  ],
  properties: {
    yes: count,
    no: count,
    abstain: count,
    weighted: { ...flag, description: 'Yes, no and abstain are shares.' },
    cast: count,
    present: { ...count, description: 'Who is there and has not voted.' },
    electorate: count,
    quorum: { type: ['integer', 'null'], minimum: 0 },
    quorum_reached: flag,
    outcome: { ...outcome, description: 'What it would come to now.' },
    sentences,
  },
} as const

const decision = {
  type: ['object', 'null'],
  required: ['outcome', 'sentences'],
  properties: { outcome, sentences },
} as const

/** What is told of the vote on a proposal. */
export const voteSchema = {
  type: 'object',
  required: ['state', 'way', 'election', 'opens_at', 'closes_at', 'rules', 'mine', 'why_not', 'result', 'decision'],
  properties: {
    state: { type: 'string', enum: ['draft', 'discussion', 'voting', 'decided', 'withdrawn'] },
    way: { type: 'string', enum: ['roll-call', 'secret'] },
    election: { type: ['string', 'null'], format: 'uuid', description: 'Where a secret vote is held.' },
    opens_at: instant,
    closes_at: instant,
    rules: { ...sentences, description: 'By which rules it is decided, in words.' },
    mine: { type: 'array', maxItems: 200, items: mine, description: 'Votes that are mine to cast.' },
    why_not: { ...sentence, description: 'Why I can cast none.' },
    result,
    decision,
  },
} as const
