import { opendir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { addressOf } from '../names.ts'
import type { Found } from '../store.ts'
import { isMissing } from './durable.ts'

/** Names of our folders. A disk has others at its top, such as `lost+found`, where we may not look. */
const isOurs = /^(?:[0-9a-f-]{36}|[0-9a-f]{2}|content|previews|uploads)$/

/** Everything of ours below a folder. What comes or goes meanwhile may be among it or not. */
export async function* walkFolder(top: string, folder: string): AsyncGenerator<Found> {
  const entries = await opendir(folder).catch(orNothing)
  for await (const entry of entries ?? []) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && isOurs.test(entry.name)) yield* walkFolder(top, path)
    const address = entry.isFile() ? addressOf(relative(top, path)) : null
    const at = address && (await stat(path).catch(orNothing))
    if (at) yield { ...address, size: at.size, at: at.mtimeMs }
  }
}

function orNothing(error: unknown): null {
  if (isMissing(error)) return null
  throw error
}
