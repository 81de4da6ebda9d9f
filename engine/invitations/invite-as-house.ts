import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { field, parseRecord, refuse, type Resource, say } from '@commonhall/kernel'
import type { House } from '../boot.ts'
import { findOrg, type OrgRow } from '../caller.ts'
import { tableOf } from '../database/draft.ts'
import { withClient } from '../database/provision.ts'
import { titleSql } from '../records/columns.ts'
import { accepted } from '../records/accepted.ts'
import type { Registry } from '../registry.ts'
import { partyKinds } from '../roles/parties.ts'
import { told } from './invite.ts'
import { invitationMail, issueInvitation } from './mail-job.ts'

export interface HouseInvitation {
  readonly org: string
  readonly email: string
  readonly name: string
  /** The role's name, such as `admin`; none for somebody who only stands for a record. */
  readonly role?: string | undefined
  /** The record that they will stand for: its resource, and its id or what it is called. */
  readonly standsFor?: { readonly resource: string; readonly record: string } | undefined
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
  { org: slug, email: address, name: called, role, standsFor }: HouseInvitation,
): Promise<{ readonly email: string; readonly link: string | null }> {
  const org = (await findOrg(engine.database, slug)) ?? refuse('not_found', say('engine:access.no_org_at', { slug }))
  const { email, name } = accepted(parseRecord(fields, { email: address, name: called }))
  const kind = standsFor && partyOf(engine.registry, org, standsFor.resource)
  const id = await withClient(ground.ownerUrl, async (owner) => {
    await begin(owner, org.id)
    const roles = role === undefined ? [] : [await roleNamed(owner, role)]
    const parties = kind ? { [kind.name]: await recordNamed(owner, kind, standsFor.record) } : {}
    return await open(owner, { email: String(email), name: String(name), roles, parties })
  })
  const letter = await issueInvitation(engine, id)
  if (!letter) return refuse('org_suspended', say('engine:invitation.suspended', { org: org.name }))
  const { settings, post } = engine
  if (post.isMailbox || post.way === 'none')
    return { email: letter.email, link: `${settings.publicUrl}/invitation/${letter.token}` }
  await post.send(invitationMail(letter, settings))
  return { email: letter.email, link: null }
}

function partyOf(registry: Registry, org: OrgRow, name: string): Resource {
  const kinds = partyKinds(registry, { modules: new Set(org.modules) })
  const known = kinds.map((one) => one.name).join(', ')
  return (
    kinds.find((one) => one.name === name) ??
    refuse('not_found', say('engine:invitation.no_such_kind', { name, known }))
  )
}

async function begin(owner: pg.ClientBase, org: string): Promise<void> {
  await owner.query('begin')
  await owner.query('select foundation.enter_house($1, null, $2, $3, $4)', [
    org,
    randomUUID(),
    'command',
    say('engine:invitation.house'),
  ])
}

async function roleNamed(owner: pg.ClientBase, role: string): Promise<string> {
  const { rows: roles } = await owner.query<{ id: string; name: string }>(
    'select id, name from foundation.role where org_id = foundation.current_org() order by name',
  )
  const given = roles.find((one) => one.name === role)
  if (!given) {
    const known = roles.map((one) => one.name).join(', ')
    return refuse('not_found', say('engine:invitation.no_such_role', { role, known }))
  }
  return given.id
}

/** By its id, or by its title when no other has the same. */
async function recordNamed(owner: pg.ClientBase, kind: Resource, record: string): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `select t.id from ${tableOf(kind)} t where t.org_id = foundation.current_org()
      and (t.id::text = lower($1) or lower(${titleSql(kind, 't')}) = lower($1)) limit 2`,
    [record],
  )
  const [only, other] = rows
  if (only && !other) return only.id
  const label = kind.label.toLowerCase()
  return refuse('not_found', say(`engine:invitation.${other ? 'many_records' : 'no_such_record'}`, { label, record }))
}

interface Opened {
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  readonly parties: Readonly<Record<string, string>>
}

async function open(owner: pg.ClientBase, { email, name, roles, parties }: Opened): Promise<string> {
  const { rows: pending } = await owner.query<{ id: string }>(
    `select id from foundation.issued_invitation
    where org_id = foundation.current_org() and email = $1 and role_ids = $2 and parties = $3 and outcome is null`,
    [email, roles, JSON.stringify(parties)],
  )
  const { rows } = await told(email, () =>
    owner.query<{ id: string }>(
      pending[0]
        ? 'select $1::uuid as id where foundation.renew_invitation($1)'
        : 'select foundation.invite($1, $2, $3, null, $4) as id',
      pending[0] ? [pending[0].id] : [email, name, roles, JSON.stringify(parties)],
    ),
  )
  await owner.query('commit')
  return rows[0]?.id ?? ''
}
