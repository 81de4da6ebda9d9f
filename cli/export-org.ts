import { exportOrg } from '@commonhall/engine'
import { say } from '@commonhall/kernel'
import { type Command, tell } from './command.ts'
import { commander } from './commander.ts'
import { withHouse } from './open.ts'

/** Everything of an org, as documented files in a folder or an archive. */
export const exportOrgCommand: Command = {
  name: 'export-org',
  takes: ['ORG', 'OUT'],
  options: { json: { type: 'boolean' } },
  async run({ values: { json }, positionals: [slug = '', out = ''] }) {
    await withHouse(async ({ ground, engine: { registry } }) => {
      const manifest = await exportOrg({ ownerUrl: ground.ownerUrl, registry, slug, out, by: commander() })
      const rows = manifest.files.reduce((sum, file) => sum + file.rows, 0)
      tell(
        json
          ? JSON.stringify(manifest)
          : say('cli:transfer.exported', { slug, out, rows, files: manifest.files.length }),
      )
    })
    return 0
  },
}
