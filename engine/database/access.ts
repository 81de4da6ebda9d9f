import { randomUUID } from 'node:crypto'
import type { Lead } from './entered-query.ts'

/** Where an act comes from, for the audit trail. */
export type Via = 'api' | 'key' | 'page' | 'job' | 'import' | 'command' | 'seed'

/** A signed-in person in one org. The stamps say which version of the person's rights the server remembers. */
export interface UserAccess {
  readonly kind: 'user'
  readonly sessionId: string
  readonly userId: string
  readonly userStamp: number
  readonly orgId: string
  readonly orgStamp: number
  readonly requestId: string
  readonly via: Via
  readonly actorName: string
  /** The network address that the request came from. */
  readonly address: string
}

/** The house itself in one org; `userId` when it acts on somebody's behalf, as an import does. */
export interface HouseAccess {
  readonly kind: 'house'
  readonly orgId: string
  readonly userId: string | null
  readonly requestId: string
  readonly via: Via
  readonly actorName: string
}

export type Access = UserAccess | HouseAccess

/** The house at work in an org: by itself, in a job, unless something else is told. */
export const asHouse = (orgId: string, told: Partial<Omit<HouseAccess, 'kind' | 'orgId'>> = {}): HouseAccess => ({
  kind: 'house',
  orgId,
  userId: null,
  requestId: randomUUID(),
  via: 'job',
  actorName: 'Commonhall',
  ...told,
})

/** What every connection of the server's role works under. */
export const serverSettings = {
  timezone: 'UTC',
  statement_timeout: '60000',
  idle_in_transaction_session_timeout: '120000',
} as const

/** SQLSTATE of foundation.enter when the session has ended or rights have changed since the server looked. */
export const accessChanged = 'CH401'

const enter = 'select foundation.enter($1, $2, $3, $4, $5, $6, $7, $8, $9)'
const enterHouse = 'select foundation.enter_house($1, $2, $3, $4, $5)'

/** Statements prepared on every new connection, so that a lead is one Bind and one Execute. */
export const preparedLeads = `
  prepare enter (uuid, uuid, bigint, uuid, bigint, text, text, text, text) as ${enter};
  prepare enter_house (uuid, uuid, text, text, text) as ${enterHouse}`

/** The statement that opens the org for this access. */
export function leadOf(access: Access): Lead {
  const { orgId, requestId, via, actorName } = access
  if (access.kind === 'house') {
    return { statement: 'enter_house', text: enterHouse, values: [orgId, access.userId, requestId, via, actorName] }
  }
  const { sessionId, userId, userStamp, orgStamp, address } = access
  const stamps = [sessionId, userId, String(userStamp), orgId, String(orgStamp)]
  return { statement: 'enter', text: enter, values: [...stamps, requestId, via, actorName, address] }
}
