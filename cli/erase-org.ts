import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificate, eraseOrg, exportOrg, type House } from '@commonhall/engine'
import { refuse, say } from '@commonhall/kernel'
import { type Command, tell, WrongUse } from './command.ts'
import { commander } from './commander.ts'
import { withHouse } from './open.ts'
import { isDamaged, takenWords } from './taken.ts'

/** Deletes an org with everything in it, and keeps a certificate. */
export const eraseOrgCommand: Command = {
  name: 'erase-org',
  takes: ['ORG'],
  options: {
    confirm: { type: 'string' },
    export: { type: 'string' },
    'without-export': { type: 'boolean' },
    now: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run({ values, positionals: [slug = ''] }) {
    const { confirm, export: out, now = false, json } = values
    if (confirm !== slug) throw new WrongUse(say('cli:transfer.confirm', { slug }))
    if ((typeof out === 'string') === Boolean(values['without-export'])) throw new WrongUse(say('cli:transfer.which'))
    await withHouse(async (house) => {
      if (!now) await refuseOpen(house, slug)
      if (typeof out === 'string') await takeOut(house, slug, out)
      const certificate = await eraseOrg({
        ownerUrl: house.ground.ownerUrl,
        stores: house.engine.files.stores,
        slug,
        by: commander(),
        now: Boolean(now),
      })
      const kept = await keep(house, certificate)
      if (json) tell(JSON.stringify(certificate))
      else tellErased(certificate, kept)
    })
    return 0
  },
}

/** Said before the export, which may take a while. */
async function refuseOpen({ engine }: House, slug: string): Promise<void> {
  const rows = await engine.database.bare('select from foundation.find_org($1)', [slug])
  const open = await engine.database.bare("select from foundation.orgs_with('foundation') where slug = $1", [slug])
  if (rows.length && open.length) refuse('conflict', say('transfer:not_suspended', { name: slug }))
}

async function takeOut({ ground, engine: { registry, files } }: House, slug: string, out: string): Promise<void> {
  const { ownerUrl } = ground
  const manifest = await exportOrg({ ownerUrl, registry, stores: files.stores, slug, out, by: commander() })
  process.stderr.write(`${takenWords(manifest, slug, out)}\n`)
  if (isDamaged(manifest)) refuse('conflict', say('cli:transfer.damaged'))
}

/** Beside the data, where the next backup takes it along. */
async function keep({ engine: { settings } }: House, certificate: Certificate): Promise<string> {
  const folder = join(settings.dataDir, 'erased')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { organization, erased_at: at } = certificate
  const file = join(folder, `${organization.slug}-${at.replace(/[:.]/g, '-')}.json`)
  await writeFile(file, `${JSON.stringify(certificate, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  return file
}

function tellErased(certificate: Certificate, kept: string): void {
  const { organization, erased_at, erased_by, rows, people, jobs, files, audit_head: head } = certificate
  tell(say('cli:transfer.erased', { ...organization, at: erased_at, by: erased_by }))
  for (const [table, count] of Object.entries(rows)) tell(`  ${String(count).padStart(9)}  ${table}`)
  tell(say('cli:transfer.people', { ...people }))
  tell(say('cli:transfer.jobs', { count: jobs }))
  tell(say('cli:transfer.bytes', { count: files.contents, bytes: files.bytes }))
  for (const store of files.left) tell(say('cli:transfer.bytesLeft', { store }))
  if (head) tell(say('cli:transfer.head', { head: `${head.n}:${head.hash}` }))
  tell(say('cli:transfer.kept', { kept }))
}
