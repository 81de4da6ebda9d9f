/** What an export says of itself, in `manifest.json`. */
export interface Manifest {
  readonly format: 'commonhall-organization/1'
  readonly organization: { readonly id: string; readonly slug: string; readonly name: string; readonly kind: string }
  readonly exported_at: string
  /** Of the program. */
  readonly version: string
  /** The last migration of each module. */
  readonly migrations: Readonly<Record<string, string>>
  readonly files: readonly ManifestFile[]
  readonly withheld: readonly Withheld[]
  /** Files that were attached to records, with their bytes: one for each version. */
  readonly attached: readonly Attached[]
  /** Of those, what is not in the export. */
  readonly left_out: readonly LeftOut[]
}

interface AttachedVersion {
  /** Of the row in `foundation.file`. */
  readonly id: string
  readonly version: number
  /** As people call it. */
  readonly name: string
  readonly resource: string
  readonly record: string | null
}

export interface Attached extends AttachedVersion {
  /** Where it is in the export. */
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

export interface LeftOut extends AttachedVersion {
  /** Not clean, not looked at yet, not where its row says, or not what it was when it came. */
  readonly why: 'held' | 'waiting' | 'missing' | 'changed'
  readonly because: string
}

export interface ManifestFile {
  readonly file: string
  readonly table: string
  readonly holds: string
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
  readonly columns: readonly ManifestColumn[]
}

export interface ManifestColumn {
  readonly name: string
  readonly type: string
  readonly means: string
  readonly points_to?: string
}

export interface Withheld {
  readonly table: string
  /** Null: the whole table. */
  readonly column: string | null
  readonly why: string
}
