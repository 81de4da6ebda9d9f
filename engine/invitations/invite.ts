import { field, type FieldError, isUuid, parseRecord, Refusal, refuse, say } from '@commonhall/kernel'
import { invitation } from '../foundation/resources.ts'
import type { Answer } from '../http/caller.ts'
import { accepted } from '../records/accepted.ts'
import { type Acting, idIn, needOwnReach, needReach } from '../roles/acting.ts'
import { asJson, type Parties, readParties } from '../roles/parties.ts'
import { ownRecordOf } from '../roles/people-routes.ts'
import { readIn, rolesOf } from '../roles/store.ts'
import { invitationMailJob, type InvitationMailWanted } from './mail-job.ts'

const mostRoles = 50

const fields = {
  email: field.text({ required: true, format: 'email', max: 254, label: 'E-mail' }),
  name: field.text({ required: true, max: 200 }),
  roles: field.json(),
  own_record: field.ref(),
  stands_for: field.json(),
}

/** What the database says no with, under CH409 of foundation.invite and its like. */
const statuses: Readonly<Record<string, number>> = {
  belongs: 409,
  invited: 409,
  too_many: 429,
  no_role: 422,
  no_party: 409,
}

/** Invites somebody: an invitation, and a mail once it is committed. */
export async function invite(act: Acting): Promise<Answer> {
  const { caller, transaction, request } = act
  const given = accepted(parseRecord(fields, request.body))
  const { email, name, own_record: record } = given
  const parties = await readParties(act, given['stands_for'])
  const ids = roleIds(given['roles'] ?? [], parties)
  const all = await rolesOf(readIn(transaction))
  const wanted = all.filter(({ id }) => ids.includes(id))
  if (wanted.length < ids.length) refuseRoles('no_role')
  needReach(act, wanted)
  await needFreeRecord(act, record)
  const { rows } = await told(email, () =>
    transaction.query<{ id: string }>('select foundation.invite($1, $2, $3, $4, $5) as id', [
      email,
      name,
      ids,
      record,
      asJson(parties),
    ]),
  )
  const { id = '' } = rows[0] ?? {}
  const { body } = await mailed(act, id)
  return { status: 201, headers: { location: `/api/v1/orgs/${caller.org.slug}/${invitation.path}/${id}` }, body }
}

/** Mails a pending or lapsed invitation anew, in the name of who asks for it. The link before is dead. */
export async function resend(act: Acting): Promise<Answer> {
  const { transaction } = act
  const found = await lookAt(nothingMore(act))
  const { rows: offered } = await transaction.query<{ role_ids: string[]; parties: Record<string, string> }>(
    'select role_ids, parties from foundation.issued_invitation where id = $1',
    [found.id],
  )
  const all = await rolesOf(readIn(transaction))
  needReach(
    act,
    all.filter(({ id }) => offered[0]?.role_ids.includes(id)),
  )
  for (const party of Object.keys(offered[0]?.parties ?? {})) needOwnReach(act, party)
  const { rows } = await told(found['email'], () =>
    transaction.query<{ done: boolean }>('select foundation.renew_invitation($1) as done', [found.id]),
  )
  return rows[0]?.done ? await mailed(act, found.id) : closed(found['state'])
}

/** Takes an invitation back: its link says so from now on. */
export async function revoke(act: Acting): Promise<Answer> {
  const found = await lookAt(nothingMore(act))
  const { rows } = await act.transaction.query<{ done: boolean }>('select foundation.revoke_invitation($1) as done', [
    found.id,
  ])
  return rows[0]?.done ? { status: 200, body: await lookAt(act, found.id) } : closed(found['state'])
}

/** The body may be left out; what it says more is refused. */
function nothingMore(act: Acting): Acting {
  accepted(parseRecord({}, act.request.body ?? {}))
  return act
}

const closed = (state: unknown): never =>
  refuse('conflict', say('engine:invitation.closed', { state: say(`engine:invitation.state.${String(state)}`) }))

const lookAt = ({ engine, caller, transaction, request }: Acting, id = idIn(request, invitation)) =>
  engine.records.look(transaction, caller, invitation, id)

async function mailed(act: Acting, id: string): Promise<Answer> {
  const wanted: InvitationMailWanted = { invitation: id }
  await act.engine.jobs.send(invitationMailJob, wanted, {}, act.transaction)
  return { status: 200, body: await lookAt(act, id) }
}

/** Whoever stands for a record needs no role. */
function roleIds(given: unknown, parties: Parties): string[] {
  const stands = [...parties.values()].some((id) => id !== null)
  if (!Array.isArray(given) || (!given.length && !stands) || given.length > mostRoles) return refuseRoles('no_roles')
  return given.every(isUuid) ? [...new Set(given.map((id) => id.toLowerCase()))] : refuseRoles('bad_role')
}

function refuseRoles(code: 'no_roles' | 'bad_role' | 'no_role'): never {
  const message = say(`engine:invitation.${code}`)
  const wrong: FieldError = { path: 'roles', code, message }
  return refuse('invalid', message, { errors: [wrong] })
}

/** The record on the roll that is to be theirs must be there, and nobody else's. */
async function needFreeRecord(act: Acting, record: unknown): Promise<void> {
  if (!isUuid(record)) return
  needOwnReach(act)
  const { engine, caller, transaction } = act
  const kind = ownRecordOf(engine.registry) ?? refuse('conflict', say('roles:no_own_record'))
  await engine.records.look(transaction, caller, kind, record)
  const { rowCount } = await transaction.query('select from foundation.membership where member_id = $1', [record])
  if (rowCount) refuse('conflict', say('roles:record_taken'))
}

/** Runs what writes invitations; what the database says no to becomes a sentence. */
export async function told<Value>(email: unknown, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    const { code, message = '' } = error as { code?: string; message?: string }
    const status = code === 'CH409' ? statuses[message] : undefined
    if (status === undefined) throw error
    throw new Refusal(message === 'too_many' ? message : 'conflict', say(`engine:invitation.${message}`, { email }), {
      status,
      ...(message === 'too_many' ? { headers: { 'retry-after': '3600' } } : {}),
    })
  }
}
