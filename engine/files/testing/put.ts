import { asOwner, type TestHouse } from '@commonhall/engine/testing'
import { firstRun } from '../../testing/first-run.ts'
import { makePreviewsJob } from '../previews/job.ts'
import { inPieces, sha256Of } from '../stores/testing/bytes.ts'

/** What is to be a file; one of a member of Local 100 unless it says otherwise. */
interface Put {
  readonly bytes: Uint8Array | string
  readonly name?: string
  readonly mediaType?: string
  readonly verdict?: 'waiting' | 'clean' | 'held'
  readonly slug?: string
  readonly resource?: string
  /** Null for a record that is not saved yet. */
  readonly record?: string | null
  /** A new version of this file. */
  readonly file?: string
  /** The rows alone, as if the bytes had been lost. */
  readonly isLost?: boolean
}

/** Kept bytes as a file, as if they had been uploaded and looked through. Answers its id. */
export async function put(house: TestHouse, wanted: Put): Promise<string> {
  const { name = 'minutes.txt', mediaType = 'text/plain', verdict = 'clean', slug = 'local-100' } = wanted
  const bytes = Buffer.from(wanted.bytes)
  const caller = await house.caller(slug)
  const org = caller.org.id
  const sha256 = sha256Of(bytes)
  const { current } = house.engine.files.stores
  if (!wanted.isLost) await current.write({ org, kind: 'content', sha256 }, inPieces(bytes), bytes.length)
  const record = wanted.record === undefined ? (await someMember(house, slug)) || null : wanted.record
  return await house.engine.database.transaction(caller.access, async ({ query }) => {
    await query(
      `insert into foundation.file_content (sha256, size, media_type, store, verdict, reason)
      values ($1, $2, $3, $4, $5, case when $5 = 'held' then 'infected' end) on conflict do nothing`,
      [sha256, bytes.length, mediaType, current.name, verdict],
    )
    const state = { clean: 'ready', held: 'held', waiting: 'checking' }[verdict]
    const { rows } = wanted.file
      ? await query(
          `update foundation.file set name = $2, sha256 = $3, size = $4, media_type = $5, state = $6,
            versions = versions + 1, version = version + 1 where id = $1 returning id, versions`,
          [wanted.file, name, sha256, bytes.length, mediaType, state],
        )
      : await query(
          `insert into foundation.file (resource, record, name, sha256, size, media_type, state, uploaded_by_name)
          values ($1, $2, $3, $4, $5, $6, $7, 'Staff') returning id, versions`,
          [wanted.resource ?? 'members.member', record, name, sha256, bytes.length, mediaType, state],
        )
    const [file] = rows as [{ id: string; versions: number }]
    await query(
      `insert into foundation.file_version (file_id, number, name, sha256, uploaded_by_name)
      values ($1, $2, $3, $4, 'Staff')`,
      [file.id, file.versions, name, sha256],
    )
    return file.id
  })
}

/** A member of an org; of Local 100, the one who signs in as a member. */
export async function someMember(house: TestHouse, slug = 'local-100'): Promise<string> {
  const [row] = await asOwner<{ id: string }>(
    house,
    `select m.id from members.member m join foundation.org o on o.id = m.org_id
    left join foundation.membership s on s.org_id = m.org_id and s.member_id = m.id
    where o.slug = '${slug}' order by s.member_id is null, m.id limit 1`,
  )
  return row?.id ?? ''
}

/** Runs the job that makes previews of a content, once. */
export async function lookThrough(house: TestHouse, bytes: Uint8Array, slug = 'local-100'): Promise<void> {
  const { org } = await house.caller(slug)
  await makePreviewsJob(house.engine).run({ org: org.id, sha256: sha256Of(bytes) }, firstRun())
}
