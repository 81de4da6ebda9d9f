import { asOwner, type TestHouse } from '@commonhall/engine/testing'
import { sumOf } from '../../stores/sum.ts'

/** What of the store has no row, and what of the rows has no bytes, or others than it says: nothing, at best. */
export async function bothWays(house: TestHouse): Promise<{ withoutRow: string[]; withoutBytes: string[] }> {
  const store = house.engine.files.stores.current
  const contents = await asOwner<{ org_id: string; sha256: string; size: string }>(
    house,
    'select org_id, sha256, size from foundation.file_content',
  )
  const uploads = await asOwner<{ id: string }>(house, 'select id from foundation.file_upload where done_as is null')
  const known = new Set([
    ...contents.map(({ org_id: org, sha256 }) => `${org} ${sha256}`),
    ...uploads.map(({ id }) => id),
  ])
  const withoutRow: string[] = []
  for await (const found of store.walk()) {
    const name = found.kind === 'upload' ? found.upload : `${found.org} ${found.sha256}`
    if (!known.has(name)) withoutRow.push(name)
  }
  const withoutBytes: string[] = []
  for (const { org_id: org, sha256, size } of contents) {
    const bytes = await store.read({ org, kind: 'content', sha256 })
    const sum = bytes && (await sumOf(bytes))
    if (sum?.sha256 !== sha256 || sum.size !== Number(size)) withoutBytes.push(`${org} ${sha256}`)
  }
  return { withoutRow, withoutBytes }
}

export const nothingLost = { withoutRow: [], withoutBytes: [] }
