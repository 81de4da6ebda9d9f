import { checkAnew, findOrg } from '@commonhall/engine'
import { refuse, say } from '@commonhall/kernel'
import { type Command, tell } from './command.ts'
import { withHouse } from './open.ts'

/** Queues files to be checked that no scanner has seen, or all. */
export const filesCheckCommand: Command = {
  name: 'files check',
  mayTake: ['ORG'],
  options: { again: { type: 'boolean' } },
  async run({ values: { again }, positionals: [slug] }) {
    await withHouse(async ({ engine }) => {
      const org = slug === undefined ? undefined : await findOrg(engine.database, slug)
      if (slug !== undefined && !org) refuse('not_found', say('engine:access.no_org_at', { slug }))
      tell(say('cli:files.checked', { count: await checkAnew(engine, again === true, org) }))
    })
  },
}
