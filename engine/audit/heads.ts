import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A head as it was published: so many seals, and the hash of the last. */
export interface Head {
  readonly n: number
  readonly hash: string
  /** Where it was kept. */
  readonly source: string
  /** Whose it is, where that is said. */
  readonly org?: string
}

const head = /\b(\d{1,15}):([0-9a-f]{64})\b/
const id = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/

/** The folder in which heads are published, one file an organization. */
export const headsFolder = (dataDir: string) => join(dataDir, 'audit-heads')

/** Every head in a text, whatever else stands around it: a published file, a mail, what was typed. */
export function readHeads(text: string, source: string): Head[] {
  return text.split('\n').flatMap((line) => {
    const [, n, hash = ''] = head.exec(line) ?? []
    const [org] = id.exec(line) ?? []
    return n === undefined ? [] : [{ n: Number(n), hash, source, ...(org ? { org } : {}) }]
  })
}

/** All heads that were published in the data folder. */
export async function keptHeads(dataDir: string): Promise<Head[]> {
  const folder = headsFolder(dataDir)
  const names = await readdir(folder).catch(() => [])
  const heads: Head[] = []
  for (const name of names) heads.push(...readHeads(await readFile(join(folder, name), 'utf8'), `audit-heads/${name}`))
  return heads
}
