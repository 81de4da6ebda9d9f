/** One column of a file that fills several fields, such as "LAST, First Middle". */
export interface Split {
  /** Full name of the resource. */
  readonly resource: string
  /** What stands for the column in a mapping, such as `full_name`. */
  readonly name: string
  readonly label: string
  readonly aka: readonly string[]
  /** The fields it fills. */
  readonly into: readonly string[]
  /** The pieces by field. A blank piece is left empty, and a required one is then refused like any missing value. */
  split(text: string): Readonly<Record<string, string>>
}

/** Declares a column that is split on import. */
export const defineSplit = (split: Split): Split => split
