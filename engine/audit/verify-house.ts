import { withClient } from '../database/provision.ts'
import { listMigrations } from '../database/migrate.ts'
import type { House } from '../boot.ts'
import type { Finding } from './finding.ts'
import { type Head, keptHeads } from './heads.ts'
import { checkMachinery } from './machinery.ts'
import { type AuditedOrg, sealTrail } from './seal.ts'
import { type Verdict, verifyTrail } from './verify.ts'

/** What came out for one org. */
export interface OrgVerdict extends Verdict {
  readonly org: string
}

/**
 * Seals what is new and verifies the trails of some orgs, against the heads in the data folder, those in the database,
 * and those that somebody has kept elsewhere.
 */
export async function verifyHouse(
  { engine, ground }: House,
  wanted: string | undefined,
  heads: readonly Head[],
): Promise<{ readonly orgs: readonly OrgVerdict[]; readonly machinery: readonly Finding[] }> {
  const kept = [...(await keptHeads(engine.settings.dataDir)), ...heads]
  return await withClient(ground.ownerUrl, async (client) => {
    const { rows: all } = await client.query<Pick<AuditedOrg, 'id' | 'slug'>>(
      'select id, slug from foundation.org order by slug',
    )
    const orgs: OrgVerdict[] = []
    for (const { id, slug } of all.filter((org) => wanted === undefined || org.slug === wanted)) {
      const unsealed = await sealTrail(engine, id).then(
        () => [],
        (error: Error): Finding[] => [{ kind: 'cannot_seal', detail: error.message }],
      )
      const own = kept.filter(({ org }) => org === undefined || org === id)
      const verdict = await verifyTrail(client, id, own)
      const findings = [...unsealed, ...verdict.findings]
      orgs.push({ org: slug, ...verdict, findings, wrong: verdict.wrong + unsealed.length })
    }
    return { orgs, machinery: await checkMachinery(client, listMigrations(engine.registry.modules)) }
  })
}
