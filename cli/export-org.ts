import { exportOrg } from '@commonhall/engine'
import { type Command, tell } from './command.ts'
import { commander } from './commander.ts'
import { isDamaged, takenWords } from './taken.ts'
import { withHouse } from './open.ts'

/** Everything of an org, as documented files in a folder or an archive. */
export const exportOrgCommand: Command = {
  name: 'export-org',
  takes: ['ORG', 'OUT'],
  options: { json: { type: 'boolean' } },
  async run({ values: { json }, positionals: [slug = '', out = ''] }) {
    let isWhole = true
    await withHouse(async ({ ground, engine: { registry, files } }) => {
      const manifest = await exportOrg({
        ownerUrl: ground.ownerUrl,
        registry,
        stores: files.stores,
        slug,
        out,
        by: commander(),
      })
      tell(json ? JSON.stringify(manifest) : takenWords(manifest, slug, out))
      isWhole = !isDamaged(manifest)
    })
    return isWhole ? 0 : 1
  },
}
