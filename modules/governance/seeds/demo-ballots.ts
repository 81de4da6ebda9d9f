import { constants, createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import { ballotText, type BallotContest, type BallotForm, type Marks, newSalt, receiptOf } from '../ballots/ballot.ts'
import { objectionToToken, type SealedBallot } from '../ballots/check-token.ts'
import { formOf } from '../ballots/election-form.ts'
import { keptKey } from '../ballots/keep-key.ts'
import type { DemoElection } from './demo-contests.ts'

/** Always the same number for the same two: what looks like chance in the demo is not. */
const mixed = (one: number, other: number) =>
  (Math.imul(Math.imul(one + 1, 0x9e3779b1) ^ Math.imul(other + 1, 0x85ebca6b), 0xc2b2ae35) >>> 8) % 1000

/** How the voter at a place marks a contest: the first candidates are liked best, and one in thirty leaves it blank. */
function marksOf({ method, candidates }: BallotContest, place: number): Marks {
  const liked = candidates
    .map(({ id }, index) => ({ id, at: mixed(place, index) + index * 70 }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ id }) => id)
  const isBlank = place % 30 === 29
  if (method === 'stv') return { ranks: isBlank ? [] : liked.slice(0, 2 + (place % 4)).map((id) => [id]) }
  return { choices: isBlank ? [] : liked.slice(0, 1) }
}

/**
 * A ballot with all its proofs, as a voter's device makes it. What a device lets the election sign blindly, the demo,
 * which has the key, signs at once: the signature is the same.
 */
async function sealed(form: BallotForm, key: KeyObject, place: number): Promise<SealedBallot & { receipt: string }> {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = own.publicKey.export({ format: 'jwk' })
  const token = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  const prefix = randomBytes(32)
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }
  const choices = Object.fromEntries(form.contests.map((contest) => [contest.id, marksOf(contest, place)]))
  const ballot = ballotText(form, { choices, salt: newSalt() })
  const signer = { key: own.privateKey, dsaEncoding: 'ieee-p1363' } as const
  return {
    token: token.toString('base64url'),
    prefix: prefix.toString('base64url'),
    signature: sign('sha384', Buffer.concat([prefix, token]), pss).toString('base64url'),
    ballot,
    ballot_signature: sign('sha256', Buffer.from(ballot), signer).toString('base64url'),
    receipt: await receiptOf(ballot),
  }
}

/** Every so many of those who may vote take a paper and cast a ballot, through the doors that all go through. */
export async function castBallots(ctx: Context, election: string, { everyNth }: DemoElection): Promise<void> {
  if (!everyNth) return
  const papers = await takePapers(ctx, election, everyNth)
  const [form, key] = [await formOf(ctx, election), await keptKey(ctx, election)]
  if (!form?.public_key) throw new Error('The demo votes in an election that is not open.')
  const ballots: SealedBallot[] = []
  for (let place = 0; place < papers; place++) ballots.push(await sealed(form, key, place))
  const [first] = ballots
  if (first && objectionToToken(first, form.public_key))
    throw new Error('The demo seals ballots that do not prove themselves.')
  const { rows } = await sql<{ answer: string }>`
    select governance.cast_ballot(${election}::uuid, b.token, b.prefix, b.signature, b.ballot, b.ballot_signature,
      b.receipt) as answer
    from jsonb_to_recordset(${JSON.stringify(ballots)}::jsonb) b (token text, prefix text, signature text, ballot text,
      ballot_signature text, receipt text)`.execute(ctx.db)
  const refused = rows.find(({ answer }) => answer !== 'cast')
  if (refused) throw new Error(`A ballot of the demo was refused: ${refused.answer}.`)
}

/** The demo's member, who signs in, is left to vote. */
async function takePapers(ctx: Context, election: string, everyNth: number): Promise<number> {
  const { rows } = await sql<{ voter: string; member: string }>`
    select v.id as voter, v.member from governance.voter v join members.member m on m.id = v.member
    where v.election = ${election}::uuid and v.eligible order by m.card_number`.execute(ctx.db)
  const taken = rows
    .filter((_row, place) => place % everyNth === 1)
    .map((row) => ({ ...row, hash: createHash('sha256').update(randomBytes(256)).digest('hex') }))
  const { rows: answers } = await sql<{ answer: string }>`
    select governance.take_paper(${election}::uuid, p.voter, p.member, p.hash) as answer
    from jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) p (voter uuid, member uuid, hash text)`.execute(ctx.db)
  if (answers.some(({ answer }) => !['first', 'taken'].includes(answer)))
    throw new Error('A paper of the demo was refused.')
  return taken.length
}
