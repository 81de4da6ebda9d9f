/** A preview that there is, as its row says. */
export interface KeptPreview {
  readonly kind: string
  readonly media_type: string
  readonly size: number
  readonly store: string
}

/** Content as its row says, with the previews that there are of it. */
export interface Content {
  readonly sha256: string
  readonly size: number
  readonly media_type: string
  readonly store: string
  readonly verdict: 'waiting' | 'clean' | 'held'
  readonly reason: string | null
  readonly detail: string | null
  readonly previews: 'waiting' | 'made' | 'none' | 'failed'
  readonly pages: number | null
  readonly kept: readonly KeptPreview[]
}

/** What is asked of `file_content c` to know a content. */
export const contentSql = `c.sha256, c.size::float8 as size, c.media_type, c.store, c.verdict, c.reason, c.detail,
  c.previews, c.pages, coalesce((
    select jsonb_agg(jsonb_build_object('kind', p.kind, 'media_type', p.media_type, 'size', p.size, 'store', p.store))
    from foundation.file_preview p where p.org_id = c.org_id and p.sha256 = c.sha256), '[]') as kept`
