import type { Database } from '../../../database/pool.ts'
import type { Address } from '../store.ts'

/** A content, or a preview of it. */
export interface Piece {
  readonly org_id: string
  readonly sha256: string
  /** Empty for the content itself. */
  readonly preview: string
}

/** What a row says of its bytes. */
export interface Kept extends Piece {
  readonly size: number
  readonly store: string
}

const batch = 500

const beforeAll = { org_id: '00000000-0000-0000-0000-000000000000', sha256: '', preview: '' }

/** What all rows say, of every org, in the order of their keys; behind one of them, if it is given. */
export async function* keptPieces(
  database: Pick<Database, 'bare'>,
  after: Piece | null = null,
): AsyncGenerator<Kept, undefined> {
  let last = after ?? beforeAll
  for (;;) {
    const { org_id: org, sha256, preview } = last
    const rows = await database.bare<Kept & Record<string, unknown>>(
      'select org_id, sha256, preview, size::float8 as size, store from foundation.kept_pieces($1, $2, $3, $4, $5)',
      [null, org, sha256, preview, batch],
    )
    yield* rows
    const end = rows.at(-1)
    if (!end || rows.length < batch) return undefined
    last = end
  }
}

export const placeOf = ({ org_id: org, sha256, preview }: Piece): Address =>
  preview ? { org, kind: 'preview', sha256, preview } : { org, kind: 'content', sha256 }

const tellsPlace = {
  content: 'select from foundation.file_content where sha256 = $1 and store = $2',
  preview: 'select from foundation.file_preview where sha256 = $1 and store = $2 and kind = $3',
}

/** The question whether a row still says so, in the org. */
export const stillKept = ({ sha256, preview }: Piece, store: string) => ({
  text: tellsPlace[preview ? 'preview' : 'content'],
  values: [sha256, store, ...(preview ? [preview] : [])],
})
