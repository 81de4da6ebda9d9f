import { createHash } from 'node:crypto'
import { asOwner, type TestHouse } from '@commonhall/engine/testing'

interface Wanted {
  readonly name: string
  readonly text: string
  readonly resource?: string
  readonly record?: string | null
  readonly verdict?: 'waiting' | 'clean' | 'held'
  /** A file of which this is the next version. */
  readonly of?: string
  /** Keeps the rows alone, as if the bytes had been lost. */
  readonly isLost?: boolean
}

/** Attaches a file by its rows and its bytes, as an upload leaves them when it is through. Answers its id. */
export async function attach(house: TestHouse, slug: string, wanted: Wanted): Promise<string> {
  const { name, text, resource = 'members.member', record = null, verdict = 'clean', of, isLost } = wanted
  const [org] = await asOwner<{ id: string }>(house, 'select id from foundation.org where slug = $1', [slug])
  const id = org?.id ?? ''
  const sha256 = createHash('sha256').update(text).digest('hex')
  const { current } = house.engine.files.stores
  const bytes = Buffer.from(text)
  if (!isLost) await current.write({ org: id, kind: 'content', sha256 }, slices(bytes), bytes.length)
  await asOwner(
    house,
    `insert into foundation.file_content (org_id, sha256, size, media_type, store, verdict, reason)
    values ($1, $2, $3, 'text/plain', $4, $5, case when $5 = 'held' then 'infected' end) on conflict do nothing`,
    [id, sha256, bytes.length, current.name, verdict],
  )
  if (of)
    await asOwner(
      house,
      `update foundation.file set sha256 = $3, name = $4, size = $5, versions = versions + 1, version = version + 1
      where org_id = $1 and id = $2`,
      [id, of, sha256, name, bytes.length],
    )
  const [file] = of
    ? [{ id: of }]
    : await asOwner<{ id: string }>(
        house,
        `insert into foundation.file (org_id, resource, record, name, state, size, media_type, sha256, uploaded_by_name)
        values ($1, $2, $3, $4, $5, $6, 'text/plain', $7, 'Ada') returning id`,
        [
          id,
          resource,
          record,
          name,
          { waiting: 'checking', clean: 'ready', held: 'held' }[verdict],
          bytes.length,
          sha256,
        ],
      )
  await asOwner(
    house,
    `insert into foundation.file_version (org_id, file_id, number, name, sha256, uploaded_by_name)
    select org_id, id, versions, $3, $4, 'Ada' from foundation.file where org_id = $1 and id = $2`,
    [id, file?.id, name, sha256],
  )
  return file?.id ?? ''
}

/** In two pieces, as bytes come. */
async function* slices(bytes: Buffer): AsyncGenerator<Buffer> {
  const half = Math.ceil(bytes.length / 2)
  yield bytes.subarray(0, half)
  if (half < bytes.length) yield bytes.subarray(half)
}
