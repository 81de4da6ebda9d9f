import { type Engine, findOrg, type Ground, houseCaller, withClient } from '@commonhall/engine'
import { say } from '@commonhall/kernel'
import type { Finding } from './finding.ts'

/** What modules say must hold of an org's records: proved in every org that has the module on. */
export async function* examineProofs(engine: Engine, { ownerUrl }: Ground): AsyncGenerator<Finding> {
  const proofs = engine.registry.modules.flatMap(({ name: module, proofs: declared = [] }) =>
    declared.map((proof) => ({ module, proof })),
  )
  const slugs = await withClient(ownerUrl, async (owner) =>
    (await owner.query<{ slug: string }>('select slug from foundation.org order by slug')).rows.map(({ slug }) => slug),
  )
  for (const { module, proof } of proofs) {
    const lines: string[] = []
    for (const slug of slugs) {
      const org = await findOrg(engine.database, slug)
      if (!org || !org.modules.includes(module)) continue
      const broken = await engine.act(houseCaller(org, 'command'), (context) => proof.broken(context))
      lines.push(...broken.map((line) => `  ${slug} ${line}`))
    }
    yield lines.length
      ? { name: 'sums', fault: [say('cli:doctor.sums_wrong', { title: proof.title }), ...lines].join('\n') }
      : { name: 'sums', found: proof.title }
  }
}
