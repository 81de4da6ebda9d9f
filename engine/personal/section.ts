import { type Fields, hasWords, labelOf, say, sentenceCase } from '@commonhall/kernel'

/** A table of what is kept. */
export interface Section {
  readonly name: string
  readonly title: string
  readonly columns: readonly { readonly name: string; readonly label: string }[]
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** There is more than stands here. */
  readonly cut?: boolean
}

/** So many lines of each kind at most. */
export const most = 5000

/** A table of what a list of columns says; `label` is made from the name where none is given. */
export const sectionOf = (
  name: string,
  title: string,
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
  fields: Fields = {},
): Section => ({
  name,
  title,
  columns: columns.map((one) => ({ name: one, label: labelFor(fields, one) })),
  rows: rows.slice(0, most),
  ...(rows.length > most ? { cut: true } : {}),
})

function labelFor(fields: Fields, name: string): string {
  if (fields[name]) return labelOf(fields, name)
  return hasWords(`personal:column.${name}`) ? say(`personal:column.${name}`) : sentenceCase(name)
}
