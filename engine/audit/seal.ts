import { asHouse } from '../database/access.ts'
import type { Transaction } from '../database/pool.ts'
import type { Engine } from '../engine.ts'
import type { HouseJob } from '../jobs/index.ts'

/** An org whose trail is kept; the suspended ones too. */
export interface AuditedOrg {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly witnesses: readonly string[]
}

export interface Sealed {
  readonly sealed: number
  readonly n: number | null
}

/** A million entries take a quarter of a minute; nobody waits for it. */
const longest = 3_600_000

export const auditedOrgs = ({ database }: Pick<Engine, 'database'>) =>
  database.bare<{ id: string; slug: string; name: string; witnesses: string[] }>(
    'select * from foundation.audited_orgs()',
  )

/** Seals what is new in an org's trail, within a transaction that has opened the org. */
export async function sealIn({ client, query }: Transaction): Promise<Sealed> {
  await query('set local statement_timeout = 0')
  const seal = { text: 'select sealed, n from foundation.seal_audit()', query_timeout: longest }
  const { rows } = await client.query<{ sealed: number; n: number | null }>(seal)
  return rows[0] ?? { sealed: 0, n: null }
}

/** Seals what is new in an org's trail. */
export const sealTrail = ({ database }: Pick<Engine, 'database'>, orgId: string): Promise<Sealed> =>
  database.transaction(asHouse(orgId), sealIn)

/** Does something for every org; one that fails does not keep the others from it. */
export async function forEveryOrg(engine: Engine, work: (org: AuditedOrg) => Promise<void>): Promise<void> {
  const failures: unknown[] = []
  for (const org of await auditedOrgs(engine)) await work(org).catch((error: unknown) => failures.push(error))
  if (failures.length) throw failures[0]
}

/** Seals, every minute, what has been written since. Writers never wait for it. */
export const sealTrails = (engine: Engine): HouseJob => ({
  name: 'audit.seal-trails',
  schedule: '* * * * *',
  run: () => forEveryOrg(engine, async ({ id }) => void (await sealTrail(engine, id))),
})
