import { sql } from 'kysely'
import { type Context, defineRoute, field, refuse, say } from '@commonhall/kernel'
import { whyNotSentence } from '../elections/roll/why-not.ts'
import type { BallotPage, Paper } from '../pages/voting/ballot-page.ts'
import { formOf } from './election-form.ts'

type PaperRow = Omit<Paper, 'can' | 'why_not'> & { readonly why_not: string | null }

/** The papers that the person who asks may take in an election, or may not, and why. */
export async function papersOf(ctx: Context, election: string): Promise<readonly Paper[]> {
  const { rows } = await sql<PaperRow>`
    select * from governance.papers(${election}, ${ctx.actor.memberId})`.execute(ctx.db)
  return rows.map((row) => ({
    ...row,
    can: row.code === null,
    why_not: row.code === null ? null : refusalInWords(row.code, row.why_not),
  }))
}

/** Why no paper is handed out, as a sentence. */
export const refusalInWords = (code: string, why: string | null): string =>
  code === 'not_eligible' && why ? whyNotSentence(why, 'vote') : say(`governance:ballot.refused.${code}`)

const text = { type: 'string', maxLength: 10_000 } as const
const maybeText = { type: ['string', 'null'], maxLength: 10_000 } as const
const uuid = { type: 'string', format: 'uuid' } as const

const candidate = {
  type: 'object',
  required: ['id', 'name', 'statement'],
  properties: { id: { type: 'string', maxLength: 36 }, name: text, statement: maybeText, withdrawn: { const: true } },
} as const

const contest = {
  type: 'object',
  required: ['id', 'name', 'about', 'method', 'seats', 'most', 'most_points', 'candidates'],
  properties: {
    id: uuid,
    name: text,
    about: maybeText,
    method: { type: 'string', enum: ['yes-no', 'plurality', 'approval', 'score', 'irv', 'stv', 'cumulative'] },
    seats: { type: 'integer', minimum: 1 },
    most: { type: 'integer', minimum: 0 },
    most_points: { type: ['integer', 'null'] },
    candidates: { type: 'array', maxItems: 1000, items: candidate },
  },
} as const

const paper = {
  type: 'object',
  required: ['voter', 'name', 'as', 'taken', 'can', 'code', 'why_not'],
  properties: {
    voter: uuid,
    name: text,
    as: { type: 'string', enum: ['self', 'unit', 'proxy'] },
    taken: { type: 'string', enum: ['none', 'online', 'paper', 'challenged'] },
    can: { type: 'boolean' },
    code: { type: ['string', 'null'], maxLength: 40 },
    why_not: maybeText,
  },
} as const

const instant = { type: ['string', 'null'], format: 'date-time' } as const

/** The ballot of an election, the key that signs its papers, and the papers that one may take. */
export const readBallotPage = defineRoute({
  method: 'GET',
  path: '/elections/{id}/ballot',
  summary: 'The ballot of an election, and the papers that one may take',
  rule: 'governance.election.read',
  params: { id: field.ref('governance.election', { required: true }) },
  reply: {
    type: 'object',
    required: ['election', 'name', 'state', 'about', 'opens_at', 'closes_at', 'contests', 'key', 'papers'],
    properties: {
      election: uuid,
      name: text,
      state: { type: 'string', maxLength: 20 },
      about: maybeText,
      opens_at: instant,
      closes_at: instant,
      contests: { type: 'array', maxItems: 200, items: contest },
      key: {
        type: ['object', 'null'],
        required: ['public_key', 'fingerprint'],
        properties: { public_key: { type: 'string', maxLength: 1000 }, fingerprint: { type: 'string', maxLength: 64 } },
      },
      papers: { type: 'array', maxItems: 1000, items: paper },
    },
  },
  async run(ctx, { params: { id } }): Promise<BallotPage> {
    const form = await formOf(ctx, id)
    if (!form) return refuse('not_found', say('governance:ballot.no_election'))
    const {
      election,
      name,
      state,
      about,
      opens_at,
      closes_at,
      contests,
      public_key,
      key_fingerprint: fingerprint,
    } = form
    // Before it is published, nobody but those who make it know what will be on it.
    const isPublished = !['draft', 'nominations', 'withdrawn'].includes(state)
    return {
      election,
      name,
      state: state as BallotPage['state'],
      about,
      opens_at,
      closes_at,
      contests: isPublished ? contests : [],
      key: public_key && fingerprint ? { public_key, fingerprint } : null,
      papers: await papersOf(ctx, id),
    }
  },
})
