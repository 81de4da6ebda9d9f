import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { field, parseRecord, refuse, say } from '@commonhall/kernel'
import type { House } from '../boot.ts'
import { findOrg } from '../caller.ts'
import { withClient } from '../database/provision.ts'
import { accepted } from '../records/records.ts'
import { told } from './invite.ts'
import { invitationMail, issueInvitation } from './mail-job.ts'

export interface HouseInvitation {
  readonly org: string
  readonly email: string
  readonly name: string
  /** The role's name, such as `admin`. */
  readonly role: string
}

const fields = {
  email: field.text({ required: true, format: 'email', max: 254, label: 'E-mail' }),
  name: field.text({ required: true, max: 200 }),
}

/**
 * Invites somebody in the house's own name, as the owner of the database: so the first admin of an org comes in. An
 * address whose invitation is still open gets a new link. Answers the link where no mail server is set up to bring it.
 */
export async function inviteAsHouse(
  { engine, ground }: Pick<House, 'engine' | 'ground'>,
  { org: slug, email: address, name: called, role }: HouseInvitation,
): Promise<{ readonly email: string; readonly link: string | null }> {
  const org = (await findOrg(engine.database, slug)) ?? refuse('not_found', say('engine:access.no_org_at', { slug }))
  const { email, name } = accepted(parseRecord(fields, { email: address, name: called }))
  const id = await withClient(ground.ownerUrl, (owner) => open(owner, org.id, String(email), String(name), role))
  const letter = await issueInvitation(engine, id)
  if (!letter) return refuse('org_suspended', say('engine:invitation.suspended', { org: org.name }))
  const { settings, post } = engine
  if (post.isMailbox || post.way === 'none')
    return { email: letter.email, link: `${settings.publicUrl}/invitation/${letter.token}` }
  await post.send(invitationMail(letter, settings))
  return { email: letter.email, link: null }
}

async function open(owner: pg.ClientBase, org: string, email: string, name: string, role: string): Promise<string> {
  await owner.query('begin')
  await owner.query('select foundation.enter_house($1, null, $2, $3, $4)', [
    org,
    randomUUID(),
    'command',
    say('engine:invitation.house'),
  ])
  const { rows: roles } = await owner.query<{ id: string; name: string }>(
    'select id, name from foundation.role where org_id = foundation.current_org() order by name',
  )
  const given = roles.find((one) => one.name === role)
  if (!given) {
    const known = roles.map((one) => one.name).join(', ')
    return refuse('not_found', say('engine:invitation.no_such_role', { role, known }))
  }
  const { rows: pending } = await owner.query<{ id: string }>(
    `select id from foundation.issued_invitation
    where org_id = $1 and email = $2 and role_ids = $3 and outcome is null`,
    [org, email, [given.id]],
  )
  const { rows } = await told(email, () =>
    owner.query<{ id: string }>(
      pending[0]
        ? 'select $1::uuid as id where foundation.renew_invitation($1)'
        : 'select foundation.invite($1, $2, $3, null) as id',
      pending[0] ? [pending[0].id] : [email, name, [given.id]],
    ),
  )
  await owner.query('commit')
  return rows[0]?.id ?? ''
}
