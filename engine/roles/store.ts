import type { Caller } from '../caller.ts'
import { leadOf } from '../database/access.ts'
import type { Statement, Transaction } from '../database/pool.ts'
import type { Engine } from '../engine.ts'
import type { ExplainedRole } from './explain.ts'

/** A role as an org keeps it, with how many hold it. */
export interface RoleRow extends ExplainedRole {
  readonly version: number
  readonly requires_second_factor: boolean
  readonly people: number
}

export interface GrantRow extends ExplainedRole {
  readonly requires_second_factor: boolean
  readonly granted_at: string
  readonly granted_by: string | null
  readonly granted_by_name: string | null
}

export interface PersonRow {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly kind: 'person' | 'service'
  readonly own_record: string | null
  readonly state: string
  /** Whom they stand for, by resource; what rests gives nothing. */
  readonly parties: Readonly<Record<string, string>>
}

/** A person as rules judge them when it is not themselves who asks. */
export const whoIs = ({ id: userId, name, own_record: memberId, parties }: PersonRow) => ({
  userId,
  name,
  memberId,
  parties,
})

/** The record that a person stands for. */
export interface PartyRow {
  readonly resource: string
  readonly record: string
  readonly title: string
  readonly resting: boolean
}

/** What the trail tells of changes of roles: the differences from the defaults, before and after. */
export interface RoleChangeRow {
  readonly record: string
  readonly at: string
  readonly actor_name: string | null
  readonly changes: readonly [Record<string, boolean> | null, Record<string, boolean> | null]
}

type Read = <Row extends object>(statement: Statement) => Promise<Row[]>

export const readAs =
  (engine: Engine, caller: Caller): Read =>
  (statement) =>
    engine.database.read(caller.access, statement)

export const readIn =
  (transaction: Transaction): Read =>
  async ({ text, values }) =>
    (await transaction.query(text, values)).rows as never

/** So many roles has an org at most: all of them stand side by side in one matrix. */
export const mostRoles = 200

/** Built-in roles first and in their order, then the org's own by name. */
export const rolesOf = (read: Read) =>
  read<RoleRow>({
    text: `select r.id, r.name, r.label, r.version, r.changes, r.requires_second_factor,
        (select count(*)::integer from foundation.grant g where g.org_id = r.org_id and g.role_id = r.id) as people
      from foundation.role r
      order by array_position(
        array['admin', 'officer', 'treasurer', 'staff', 'organizer', 'instructor', 'member'], r.name), r.label
      limit ${mostRoles}`,
    values: [],
  })

export const grantsOf = (read: Read, user: string) =>
  read<GrantRow>({
    text: `select r.id, r.name, r.label, r.changes, r.requires_second_factor, g.granted_at, g.granted_by,
        u.name as granted_by_name
      from foundation.grant g join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
      left join foundation.user u on u.id = g.granted_by
      where g.user_id = $1 order by g.granted_at, r.label`,
    values: [user],
  })

/** Whom somebody stands for, `{resource: id}`, without what rests. */
export const partiesSql = (org: string, user: string) => `coalesce((select jsonb_object_agg(p.resource, p.record)
  from foundation.membership_party p where p.org_id = ${org} and p.user_id = ${user} and not p.resting), '{}')`

export const partiesOf = (read: Read, user: string) =>
  read<PartyRow>({
    text: `select resource, record, title, resting from foundation.membership_party
      where user_id = $1 order by resource`,
    values: [user],
  })

export const personOf = async (read: Read, user: string): Promise<PersonRow | undefined> =>
  (
    await read<PersonRow>({
      text: `select u.id, u.version, u.name, u.kind, u.own_record, u.state, ${partiesSql('u.org_id', 'u.id')} as parties
        from foundation.org_user u where u.id = $1`,
      values: [user],
    })
  )[0]

export const roleChanges = (read: Read) =>
  read<RoleChangeRow>({
    text: `select record, at, actor_name, changes -> 'changes' as changes from foundation.audit_line
      where resource = 'foundation.role' and changes ? 'changes' order by at desc limit 500`,
    values: [],
  })

/**
 * Waits for its turn to change who may do what, and then proves anew that the caller still may: whoever had the turn
 * before may have taken it from them.
 */
export async function takeTurn(transaction: Transaction, caller: Caller): Promise<void> {
  await transaction.query('select foundation.begin_role_change()')
  const { text, values } = leadOf(caller.access)
  await transaction.query(text, [...values])
}
