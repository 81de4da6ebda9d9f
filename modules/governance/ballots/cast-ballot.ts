import { sql } from 'kysely'
import { type AnonymousContext, defineAnonymousRoute, field, refuse, say } from '@commonhall/kernel'
import { isProblem, longestBallot, readBallot, receiptOf } from './ballot.ts'
import { objectionToToken, type SealedBallot } from './check-token.ts'
import { type ElectionForm, formOf } from './election-form.ts'

/** Puts a ballot into the box. Whose it is nobody knows: its token proves that a paper was handed out for it. */
export const castBallot = defineAnonymousRoute({
  method: 'POST',
  path: '/elections/{id}/ballots',
  summary: 'Cast a ballot: without a session, once for each token',
  params: { id: field.ref('governance.election', { required: true }) },
  body: {
    token: field.text({ required: true, max: 100, help: 'The public key of this ballot, as base64url.' }),
    prefix: field.text({ required: true, max: 100 }),
    signature: field.text({ required: true, max: 400, help: 'Of prefix and token, by the key of the election.' }),
    ballot: field.text({ required: true, max: 1_000_000, help: 'The canonical text of the choices.' }),
    ballot_signature: field.text({ required: true, max: 100, help: 'Of the ballot, by its own key.' }),
  },
  reply: {
    type: 'object',
    required: ['receipt'],
    properties: { receipt: { type: 'string', maxLength: 64 } },
  },
  async run(ctx, { params: { id }, body }) {
    if (body.ballot.length > longestBallot) return refuseBallot('too_large')
    const form = await formOf(ctx, id)
    if (!form) return refuse('not_found', say('governance:ballot.no_election'))
    if (!form.public_key) return refuseBallot('not_open')
    const objection = objectionToToken(body, form.public_key)
    if (objection) return refuseBallot(objection)
    if (form.open) refuseWrong(form, body)
    const receipt = await receiptOf(body.ballot)
    const answer = await putIn(ctx, id, body, receipt)
    if (answer !== 'cast' && answer !== 'same') return refuseBallot(answer)
    return { receipt }
  },
})

/** 409 is for what is right in itself and comes too late. */
const late: ReadonlySet<string> = new Set(['not_open', 'token_spent', 'same_receipt'])

const refuseBallot = (code: string): never =>
  refuse(code, say(`governance:ballot.refused.${code}`), late.has(code) ? { status: 409 } : {})

function refuseWrong(form: ElectionForm, { ballot }: SealedBallot): void {
  const read = readBallot(form, ballot)
  if (isProblem(read)) refuse(read.code, read.message)
}

async function putIn(
  { db }: AnonymousContext,
  election: string,
  sealed: SealedBallot,
  receipt: string,
): Promise<string> {
  const { token, prefix, signature, ballot, ballot_signature } = sealed
  const { rows } = await sql<{ answer: string }>`select governance.cast_ballot(${election}, ${token}, ${prefix},
    ${signature}, ${ballot}, ${ballot_signature}, ${receipt}) as answer`.execute(db)
  return rows[0]?.answer ?? 'not_open'
}
