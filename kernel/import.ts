import type { Context } from './context.ts'
import type { ReadingHints } from './fields/field.ts'

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

/** A column that helps to find what a field holds. */
export interface FinderColumn {
  readonly label: string
  readonly aka?: readonly string[]
  /** One of the columns so marked must be in the file, or nothing is looked for. */
  readonly telling?: boolean
  /** Headings that no list can name, such as dates. */
  readonly isHeading?: (heading: string) => boolean
}

/** A row whose field is looked for. */
export interface SoughtRow {
  /** What its columns hold, by name. Blank ones are left out. */
  readonly given: Readonly<Record<string, string>>
  /** The other fields of the record, as far as the file has said them. */
  readonly values: Readonly<Record<string, unknown>>
}

/** The file that rows are of. */
export interface SoughtFile {
  /** What the columns are called in it. */
  readonly headings: Readonly<Record<string, string>>
  /** How it writes dates and numbers. */
  readonly hints: ReadingHints
}

/** What a field holds; or why nobody can tell, under the column that it is about. */
export type Found = { readonly value: unknown } | { readonly message: string; readonly column?: string }

/**
 * Several columns of a file that together say one field: whose card number and whose company make an assignment, seven
 * columns make the days of a week. The opposite of a split.
 */
export interface Finder {
  /** Full name of the resource. */
  readonly resource: string
  /** The field that is found. A column of its own, where the file has one, goes before. */
  readonly into: string
  readonly columns: Readonly<Record<string, FinderColumn>>
  /**
   * One answer for each row, in their order; many at once, so that a chunk of a file asks the database as often as a
   * row does. It looks only at what the actor may see.
   */
  find(ctx: Context, rows: readonly SoughtRow[], file: SoughtFile): Promise<readonly Found[]> | readonly Found[]
}

/** Declares what several columns say together on import. Its targets are called `into.column`. */
export const defineFinder = (finder: Finder): Finder => finder
