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
