import type pg from 'pg'
import type { Stores } from '../files/stores/index.ts'

/** What an org's files came to, before their rows went. */
export interface FilesCounted {
  readonly contents: number
  readonly bytes: number
}

/** What became of the bytes of an org's files. */
export interface FilesErased extends FilesCounted {
  /** Names of stores that could not be cleared; the sweep takes what is left there. */
  readonly left: readonly string[]
}

export async function countFiles(client: pg.Client): Promise<FilesCounted> {
  const { rows } = await client.query<FilesCounted>(
    `select count(*)::integer as contents, coalesce(sum(size), 0)::float8 as bytes from foundation.file_content
    where org_id = foundation.current_org()`,
  )
  return rows[0] ?? { contents: 0, bytes: 0 }
}

/** Names of the stores in which an org has or may have bytes. */
export async function storesOf(client: pg.Client, { current }: Stores): Promise<string[]> {
  const { rows } = await client.query<{ store: string }>(
    `select store from foundation.file_content where org_id = foundation.current_org()
    union select store from foundation.file_preview where org_id = foundation.current_org()
    union select store from foundation.file_upload where org_id = foundation.current_org()`,
  )
  return [...new Set([current.name, ...rows.map(({ store }) => store)])]
}

/**
 * Removes all bytes of an org, whose rows have gone already: what is interrupted leaves bytes that nobody's row names,
 * never a row without its bytes.
 */
export async function removeBytes(
  stores: Stores,
  names: readonly string[],
  org: string,
  counted: FilesCounted,
): Promise<FilesErased> {
  const left: string[] = []
  for (const name of names) {
    try {
      const store = stores.of(name)
      for await (const found of store.walk(org)) {
        if (found.kind === 'upload') await store.dropUpload(found)
        else await store.remove(found)
      }
    } catch {
      left.push(name)
    }
  }
  return { ...counted, left }
}
