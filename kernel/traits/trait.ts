/** Something many resources have in common: extra columns, and acts that the server machine carries out. */
export interface Trait {
  readonly name: string
  /** Extra columns and their PostgreSQL types; all may be empty. */
  readonly columns: Readonly<Record<string, string>>
  /** Acts that the trait adds to each record, besides those of a workflow. */
  readonly acts: readonly string[]
}
