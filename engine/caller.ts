import { randomUUID } from 'node:crypto'
import type { Actor, Org, OrgKind } from '@commonhall/kernel'
import type { Access, Via } from './database/access.ts'
import type { Database } from './database/pool.ts'
import type { Registry } from './registry.ts'
import { type KeptRole, permissionsOf } from './rules.ts'

/** An org as the server knows it. */
export interface OpenOrg extends Org {
  readonly accent: string
  readonly timeZone: string
  readonly modules: ReadonlySet<string>
}

/** Whether a module is on in an org; the house's own always is. */
export const hasModule = ({ modules }: Pick<OpenOrg, 'modules'>, module: string): boolean =>
  module === 'foundation' || modules.has(module)

/** Who asks, in which org, and the key that opens it. */
export interface Caller {
  readonly access: Access
  readonly actor: Actor
  readonly org: OpenOrg
  /** A role of theirs asks for a second factor that this session has not shown. */
  readonly secondFactorMissing?: boolean
}

/** What tells one request from another. */
export interface Sender {
  readonly sessionId: string
  readonly requestId: string
  readonly via: Via
  readonly address: string
}

interface AdmittedRow {
  user_id: string
  email: string
  user_name: string
  user_stamp: number
  org_id: string | null
  org_name: string
  org_kind: OrgKind
  accent: string
  time_zone: string
  modules: string[]
  org_stamp: number
  member_id: string | null
  parties: Record<string, string>
  roles: KeptRole[]
  proved_at: string
  second_factor_missing: boolean
  scopes: string[] | null
}

type Remembered = Omit<Caller, 'access'> & {
  readonly userStamp: number
  readonly orgStamp: number
  /** Looked up anew from then on, so that the org learns that they are still here. */
  readonly until: number
}

/** How exactly an org learns when its people were last here, in milliseconds. */
const stretch = 15 * 60_000

/** More people than this at work at once make the server look some of them up again, nothing worse. */
const mostRemembered = 10_000

/** Whether it can be the address of an org. */
export const isSlug = /^[a-z0-9-]{1,60}$/

/**
 * Knows what each session may do in each org. What it remembers is proven right by `foundation.enter` in front of every
 * query; when that says that access has changed, `forget` and ask again.
 */
export class Callers {
  readonly #database: Database
  readonly #registry: Registry
  readonly #remembered = new Map<string, Remembered>()

  constructor(database: Database, registry: Registry) {
    this.#database = database
    this.#registry = registry
  }

  /** The caller; `ended` when the session is over, `stranger` when the org is not theirs or does not exist. */
  async find(sender: Sender, slug: string): Promise<Caller | 'ended' | 'stranger'> {
    const { sessionId } = sender
    const key = `${sessionId} ${slug}`
    let known = this.#remembered.get(key)
    if (!known || known.until < Date.now()) {
      // What cannot be an address of an org is asked for as none, since a query cannot carry every character.
      const found = await this.#admit(sessionId, isSlug.test(slug) ? slug : '')
      if (typeof found === 'string') return found
      if (this.#remembered.size >= mostRemembered) this.#remembered.clear()
      this.#remembered.set(key, (known = found))
    }
    const { actor, org, userStamp, orgStamp, secondFactorMissing = false } = known
    const access: Access = {
      kind: 'user',
      ...sender,
      userId: actor.userId ?? '',
      userStamp,
      orgId: org.id,
      orgStamp,
      actorName: actor.name,
    }
    return { access, actor, org, secondFactorMissing }
  }

  forget(sessionId: string, slug: string): void {
    this.#remembered.delete(`${sessionId} ${slug}`)
  }

  async #admit(sessionId: string, slug: string): Promise<Remembered | 'ended' | 'stranger'> {
    const [row] = await this.#database.bare<AdmittedRow>(
      'select a.*, foundation.note_seen($1, a.org_id) from foundation.admit($1, $2) a',
      [sessionId, slug],
    )
    if (!row) return 'ended'
    if (!row.org_id) return 'stranger'
    const permissions = permissionsOf(this.#registry.rules, row.roles)
    const { scopes } = row
    return {
      until: Date.now() + stretch,
      userStamp: row.user_stamp,
      orgStamp: row.org_stamp,
      secondFactorMissing: row.second_factor_missing,
      actor: {
        kind: 'user',
        userId: row.user_id,
        name: row.user_name,
        email: row.email,
        // A key acts by its scopes alone, never as the member whose record it is, or as whom the person stands for.
        memberId: scopes ? null : row.member_id,
        parties: scopes ? {} : row.parties,
        roles: row.roles.map(({ name }) => name),
        permissions: scopes ? permissions.intersection(new Set(scopes)) : permissions,
        // Whoever makes a key proves themselves then; a program cannot be asked again.
        provedAt: scopes ? Infinity : Date.parse(row.proved_at),
      },
      org: {
        id: row.org_id,
        slug,
        name: row.org_name,
        kind: row.org_kind,
        accent: row.accent,
        timeZone: row.time_zone,
        modules: new Set(row.modules),
      },
    }
  }
}

/** Somebody as rules judge them when it is not themselves who asks: they have proved nothing. */
export const actorInRoles = (
  registry: Registry,
  roles: readonly KeptRole[],
  who: Pick<Actor, 'userId' | 'name' | 'memberId' | 'parties'> & Partial<Pick<Actor, 'email'>>,
): Actor => ({
  kind: 'user',
  email: null,
  ...who,
  roles: roles.map(({ name }) => name),
  permissions: permissionsOf(registry.rules, roles),
  provedAt: 0,
})

/** What foundation.find_org answers. */
export interface OrgRow {
  id: string
  slug: string
  name: string
  kind: OrgKind
  accent: string
  time_zone: string
  modules: string[]
}

/** The house itself as a caller: in jobs, on the command line, in seeds; `userId` when for somebody. */
export function houseCaller(
  org: OrgRow,
  via: Via,
  by: { userId?: string; name?: string; requestId?: string } = {},
): Caller {
  const name = by.name ?? 'Commonhall'
  const { userId = null, requestId = randomUUID() } = by
  return {
    access: { kind: 'house', orgId: org.id, userId, requestId, via, actorName: name },
    actor: {
      kind: 'system',
      userId,
      name,
      email: null,
      memberId: null,
      parties: {},
      roles: [],
      permissions: new Set(),
      provedAt: Infinity,
    },
    org: { ...org, timeZone: org.time_zone, modules: new Set(org.modules) },
  }
}

/** The org at an address, or undefined. */
export async function findOrg(database: Database, slug: string): Promise<OrgRow | undefined> {
  const [row] = await database.bare<OrgRow>('select * from foundation.find_org($1)', [slug])
  return row
}

/** An org that work is queued for. */
export interface WorkedOrg extends OrgRow {
  readonly suspended: boolean
}

/** The org with this id, unless it is gone. */
export async function askWorkedOrg(database: Pick<Database, 'bare'>, id: string): Promise<WorkedOrg | undefined> {
  const [row] = await database.bare<WorkedOrg & Record<string, unknown>>('select * from foundation.org_for_work($1)', [
    id,
  ])
  return row
}

/** The same, if it is worked for: not while it is suspended. */
export async function findWorkedOrg(database: Pick<Database, 'bare'>, id: string): Promise<OrgRow | undefined> {
  const org = await askWorkedOrg(database, id)
  return org?.suspended === false ? org : undefined
}
