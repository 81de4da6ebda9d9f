import { titleParts } from './resource.ts'

/**
 * What a record is called, by its title and what its fields say. A field that says nothing takes the words before it
 * along, and words between two fields stand only where both say something: `From {from_on} to {until_on}` is
 * `From 2022-06-01` while there is no end. `titleSql` says the same in SQL.
 */
export function spellTitle(title: string, said: (field: string) => string): string {
  let text = ''
  let words = ''
  let isFirst = true
  let isSaid = true
  for (const { field, text: between = '' } of titleParts(title)) {
    if (!field) {
      words = between
      continue
    }
    const value = said(field)
    isSaid = value !== ''
    if (isSaid) text += (isFirst || text ? words : '') + value
    isFirst = false
    words = ''
  }
  return isSaid ? text + words : text
}
