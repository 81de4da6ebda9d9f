import { type Engine, examineFiles, findOrg, type Trouble } from '@commonhall/engine'
import { say } from '@commonhall/kernel'
import type { Finding } from './finding.ts'

/** Whether the bytes of files are what their rows say, and nothing else is there. `quick` looks at sizes alone. */
export async function* examineStorage(engine: Engine, quick: boolean): AsyncGenerator<Finding> {
  const { stores, settings } = engine.files
  try {
    await stores.check()
  } catch (error) {
    return yield { name: 'storage', fault: say('cli:doctor.storage_away', { reason: (error as Error).message }) }
  }
  yield { name: 'storage', found: say('cli:doctor.storage_answers', { store: settings.store }) }
  yield await compared(engine, quick)
}

async function compared(engine: Engine, quick: boolean): Promise<Finding> {
  try {
    const { contents, counts, troubles } = await examineFiles(engine, !quick)
    const kinds = (['missing', 'changed', 'orphaned'] as const).filter((kind) => counts[kind])
    if (!kinds.length) {
      const found = say(quick ? 'cli:doctor.files_measured' : 'cli:doctor.files_read', { count: contents })
      return { name: 'files', found }
    }
    const lines: string[] = []
    for (const kind of kinds) {
      lines.push(say(`cli:doctor.files_${kind}`, { count: counts[kind] }))
      for (const trouble of troubles) if (trouble.finding === kind) lines.push(`  ${await line(engine, trouble)}`)
    }
    return { name: 'files', fault: lines.join('\n') }
  } catch (error) {
    return { name: 'files', fault: (error as Error).message }
  }
}

async function line({ database }: Engine, { store, org, name, preview }: Trouble): Promise<string> {
  const slug = (await findOrg(database, org))?.slug ?? org
  return [store, slug, name, preview].filter(Boolean).join(' ')
}
